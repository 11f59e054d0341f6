import datetime
import json
import re
import shutil
import tomllib
from pathlib import Path

import lending
import polars as pl
import pyreadstat
import pytest

from wavebook.cli import main
from wavebook.core.problems import ProblemsError
from wavebook.definitions import Disclosure, load_definitions
from wavebook.survey.answers.questions import save_codebook
from wavebook.survey.answers.responses import read_responses
from wavebook.survey.demo import make_wave
from wavebook.survey.inspection.inspect import inspect


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make_wave(tmp_path_factory.mktemp("demo"), root=lending.SOURCE)


def responses_table(text):
    return tomllib.loads(text)["waves"]["2016"]["responses"]


def test_inspection_proposes_a_block_that_reads_the_file_as_declared(demo):
    definitions = load_definitions(lending.SOURCE)
    report = inspect(demo.path, definitions)
    proposed = responses_table(report.block)
    truth = responses_table((demo.root / "data" / "waves.toml").read_text(encoding="utf-8"))
    skipped = {"mark_band_library"}  # which marks are a fail is for a person to say
    assert proposed["columns"] == {k: v for k, v in truth["columns"].items() if k not in skipped}
    for name in ("theme", "way_used", "app_used"):
        assert {int(k) if k.isdigit() else k: v for k, v in proposed["codes"][name].items()} == {
            int(k) if k.isdigit() else k: v for k, v in truth["codes"][name].items()
        }
    for role in ("respondent", "weight", "strata", "clusters", "filter"):
        assert proposed[role] == truth[role]
    assert '# mark_band_library = "v11"' in report.block


def test_the_proposed_block_can_be_pasted_once_its_gaps_are_filled(demo, tmp_path):
    shutil.copytree(lending.SOURCE / "data", tmp_path / "data", ignore=shutil.ignore_patterns("responses"))
    definitions = load_definitions(lending.SOURCE)
    block = inspect(demo.path, definitions).block.replace('= ""  # fill in', '= "Vraagbaak"')
    block = block.replace('"bureau2016"', '"vraagbaak2015"')
    with (tmp_path / "data" / "waves.toml").open("a", encoding="utf-8") as waves:
        waves.write(f"\n{block}")
    assert load_definitions(tmp_path).waves["2016"].responses.weight == "weegfactor"


def test_inspection_of_a_declared_wave_proposes_what_is_declared(demo):
    definitions = load_definitions(demo.root)
    block = responses_table(inspect(demo.path, definitions).block)
    declared = responses_table((demo.root / "data" / "waves.toml").read_text(encoding="utf-8"))
    for table in ("columns", "asked_if", "filter", "missing", "strata", "weight", "population_size"):
        assert block[table] == declared[table]
    assert {name: {k.lstrip("0"): v for k, v in t.items()} for name, t in block["codes"].items()} == {
        name: {k.lstrip("0"): v for k, v in t.items()} for name, t in declared["codes"].items()
    }


def test_the_report_shows_columns_in_counts_and_no_typed_text(demo):
    report = str(inspect(demo.path, load_definitions(lending.SOURCE)))
    assert re.search(r"v11 +number +1\d{3} +\d+ +\d+  \d+ to \d+  → mark_library", report)
    assert re.search(r"thema +number .* stored as text  → theme", report)
    assert "Declared and not found: questions" in report
    assert "$set_v15: multiple response set of v15_1" in report
    assert "verzonnen opmerking" not in report


def test_the_report_names_questions_that_changed_since_the_previous_wave(tmp_path):
    definitions = load_definitions(lending.SOURCE)
    name = definitions.indicators["mark_library"].name.nl
    kept = {"wave": "2016", "questions": {"mark_library": {"question": name, "labels": {}, "columns": ["v1"]}}}
    (tmp_path / "data" / "codebooks").mkdir(parents=True)
    (tmp_path / "data" / "codebooks" / "2016.json").write_text(json.dumps(kept))
    path = tmp_path / "2018.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0]}), path, column_labels={"v1": f"{name}, nu"})
    report = inspect(path, definitions, root=tmp_path)
    assert report.wave == "2018"
    assert "Changed since 2016" in str(report)
    assert [(c.name, c.what, c.after) for c in report.changes] == [("mark_library", "question", f"{name}, nu")]


