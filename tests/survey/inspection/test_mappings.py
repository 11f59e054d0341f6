"""From last wave's variables to this one's: proposed, answered, signed, and held to."""

import datetime
import re

import pytest
from series import COLUMNS, LABELS, MARK, OTHER, TEXTS, USED, Series

from wavebook.core.problems import ProblemsError
from wavebook.survey.answers.mapping import load_mapping, path_of
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.inspection.mappings import listing, problems, propose, sign

DAY = datetime.date(2018, 12, 1)
RENUMBERED = {"v14": MARK, "v15": OTHER, "v16": USED}
OF = {"v11": "v14", "v12": "v15", "v13": "v16"}
BREAK = """
[[breaks]]
from = 2016
to = 2018
kind = "full"
indicators = ["{}"]
reason.nl = "reden"
reason.en = "reason"
"""
TURNED = {1.0: "top", 10.0: "heel slecht"}


@pytest.fixture
def series(tmp_path):
    return Series(tmp_path)


def renamed(columns):
    return {name: OF[column] for name, column in columns.items()}


def written(series, answers=None):
    """The mapping that is proposed of 2018, with these answers filled in."""
    path = next(series.folder.glob("2018.*"))
    made = propose(series.root, path)
    for name, (answer, reason) in (answers or {}).items():
        target = path_of(series.root, "2018")
        head, table, rest = target.read_text(encoding="utf-8").partition(f"[variables.{name}]")
        rest = re.sub(r'answer = ".*', f'answer = "{answer}"', rest, count=1)
        rest = re.sub(r'reason = ".*', f'reason = "{reason}"', rest, count=1)
        target.write_text(head + table + rest, encoding="utf-8")
    return made


def signed(series, by="A. de Vries"):
    return sign(series.root, "2018", by=by, today=DAY)


def refused(series):
    with pytest.raises(ProblemsError) as error:
        signed(series)
    return [f"{problem.code} {problem.place}: {problem.found}" for problem in error.value.problems]


def held(series):
    """The codes of what keeps the wave from being estimated, once its answers were read."""
    read = read_responses(series.root, series.definitions(), "2018")
    found = problems(series.root, "2018", series.definitions(), read.place, read.questions)
    return [f"{problem.code} {problem.place}: {problem.found}" for problem in found]


def test_variables_are_followed_by_their_questions_whatever_their_numbers(series):
    series.respondents("2018", RENUMBERED, {OF[k]: v for k, v in LABELS.items()})
    made = written(series)
    assert {name: (*entry.was, *entry.now) for name, entry in made.variables.items()} == {
        "mark": ("v11", "v14"),
        "other_mark": ("v12", "v15"),
        "used": ("v13", "v16"),
    }
    assert {entry.why for entry in made.variables.values()} == {"the same question"}
    assert not [entry for entry in made.variables.values() if entry.changes]


def test_exchanged_columns_are_followed_and_those_declared_by_their_old_names_stop(series):
    series.respondents("2018", {"v11": OTHER, "v12": MARK, "v13": USED})
    assert {name: entry.now for name, entry in written(series).variables.items()}["mark"] == ["v12"]
    series.declare_wave("2018")
    made = written(series)
    assert made.variables["mark"].changes == [f"question: “{MARK}” → “{OTHER}”, which was that of other_mark"]
    assert [line[:4] for line in refused(series)] == ["W189", "W189"]


def test_a_signed_mapping_lets_the_wave_through(series):
    series.respondents("2018", RENUMBERED, {OF[k]: v for k, v in LABELS.items()})
    series.declare_wave("2018", renamed(COLUMNS))
    assert held(series) == ["W127 data/mappings/2018.toml: there is none, and earlier waves asked the same questions"]
    written(series)
    assert held(series) == ["W127 data/mappings/2018.toml: nobody has signed it"]
    assert signed(series) == "data/mappings/2018.toml: signed by A. de Vries; 3 variables, none changed"
    assert held(series) == []
    assert load_mapping(series.root, "2018").signed.on == "2018-12-01"


def test_a_mapping_that_changed_after_it_was_signed_is_stale(series):
    series.respondents("2018", TEXTS | {"v11": "Wat vond u van de keten?"})
    series.declare_wave("2018")
    written(series, {"mark": ("same", "alleen de tijd")})
    signed(series)
    target = path_of(series.root, "2018")
    target.write_text(target.read_text(encoding="utf-8").replace("de tijd", "de werkwoordstijd"), encoding="utf-8")
    assert held(series) == [
        "W128 data/mappings/2018.toml: was changed after A. de Vries signed it on 2018-12-01",
    ]
    signed(series)
    target.write_text("# een opmerking\n" + target.read_text(encoding="utf-8"), encoding="utf-8")
    assert held(series) == []


