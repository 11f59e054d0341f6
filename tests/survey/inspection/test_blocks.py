"""The tables that are proposed for waves.toml: what is certain stands in a line, what is not in a comment."""

import tomllib

import pytest
from answered import COLUMNS, Book

from wavebook.core.problems import Problem
from wavebook.definitions import Wave
from wavebook.survey.answers.changes import Change
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable
from wavebook.survey.inspection.blocks import block
from wavebook.survey.inspection.choices import Choice, Proposal


@pytest.fixture
def lines(tmp_path):
    """The lines that are proposed for a wave, 2016 unless said otherwise, which 2016 declares as ``plan``."""
    book = Book(tmp_path)

    def made(
        *proposals,
        names=(),
        variables=(),
        plan="",
        wave="2016",
        declared=False,
        changes=(),
        sets=(),
        problems=(),
        sheet="",
    ):
        book.declare(plan if COLUMNS in plan else plan + COLUMNS)
        d = book.definitions()
        columns = {v.name: v for v in (*variables, *(Variable(name, "number") for name in names))}
        file = SurveyFile(
            "data/responses/2016.sav", columns, None, {s.name: s for s in sets}, problems=problems, sheet=sheet
        )
        earlier = d.waves["2016"].responses if plan else None
        text = block(file, d, wave, proposals, changes, earlier, declared=declared)
        tomllib.loads(text)
        assert text.endswith("\n")
        return text.splitlines()

    return made


def proposal(name="mark", codes=None, doubts=None, **choices):
    named = {category.replace("all", ""): choice for category, choice in (choices or {"all": SURE}).items()}
    return Proposal(name, named, codes or {}, doubts or {})


SURE = Choice("v1", "", sure=True)


def of(found, start):
    return [line for line in found if line.lstrip("# ").startswith(start)]


def test_a_wave_that_is_not_declared_is_proposed_whole(lines):
    assert "[waves.2018]" in lines(wave="2018")
    assert 'source = "bureau2018"  # a key of data/references.bib' in lines(wave="2018")
    assert "[waves.2016]" not in lines()
    assert lines()[0] == "[waves.2016.responses]"
    assert 'locator = "2016.sav"' in lines()


def test_columns_that_are_certain_are_live_and_others_stand_in_a_comment(lines):
    asked = Variable("v1", "number", "Wat vindt u?")
    doubt = Choice("v1", "alike (80 %)", next="v2: Wat vond u?")
    assert of(lines(proposal(), variables=[asked]), "mark") == ['mark = "v1"  # Wat vindt u?']
    assert of(lines(proposal(all=doubt), variables=[asked]), "mark") == [
        '# mark = "v1"  # Wat vindt u?; alike (80 %)',
        '# mark = "v2"  # or this: Wat vond u?',
    ]
    named = Choice("v1", "alike", next="v2")
    assert of(lines(proposal(all=named), names=["v1"]), "mark") == [
        '# mark = "v1"  # alike',
        '# mark = "v2"  # or this',
    ]
    nothing = Choice("", "nothing in the file resembles it")
    assert of(lines(proposal(all=nothing)), "mark") == ['# mark = ""  # nothing in the file resembles it']


def test_several_columns_and_categories_have_lines_of_their_own(lines):
    found = lines(proposal("channel", phone=Choice(("k1", "k2"), "a", sure=True), desk=SURE), names=["k1", "v1"])
    assert of(found, "channel") == ['channel.phone = ["k1", "k2"]  # a', 'channel.desk = "v1"']


def test_a_set_is_told_by_its_label(lines):
    whole = ResponseSet("$set", "Welke kanalen?", ("k1",), "1")
    found = lines(
        proposal("channel", {"k1": "phone"}, all=Choice("$set", "", sure=True)),
        sets=[whole],
        variables=[Variable("k1", "number", "telefoon")],
    )
    assert of(found, "channel") == ['channel = "$set"  # Welke kanalen?']
    assert of(found, "k1") == ['k1 = "phone"  # telefoon']


def test_a_set_of_codes_is_told_by_the_labels_of_its_first_column(lines):
    codes = ResponseSet("$set", "Welke?", ("k1", "k2"), None)
    first = Variable("k1", "number", "", {"1": "telefoon"})
    found = lines(
        proposal("channel", {"1": "phone"}, all=Choice("$set", "", sure=True)), sets=[codes], variables=[first]
    )
    assert of(found, "1 =") == ['1 = "phone"  # telefoon']


def test_codes_are_live_unless_in_doubt_or_without_a_meaning(lines):
    column = Variable("v1", "number", "", {"1": "ja", "2": "nee", "3": "soms"})
    codes = {"1": "yes", "2": "no", "3": None, "a b": "no"}
    found = lines(proposal("used", codes, {"2": "it was “ja”"}), variables=[column])
    assert found[-5:] == [
        "[waves.2016.responses.codes.used]",
        '1 = "yes"  # ja',
        '# 2 = "no"  # it was “ja”',
        '# 3 = ""  # soms',
        '"a b" = "no"',
    ]


def test_codes_of_a_column_that_is_not_certain_stand_in_comments(lines):
    found = lines(proposal("used", {"1": "yes", "2": None}, all=Choice("v1", "alike")), names=["v1"])
    assert found[-3:] == ["# [waves.2016.responses.codes.used]", '# 1 = "yes"', '# 2 = ""']
    without = lines(proposal("used", {"1": "yes"}, all=Choice("", "nothing")))
    assert not of(without, "[waves.2016.responses.codes")