def test_inspection_tells_which_encoding_a_lying_file_needs(tmp_path):
    path = tmp_path / "2016.sav"
    pyreadstat.write_sav(pl.DataFrame({"v1": [7.0]}), path, column_labels={"v1": "Vraag één"})
    path.write_bytes(path.read_bytes().replace("één".encode(), b"\xe9\xe9n  "))
    report = inspect(path, load_definitions(lending.SOURCE))
    assert 'encoding = "cp1252"' in report.block
    assert "Vraag één" in str(report)


# What is proposed


ASKED = {
    "v11": "Welk cijfer geeft u de bibliotheek als geheel?",
    "v13": "Welk cijfer geeft u de catalogus van de bibliotheek?",
    "v16": "Hebt u de Leesapp gebruikt?",
    "thema": "Om welk soort boek ging het?",
}
LABELS = {"v16": {1.0: "ja", 2.0: "nee"}, "thema": {1.0: "romans", 2.0: "wetenschap"}}
COLUMNS = {"mark_library": "v11", "mark_website": "v13", "app_used": "v16", "theme": "thema"}
CODES = {"app_used": {1: "yes", 2: "no"}, "theme": {1: "novels", 2: "science"}}


class Office:
    """A book with what a first wave, 2016, asked, and a way to look at the file of a later one."""

    def __init__(self, root):
        self.root = root
        shutil.copytree(lending.SOURCE / "data", root / "data", ignore=shutil.ignore_patterns("responses", "codebooks"))
        (root / "data" / "responses").mkdir()

    def declare(self, year, more="", columns=COLUMNS, codes=CODES):
        text = f'[waves.{year}]\nname = {{ nl = "m", en = "m" }}\nbureau = "Vraagbaak"\n'
        text += 'client = { nl = "k", en = "c" }\n'
        text += f'source = "vraagbaak2015"\n[waves.{year}.responses]\nsource = "vraagbaak2015"\nlocator = "l"\n{more}\n'
        text += f"[waves.{year}.responses.columns]\n" + "".join(f'{k} = "{v}"\n' for k, v in columns.items())
        for name, table in codes.items():
            text += f"[waves.{year}.responses.codes.{name}]\n" + "".join(f'{k} = "{v}"\n' for k, v in table.items())
        with (self.root / "data" / "waves.toml").open("a", encoding="utf-8") as waves:
            waves.write(f"\n{text}")

    def write(self, year, questions=ASKED, labels=LABELS, rows=40, **columns):
        data = {name: [1.0 + i % 2 for i in range(rows)] for name in questions} | columns
        path = self.root / "data" / "responses" / f"{year}.sav"
        options = {"column_labels": dict(questions), "variable_value_labels": labels}
        pyreadstat.write_sav(pl.DataFrame(data), path, **options)
        return path

    def first(self, **declared):
        self.declare("2016", **declared)
        self.write("2016")
        read = read_responses(self.root, load_definitions(self.root), "2016")
        save_codebook(self.root, "2016", read.questions)

    def look(self, path, **options):
        return inspect(path, load_definitions(self.root), root=self.root, **options)

    def lines(self, path, start="", **options):
        return [line for line in self.look(path, **options).block.splitlines() if line.lstrip("# ").startswith(start)]


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