def test_another_file_of_respondents_makes_a_signature_stale(series):
    series.respondents("2018")
    series.declare_wave("2018")
    written(series)
    signed(series)
    series.respondents("2018", rows=41)
    found = held(series)
    assert found == [
        "W128 data/mappings/2018.toml: was signed by A. de Vries on 2018-12-01 for another file of respondents"
    ]
    signed(series, "B. Jansen")
    assert held(series) == []
    assert (series.root / "data/mappings/2018.toml").read_text(encoding="utf-8").count("[signed]") == 1


def test_a_variable_that_is_declared_otherwise_makes_a_mapping_stale(series):
    series.respondents("2018", TEXTS | {"v14": MARK}, LABELS | {"v14": LABELS["v11"]})
    series.declare_wave("2018")
    written(series, {"mark": ("same", "nagelopen in de vragenlijst")})
    signed(series)
    series.declare_wave("2018", COLUMNS | {"mark": "v14"})
    (stale,) = held(series)
    assert stale.startswith("W128 data/mappings/2018.toml, variables.mark: now, changes is not as it is in")
    series.declare_wave("2018", {"mark": "v11"})
    assert [line.partition(": ")[2] for line in held(series)] == ["is not declared any more"] * 2


CHANGED = {
    "in other words": ({"texts": TEXTS | {"v11": "Wat vond u van de keten?"}}, "W145"),
    "another label": ({"labels": LABELS | {"v11": {1.0: "zeer slecht", 10.0: "top"}}}, "W146"),
    "turned": ({"labels": LABELS | {"v11": TURNED}}, "W117"),
    "an answer more": ({"labels": LABELS | {"v11": LABELS["v11"] | {5.0: "matig"}}}, "W118"),
    "without labels": ({"labels": {}}, "W119"),
    "without texts": ({"texts": dict.fromkeys(TEXTS, "")}, "W119"),
    "with a twin": ({"texts": TEXTS | {"v14": MARK}, "labels": LABELS | {"v14": LABELS["v11"]}}, "W119"),
    "in English": ({"texts": TEXTS | {"v11": "What do you think of the chain?"}}, "W145"),
}


@pytest.mark.parametrize("kind", CHANGED)
def test_what_changed_stops_until_it_is_answered(series, kind):
    file, code = CHANGED[kind]
    series.respondents("2018", **file)
    series.declare_wave("2018")
    with pytest.raises(ProblemsError) as error:
        read_responses(series.root, series.definitions(), "2018")
    assert {problem.code for problem in error.value.problems} == {code}
    made = written(series)
    changed = [name for name, entry in made.variables.items() if entry.changes]
    assert "to answer: mark: " in listing(made)
    assert [line[:4] for line in refused(series)] == [code] * len(refused(series))
    answer = "break" if code == "W117" else "same"
    series.declare_wave("2018", breaks=BREAK.format("mark") if code == "W117" else "")
    written(series, dict.fromkeys(changed, (answer, "nagelopen")))
    assert signed(series).endswith(f"{len(changed)} changed ({len(changed)} {answer})")
    assert held(series) == []


def test_a_csv_of_names_alone_is_not_taken_for_the_same(series):
    (series.folder / "2018.sav").unlink(missing_ok=True)
    series.respondents("2018", csv=True)
    assert written(series).variables == {}
    series.declare_wave("2018")
    made = written(series)
    assert {entry.why for entry in made.variables.values()} == {"the same name, without a text to compare"}
    assert {line[:4] for line in refused(series)} == {"W119"}


# Answers that cannot be right


def test_a_turned_scale_is_not_the_same_and_is_mended_only_by_codes_that_turn_it_back(series):
    series.respondents("2018", labels=LABELS | {"v11": TURNED, "v13": {1.0: "nee", 2.0: "ja"}})
    series.declare_wave("2018", codes={"used": '{ 1 = "no", 2 = "yes" }'})
    written(series, {"mark": ("same", "idem"), "used": ("mended", "codes omgedraaid")})
    where = "W129 data/mappings/2018.toml, variables.mark: is answered with"
    assert refused(series) == [f"{where} “same”, and its scale runs the other way"]
    written(series, {"mark": ("mended", "omgedraaid")})
    (wrong,) = refused(series)
    assert wrong.startswith(f"{where} “mended”, and “heel slecht” meant 1 at code 1 and means 10 at code 10; “top”")
    turned = "{ " + ", ".join(f"{code} = {11 - code}" for code in range(1, 11)) + " }"
    series.declare_wave("2018", codes={"used": '{ 1 = "no", 2 = "yes" }', "mark": turned})
    assert signed(series).endswith("2 changed (2 mended)")