def test_codes_of_one_category_stand_in_a_table_of_their_own(lines):
    found = lines(proposal("aspect", {"1": "yes", "b": {"2": "yes", "x y": "no"}}, a=SURE), names=["v1"])
    assert found[-1] == 'b = { 2 = "yes", "x y" = "no" }'


def test_a_remark_is_one_line_of_at_most_160_characters(lines):
    asked = Variable("v1", "number", "Wat\nvindt\tu\x00 er\u200b van? " + "x" * 200)
    (line,) = of(lines(proposal(), variables=[asked]), "mark")
    remark = line.partition("  # ")[2]
    assert remark.startswith("Wat vindt u er van? xxx")
    assert (len(remark), remark[-1]) == (160, "…")


# what was declared before


def test_the_sheet_that_was_chosen_among_several_is_declared(lines):
    assert 'sheet = "Gegevens"' in lines(sheet="Gegevens")
    assert not [line for line in lines() if line.startswith("sheet")]


def test_letters_that_the_file_lies_about_are_declared(lines):
    lie = Problem("W105", "data/responses/2016.sav", "says that it holds UTF-8 and does not", "Declare it.")
    assert 'encoding = "cp1252"  # the file says UTF-8' in lines(problems=(lie,))
    assert not of(lines(), "encoding")


def test_codes_that_were_missing_everywhere_are_so_again(lines):
    assert 'missing = [98, "099"]' in lines(plan='missing = [98, "099"]\n')


def test_a_separator_for_all_stands_with_the_wave_and_others_in_a_table(lines):
    assert 'separator = ";"  # as declared before' in lines(plan='separator = ";"\n')
    text = COLUMNS + 'channel = "k"\n[waves.2016.responses.separator]\nchannel = "|"\n'
    item = proposal("channel", all=Choice("k", "", sure=True))
    assert lines(item, plan=text, names=["k"])[-2:] == ["[waves.2016.responses.separator]", 'channel = "|"']
    assert lines(plan=text, names=["k"])[-1] == '# channel = "|"'  # of what is not read now


ROUTED = COLUMNS + 'mark = "v1"\nvisits = "v2"\n[waves.2016.responses.asked_if]\nmark = { V2 = ["2.."] }\n'


def test_routing_follows_a_column_to_its_new_name(lines):
    visits = proposal("visits", all=Choice("q2", "", sure=True))
    found = lines(proposal(), visits, plan=ROUTED, names=["v1", "q2"])
    assert found[-2:] == ["[waves.2016.responses.asked_if]", 'mark = { q2 = ["2.."] }']


def test_routing_by_a_column_that_is_gone_or_of_what_is_not_read_stands_in_a_comment(lines):
    gone = lines(proposal(), plan=ROUTED, names=["v1"])
    assert gone[-1] == '# mark = { V2 = ["2.."] }  # not in the file: V2'
    unread = lines(plan=ROUTED, names=["v1", "v2"])
    assert unread[-1] == '# mark = { V2 = ["2.."] }'


def test_ranges_formats_and_missing_codes_follow_what_is_read(lines):
    text = 'missing_in = { V1 = [97], mark = [96] }\nformats = { v1 = "1.234,5" }\n'
    text += COLUMNS + 'mark = "v1"\n[waves.2016.responses.ranges]\nmark = [0, 10]\n'
    found = lines(proposal(), plan=text, names=["v1"])
    assert found[found.index("[waves.2016.responses.ranges]") :] == [
        "[waves.2016.responses.ranges]",
        "mark = [0, 10]",
        "",
        "[waves.2016.responses.missing_in]",
        "V1 = [97]",
        "mark = [96]",
        "",
        "[waves.2016.responses.formats]",
        'v1 = "1.234,5"',
    ]
    gone = lines(plan=text, names=["v2"])
    assert gone[-2:] == ["[waves.2016.responses.ranges]", "# mark = [0, 10]"]


def test_labels_that_were_overruled_stay_so_in_the_same_wave_alone(lines):
    text = COLUMNS + 'mark = "v1"\n[waves.2016.responses.labels_overruled]\nv1 = { 1 = "nee" }\n'
    assert lines(plan=text, declared=True)[-1] == 'v1 = { 1 = "nee" }'
    assert not of(lines(plan=text), "[waves.2016.responses.labels_overruled]")


CHANGES = (
    Change("mark", "question", "a", "b"),
    Change("mark", "label of code 1", "c", "d"),
    Change("used", "question", "e", "f"),
)


def test_changes_of_wording_are_listed_for_the_mapping(lines):
    assert lines(changes=CHANGES)[-3:] == [
        "# Changed since it was last asked: correct the above, or answer in data/mappings/2016.toml.",
        "# mark: question: “a” → “b”; label of code 1: “c” → “d”",
        "# used: question: “e” → “f”",
    ]


def test_reasons_that_were_given_for_this_wave_stay(lines):
    text = 'reworded = { mark = "idem" }\n'
    assert lines(changes=CHANGES, plan=text, declared=True)[-5:] == [
        "[waves.2016.responses.reworded]",
        'mark = "idem"',
        "",
        "# Changed since it was last asked: correct the above, or answer in data/mappings/2016.toml.",
        "# used: question: “e” → “f”",
    ]
    assert len(of(lines(changes=CHANGES, plan=text), "mark")) == 1  # of an earlier wave they say nothing


def test_a_new_wave_names_what_may_be_declared_of_how_it_was_measured(lines):
    (line,) = of(lines(wave="2018"), "as far as known")
    assert set(line.partition(": ")[2].split(", ")) <= Wave.model_fields.keys()
    assert not of(lines(), "as far as known")