def test_a_question_of_last_wave_is_found_under_whatever_name(office):
    office.first()
    asked = {
        "q1": ASKED["v13"],
        "q2": ASKED["v11"],
        "q3": ASKED["v16"],
        "v11": ASKED["thema"],
    }
    labels = {"q3": LABELS["v16"], "v11": LABELS["thema"]}
    report = office.look(office.write("2018", asked, labels))
    proposed = tomllib.loads(report.block)["waves"]["2018"]["responses"]
    expected = {"mark_library": "q2", "mark_website": "q1", "app_used": "q3", "theme": "v11"}
    assert proposed["columns"] == expected
    assert report.changes == ()


def test_the_block_for_a_second_wave_of_the_same_questions_can_be_pasted_as_it_is(tmp_path):
    first = make_wave(tmp_path / "first", root=lending.SOURCE, wave="2016", respondents=400)
    later = make_wave(tmp_path / "later", root=lending.SOURCE, wave="2018", respondents=400)
    root = first.root
    read = read_responses(root, load_definitions(root), "2016")
    save_codebook(root, "2016", read.questions)
    path = shutil.copy(later.path, root / "data" / "responses" / "2018.sav")
    block = inspect(Path(path), load_definitions(root), root=root).block
    with (root / "data" / "waves.toml").open("a", encoding="utf-8") as waves:
        waves.write("\n" + block.replace('= ""  # fill in', '= "Vraagbaak"').replace("bureau2018", "demo"))
    again = read_responses(root, load_definitions(root), "2018")
    assert set(again.frame.collect_schema().names()) == set(read.frame.collect_schema().names())
    assert not [notice for notice in again.notices if notice.code in ("W145", "W146")]


def test_a_question_that_is_not_there_is_never_a_live_line(office):
    office.first()
    without = {name: text for name, text in ASKED.items() if name != "v11"}
    path = office.write("2018", without | {"v11": "Welk cijfer geeft u de website van de bibliotheek?"})
    chain = office.lines(path, "mark_library =")
    assert [line.partition("  # ")[0] for line in chain[:2]] == ['# mark_library = "v11"', '# mark_library = "v13"']
    assert "not the question of 2016" in chain[0]
    assert "or this" in chain[1]
    assert office.lines(path, "mark_website")[0].startswith('mark_website = "v13"')


def test_questions_that_were_swapped_are_followed_and_those_pasted_under_old_names_are_told(office):
    office.first()
    swapped = ASKED | {"v11": ASKED["v13"], "v13": ASKED["v11"]}
    path = office.write("2018", swapped)
    assert office.lines(path, "mark_library")[0].startswith('mark_library = "v13"')
    office.declare("2018")
    report = office.look(path)
    assert [(c.name, c.other) for c in report.changes] == [
        ("mark_library", "mark_website"),
        ("mark_website", "mark_library"),
    ]
    assert "which was that of mark_website" in str(report)


def test_codes_follow_their_labels_and_those_of_other_labels_are_in_doubt(office):
    office.first()
    labels = {"v16": {1.0: "nee", 2.0: "ja"}, "thema": {1.0: "romans", 2.0: "wonen", 3.0: "iets anders"}}
    path = office.write("2018", labels=labels)
    proposed = tomllib.loads(office.look(path).block)["waves"]["2018"]["responses"]["codes"]
    assert proposed == {"app_used": {"1": "no", "2": "yes"}, "theme": {"1": "novels"}}
    assert '# 2 = "science"  # it was “wetenschap” and is “wonen”' in office.lines(path, "2 =")
    assert '# 3 = ""  # new: iets anders; perhaps other' in office.lines(path, "3 =")


def test_two_columns_with_the_same_question_are_told_apart_by_labels_then_by_name(office):
    office.first()
    again = ASKED | {"v99": ASKED["v16"]}
    other = {**LABELS, "v99": {1.0: "vaak", 2.0: "nooit"}}
    assert office.lines(office.write("2018", again, other), "app_used")[0].startswith('app_used = "v16"')
    same = {**LABELS, "v99": LABELS["v16"]}
    doubt = office.lines(office.write("2018", again, same), "app_used")[:2]
    assert [line.split("  # ")[0] for line in doubt] == ['# app_used = "v16"', '# app_used = "v99"']
    renamed = {("w1" if name == "v16" else name): text for name, text in again.items()}
    same = {("w1" if name == "v16" else name): table for name, table in same.items()}
    doubt = office.lines(office.write("2018", renamed, same), "app_used")[:2]
    assert [line.split("  # ")[0] for line in doubt] == ['# app_used = "w1"', '# app_used = "v99"']