def test_a_break_is_declared_and_a_question_is_not_mended_by_codes(series):
    series.respondents("2018", TEXTS | {"v11": "Wat vond u van de keten?"})
    series.declare_wave("2018")
    for answer, reason, wrong in (
        ("break", "andere vraag", "is answered with “break”, and data/waves.toml declares none"),
        ("mended", "gedraaid", "is answered with “mended”, and codes cannot mend a question or who was asked"),
        ("same", " ", "is answered with “same”, without a reason"),
    ):
        written(series, {"mark": (answer, reason)})
        assert refused(series) == [f"W129 data/mappings/2018.toml, variables.mark: {wrong}"]


def test_an_answer_to_what_did_not_change_is_a_problem(series):
    series.respondents("2018")
    series.declare_wave("2018")
    written(series)
    target = path_of(series.root, "2018")
    text = target.read_text(encoding="utf-8").replace('why = "the same', 'answer = "same"\nwhy = "the same', 1)
    target.write_text(text, encoding="utf-8")
    assert refused(series) == [
        "W129 data/mappings/2018.toml, variables.mark: is answered with “same”, and nothing changed"
    ]


# Kept, and asked again


def test_answers_stay_with_the_changes_that_they_are_about(series):
    series.respondents("2018", TEXTS | {"v11": "Wat vond u van de keten?"})
    series.declare_wave("2018")
    written(series, {"mark": ("same", "alleen de tijd")})
    signed(series)
    assert written(series).variables["mark"].reason == "alleen de tijd"
    assert held(series) == []  # made again as it was, it is signed still
    series.respondents("2018", TEXTS | {"v11": "Wat vindt u van de dienst?"})
    made = written(series)
    assert (made.variables["mark"].answer, made.signed) == ("", None)


def test_what_waves_toml_already_says_is_filled_in(series):
    series.respondents("2018", TEXTS | {"v11": "Wat vond u?", "v12": "En van de rest?"})
    series.declare_wave("2018", more='reworded = { mark = "alleen de tijd" }', breaks=BREAK.format("other_mark"))
    entries = written(series).variables
    assert {name: (entry.answer, entry.reason) for name, entry in entries.items() if entry.changes} == {
        "mark": ("same", "alleen de tijd"),
        "other_mark": ("break", "as declared in data/waves.toml"),
    }


def test_what_is_uncertain_is_a_comment_with_the_next_best_beside_it(series):
    texts = {"v12": OTHER, "v13": USED, "q1": "Wat vindt u van de keten nu?", "q2": "Wat vond u van de ketens?"}
    series.respondents("2018", texts)
    assert written(series).variables.keys() == {"other_mark", "used"}
    text = path_of(series.root, "2018").read_text(encoding="utf-8")
    lines = text[text.index("# [variables.mark]") :].splitlines()[:4]
    assert lines[1] == f'# was = ["v11"]  # 2016: {MARK}'
    assert {line.split("  # ")[0] for line in lines[2:]} == {'# now = "q1"', '# now = "q2"'}
    assert "but not the question of 2016" in lines[2]


def test_the_first_wave_with_answers_has_nothing_to_map(series):
    (series.root / "data" / "codebooks" / "2016.json").unlink()
    series.respondents("2018")
    series.declare_wave("2018")
    assert held(series) == []
    with pytest.raises(ProblemsError, match=r"W127 .*no earlier wave's questions were kept"):
        written(series)


def test_a_wave_without_a_block_or_a_mapping_cannot_be_signed(series):
    series.respondents("2018")
    with pytest.raises(ProblemsError, match=r"W106 data/waves.toml, waves.2018.responses: is missing"):
        signed(series)
    series.declare_wave("2018")
    assert refused(series) == ["W127 data/mappings/2018.toml: there is none"]
    with pytest.raises(ProblemsError, match=r"W127 .*: a signature needs a name"):
        signed(series, by=" ")