def test_a_name_alone_is_no_certainty_where_the_question_was_kept(office):
    office.first()
    path = office.root / "data" / "responses" / "2018.csv"
    path.write_text("v11;v13;v16;thema\n" + "7;6;1;2\n" * 9, encoding="utf-8")
    block = office.look(path).block
    assert '# mark_library = "v11"  # only its name is that of 2016' in block
    assert tomllib.loads(block)["waves"]["2018"]["responses"]["columns"] == {}


def test_days_of_an_earlier_wave_and_routing_by_renamed_columns_are_looked_at(office):
    more = 'filter = { datum = "2016-09-01..2016-09-30" }\nasked_if = { mark_library = { v16 = [1, 2] } }'
    office.declare("2016", more)
    days = {"datum": [datetime.date(2016, 9, 5)] * 40}
    office.write("2016", **days)
    read = read_responses(office.root, load_definitions(office.root), "2016")
    save_codebook(office.root, "2016", read.questions)
    asked = {("q16" if name == "v16" else name): text for name, text in ASKED.items()}
    labels = {"q16": LABELS["v16"], "thema": LABELS["thema"]}
    path = office.write("2018", asked, labels, **days)
    assert office.lines(path, "filter") == [
        '# filter = { datum = ["2016-09-01..2016-09-30"] }  # these are the days of an earlier wave'
    ]
    assert "mark_library = { q16 = [1, 2] }" in office.look(path).block


def test_what_else_a_wave_declared_is_proposed_again(office):
    more = [
        'separator = ";"',
        "missing_in = { v11 = [98], mark_website = [97] }",
        "ranges = { mark_library = [0, 10] }",
        'formats = { thema = "1.234,5" }',
        'labels_overruled = { v16 = { 1 = "nee" } }',
    ]
    office.declare("2016", "\n".join(more))
    block = tomllib.loads(office.look(office.write("2016")).block)["waves"]["2016"]["responses"]
    declared = load_definitions(office.root).waves["2016"].responses
    assert block["separator"] == declared.separator == ";"
    assert block["missing_in"] == {"v11": [98], "mark_website": [97]}
    assert block["labels_overruled"] == {"v16": {"1": "nee"}}
    assert block["formats"] == {"thema": "1.234,5"}
    assert block["ranges"] == {"mark_library": [0, 10]}


def test_without_an_earlier_wave_only_the_declared_words_themselves_are_live(office):
    asked = {
        "a": "Rapportcijfer van 1 tot 10 voor de catalogus van de bibliotheek in uw wijk",
        "b": "Gebruikte de Leesapp",
        "c": "Hoeveel cijfers telt de bibliotheek?",
    }
    path = office.write("2018", asked, {"b": {1.0: "ja", 2.0: "nee"}})
    columns = tomllib.loads(office.look(path).block)["waves"]["2018"]["responses"]["columns"]
    assert columns == {"app_used": "b"}
    assert office.lines(path, "mark_website")[0].startswith('# mark_website = "a"')
    assert office.lines(path, "questions") == ['# questions = ""  # nothing in the file resembles it']


def test_a_label_that_only_resembles_a_category_is_a_guess(office):
    path = office.write("2018", {"thema": "thema"}, {"thema": {1.0: "romans en verhalen", 2.0: "kunst of wetenschap"}})
    codes = tomllib.loads(office.look(path).block)["waves"]["2018"]["responses"]["codes"]["theme"]
    assert codes == {"1": "novels"}
    assert '# 2 = ""  # kunst of wetenschap; perhaps science' in office.look(path).block


# What is shown


def shown(path, *columns, **options):
    return str(inspect(path, load_definitions(lending.SOURCE), columns=columns, **options))


def parquet(folder, **columns):
    path = folder / "2018.parquet"
    pl.DataFrame(columns).write_parquet(path)
    return path


def test_the_highest_number_is_not_shown_where_it_is_one_respondents(tmp_path):
    path = parquet(tmp_path, own=[1000 + 7 * i for i in range(40)], shared=[18 + i % 20 for i in range(40)])
    own, shared = inspect(path, load_definitions(lending.SOURCE)).columns
    assert (own.low, own.high, shared.low, shared.high) == (None, None, 18, 37)
    assert "1273" not in str(inspect(path, load_definitions(lending.SOURCE), everything=True))
    half = parquet(tmp_path, v=[i // 2 for i in range(40)], w=[min(i, 20) for i in range(40)])
    assert [(c.low, c.high) for c in inspect(half, load_definitions(lending.SOURCE)).columns] == [(0, 19), (None, None)]


def test_who_gave_no_answer_does_not_make_numbers_common(tmp_path):
    path = parquet(tmp_path, v=[*range(20), *[None] * 20], w=[*range(10), *range(10), *[None] * 20])
    own, shared = inspect(path, load_definitions(lending.SOURCE)).columns
    assert (own.low, own.high, shared.low, shared.high) == (None, None, 0, 9)


def test_a_long_number_of_one_respondent_is_no_end_of_a_range(tmp_path):
    path = parquet(tmp_path, income=[20_000] * 20 + [30_000] * 19 + [987_654])
    assert "20000 to 30000" in str(inspect(path, load_definitions(lending.SOURCE)))
    assert "987654" not in shown(path, "income")


def test_a_number_of_three_digits_or_of_five_respondents_may_be_an_end(tmp_path):
    path = parquet(tmp_path, code=[100] * 20 + [200] * 19 + [999], five=[20_000] * 35 + [40_000] * 5)
    code, five = inspect(path, load_definitions(lending.SOURCE)).columns
    assert (code.high, five.high) == (999, 40_000)


def test_numbers_that_one_person_has_in_several_rows_are_still_theirs(tmp_path):
    rows = {"respnr": [i // 4 for i in range(40)], "income": [1000 + 7 * (i // 4) for i in range(40)]}
    rows["remark"] = [f"van {i // 8}" for i in range(40)]
    path = parquet(tmp_path, **rows)
    found = {c.variable.name: c for c in inspect(path, load_definitions(lending.SOURCE)).columns}
    assert (found["income"].high, found["remark"].given) == (None, ())


def test_texts_are_shown_where_five_respondents_gave_them(tmp_path):
    texts = ["telefoon"] * 6 + ["balie"] * 5 + ["bij mijn buurman Jan"] * 4 + ["Piet"]
    path = parquet(tmp_path, kanaal=texts)
    assert "4 different: “telefoon” (6 respondents) and “balie” (5 respondents)" in shown(path)
    whole = shown(path, "KANAAL")
    assert re.search(r"6 +telefoon\n +5 +balie\n +2 other values, each of fewer than 5 respondents, of 4 to 20", whole)
    assert not re.search("Jan|Piet", whole + shown(path, everything=True))


def test_texts_are_shown_where_as_many_gave_them_as_the_smallest_group_that_is_published(tmp_path):
    path = parquet(tmp_path, kanaal=["telefoon"] * 12 + ["balie"] * 11)
    rules = Disclosure(minimum_base=12, dominance_share=50, source="regels")
    report = str(inspect(path, load_definitions(lending.SOURCE).model_copy(update={"disclosure": rules})))
    assert "2 different: “telefoon” (12 respondents)\n" in report


def test_one_column_or_all_of_a_wide_file_are_shown_when_asked_for(tmp_path):
    path = parquet(tmp_path, **{f"v{i}": [1, 2] for i in range(60)})
    assert "and 20 other columns: --all shows them, --column NAME one of them" in shown(path)
    assert "\nv59 " not in shown(path)
    assert "\nv59 " in shown(path, everything=True)
    assert "other columns" not in shown(path, everything=True)
    only = shown(path, "v59", "V3")
    assert [line.split()[0] for line in only.splitlines()[3:] if not line.startswith(" ")] == ["v59", "v3"]
    with pytest.raises(ProblemsError, match=r"W107 .*column v61: is not in the file"):
        shown(path, "v61")


def test_the_command_takes_columns_and_all(tmp_path, monkeypatch, capsys):
    path = parquet(tmp_path, **{f"v{i}": [1, 2] for i in range(60)})
    monkeypatch.chdir(lending.SOURCE)
    assert main(["inspect", str(path), "--column", "v59", "--column", "v3"]) == 0
    assert "\nv59 " in (one := capsys.readouterr().out)
    assert "\nv4 " not in one
    assert main(["inspect", str(path), "--all"]) == 0
    assert "\nv59 " in capsys.readouterr().out


def test_labels_that_are_typed_texts_numbered_by_spss_are_no_labels(tmp_path):
    typed = ["aan Jan", "balie", "beter", "door Piet", "geen", "helaas", "laat maar", "zo snel"]
    path = tmp_path / "2018.sav"
    cells = [float(code) for code in (*range(1, 9), *[5] * 6)]
    labels = {float(code): text for code, text in enumerate(typed, 1)}
    pyreadstat.write_sav(pl.DataFrame({"o": cells}), path, variable_value_labels={"o": labels})
    assert "5 geen" in shown(path)
    assert not re.search("Jan|Piet|helaas", shown(path) + shown(path, "o"))
    scale = {float(code): f"{code} van 8" for code in range(1, 9)}
    pyreadstat.write_sav(pl.DataFrame({"o": [1.0, 2.0]}), path, variable_value_labels={"o": scale})
    assert "8 8 van 8" in shown(path)


def test_a_date_column_of_a_text_file_tells_its_format_and_several_answers_their_mark(tmp_path):
    path = tmp_path / "2018.csv"
    rows = ["25-10-2018;a, b;05-10-2018", "01-11-2018;a;06-11-2018", "02-11-2018;b;06-11-2018"]
    path.write_text("\n".join(["dag;antwoorden;datum", *rows]), encoding="utf-8")
    report = shown(path)
    assert "3 different, all dates as dd-mm-yyyy\n" in report
    assert "2 different, all dates as dd-mm-yyyy or mm-dd-yyyy\n" in report
    assert "several answers in a cell, with “,” between them?" in report


def test_spss_times_can_be_inspected(tmp_path):
    path = tmp_path / "2018.sav"
    frame = pl.DataFrame({"tijd": [3600.0, 90_000.0], "duur": [60.0, None], "v1": [7.0, 8.0]})
    pyreadstat.write_sav(frame, path, variable_format={"tijd": "TIME8", "duur": "DTIME11"})
    report = shown(path)
    assert re.search(r"tijd +time +2 +0 +0  2 different", report)
    assert re.search(r"duur +time +1 +1 +0  1 different", report)


@pytest.mark.parametrize("form", ["%Y-%m-%d", "%d-%m-%Y"])
def test_days_are_shown_between_those_on_which_five_answered(tmp_path, form):
    days = [datetime.date(2018, 9, day) for day in [3] * 4 + [4] * 5 + [20] * 6 + [28]]
    path = parquet(tmp_path, day=days if form == "%Y-%m-%d" else [day.strftime(form) for day in days])
    assert "2018-09-04 to 2018-09-20" in shown(path)
    assert not re.search("2018-09-28|28-09-2018", shown(path, "day"))
