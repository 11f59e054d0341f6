"""What one edition may read of the data, and nothing else."""

from __future__ import annotations

import pytest
from crossed import cross, nested
from regions import with_regions

from wavebook.core.problems import ProblemsError
from wavebook.figures import excerpt, load
from wavebook.figures.excerpt import Excerpts

LIMIT = '\n[disclosure]\nminimum_base = 30\ndominance_share = 50\nsource = "us"\n'
REVISED = "date,wave,figure,before,after,reason,reason_en\n"


def lay(folder, made):
    for name, text in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    return folder


def made(small, **edition):
    return Excerpts(small.root).of(**{"wave": "2014", "baseline": "2010", **edition})


def test_an_excerpt_is_a_book_in_which_the_edition_is_the_same(small, tmp_path_factory):
    for edition in ({}, {"segment": "theme=work"}, {"wave": "2013"}, {"wave": "2013", "segment": "theme=work"}):
        root = lay(tmp_path_factory.mktemp("part"), made(small, **edition))
        whole, part = (load(where, **{"wave": "2014", **edition}) for where in (small.root, root))
        assert [*part] == [*whole]
        assert part.definitions.segments["theme"].values.keys() >= {"work"}


def test_an_edition_reads_nothing_of_other_segments(small):
    small.row("2014", 4, value="3.1415")  # of theme=school
    small.row("2014", 4, status="published")
    text = b"".join(made(small, segment="theme=work").values())
    assert b"3.1415" not in text
    assert b"school" not in text
    assert b"3.1415" in b"".join(made(small).values())


def test_an_edition_reads_nothing_of_later_waves(small):
    text = b"".join(made(small, wave="2013").values())
    assert b"2014" not in text


@pytest.mark.parametrize(("asked", "left"), [('["2013", "2014"]', ["2013"]), ("[2014]", [])])
def test_an_edition_knows_when_a_question_was_asked_up_to_its_own_wave(small, tmp_path, asked, left):
    text = small.path("indicators.toml").read_text(encoding="utf-8")
    small.write("indicators.toml", text.replace("[indicators.grade]\n", f"[indicators.grade]\nwaves = {asked}\n"))
    part = load(lay(tmp_path / "part", made(small, wave="2013")), wave="2013")
    assert part.definitions.asked("grade", "2013") == left


def test_an_edition_reads_no_fact_that_later_ones_tell(small):
    small.edit("context.toml", "[towns]\n", "[towns]\nsince = 2014\n")
    assert made(small, wave="2014")["data/context.toml"] == small.path("context.toml").read_bytes()
    assert b"towns" not in made(small, wave="2013")["data/context.toml"]


def test_an_edition_reads_no_figure_of_too_few_people(small):
    small.write("waves.toml", small.path("waves.toml").read_text(encoding="utf-8") + LIMIT)
    small.row("2014", 2, value="3.1415", n="29")
    small.write("revisions.csv", REVISED + "2016-01-01,2014,grade@2014,2.7182,3.1415,because,because\n")
    text = b"".join(made(small).values())
    assert b"3.1415" not in text
    assert b"2.7182" not in text
    assert b"grade,total,,,,,grade,,,,,,suppressed" in text


def test_answers_margins_and_what_else_lies_in_data_stay_there(small):
    for name in ("responses/2014.csv", "margins/2014.csv", "notes.txt"):
        small.write(name, "3.1415")
    assert b"3.1415" not in b"".join(made(small).values())


def test_a_file_that_a_notebook_names_goes_along(small):
    for name in ("regions.csv", "maps/north.json", "notes.txt", "responses/2014.csv", "margins/2014.csv"):
        small.write(name, "3.1415")
    folder = small.root / "notebooks"
    folder.mkdir(exist_ok=True)
    code = "open('../data/regions.csv'), open('../data/responses/2014.csv'), open('../data/margins/2014.csv')"
    (folder / "een.ipynb").write_text(code)
    (folder / "tools.py").write_text("FOLDER = Path('..') / 'data' / 'maps'")
    assert {name for name, text in made(small).items() if text == b"3.1415"} == {
        "data/regions.csv",
        "data/maps/north.json",
    }


def test_revisions_of_other_segments_are_not_told(small):
    rows = ["theme=work,2014", "theme=school,2014", "2014", "2013"]
    small.write("revisions.csv", REVISED + "".join(f'2016-01-01,2014,"grade@{row}",1,2,because,\n' for row in rows))
    told = made(small, segment="theme=work")["data/revisions.csv"].decode()
    assert [row in told for row in rows] == [True, False, True, True]


@pytest.mark.parametrize("segment", ["theme=work", ""])
def test_what_an_edition_does_not_show_does_not_change_its_excerpt(small, segment):
    before = excerpt.digest(made(small, segment=segment))
    small.row("2014", 4, value="5.5", status="published")  # of theme=school
    assert (excerpt.digest(made(small, segment=segment)) == before) is bool(segment)
    before = excerpt.digest(made(small, segment=segment))
    small.row("2014", 3, value="5.6")  # of theme=work
    assert excerpt.digest(made(small, segment=segment)) != before


def quoted(cell):
    return f'"{cell}"' if "," in cell else cell


def test_an_edition_reads_how_figures_move_together_only_where_it_may_show_both(small):
    for line, value in ((3, "7.0"), (4, "6.0")):
        small.row("2014", line, value=value, se="0.1", status="estimated")
    small.row("2014", 2, se="0.1", status="estimated")
    small.row("2013", 2, se="0.1", status="estimated")
    pairs = {"work": ("grade@2014", "grade@theme=work,2014"), "school": ("grade@2014", "grade@theme=school,2014")}
    pairs |= {"themes": ("grade@theme=school,2014", "grade@theme=work,2014"), "waves": ("grade@2014", "grade@2013")}
    rows = [f"{quoted(one)},{quoted(other)},0.5,0.1\n" for one, other in pairs.values()]
    small.write("correlations/2014.csv", "one,other,correlation,within\n" + "".join(rows))
    for segment, told in (("", [True] * 4), ("theme=work", [True, False, False, True])):
        text = made(small, segment=segment)["data/correlations/2014.csv"].decode()
        assert [row in text for row in rows] == told
    assert "data/correlations/2014.csv" not in made(small, wave="2013")


def test_an_edition_reads_the_combinations_of_its_own_segment(small, tmp_path):
    cross(small)
    text = made(small, segment="theme=work")
    assert b"work*18_34" in text["data/figures/2014.csv"]
    assert b"school" not in b"".join(text.values())
    part = load(lay(tmp_path / "part", text), segment="theme=work")
    assert [*part] == [*load(small.root, segment="theme=work")]
    assert part["grade@age=18_34"].value == 7.2


def test_an_edition_about_a_larger_segment_needs_no_other_ones(small, tmp_path):
    nested(small)
    for segment in ("theme=work", "town=a"):
        part = load(lay(tmp_path / segment, made(small, segment=segment)), segment=segment)
        assert part["grade@everyone,theme=work"].value == 7.0 if segment == "town=a" else part["grade"].value == 7.0


def test_declarations_of_which_all_goes_along_are_those_of_the_editor(small):
    small.edit("indicators.toml", "[bases.people]", "# a remark\n[bases.people]")
    before = small.path("indicators.toml").read_bytes()
    assert made(small)["data/indicators.toml"] == before
    assert made(small, segment="theme=work")["data/indicators.toml"] != before


def test_many_segments_can_be_declared_and_an_excerpt_of_them_can_be_read(small, tmp_path, monkeypatch):
    monkeypatch.setattr("wavebook.core.files.DECLARED", small.path("indicators.toml").stat().st_size)
    small.load()
    longer = made(small, segment="theme=work") | {
        "data/indicators.toml": small.path("indicators.toml").read_bytes() + b"#"
    }
    assert load(lay(tmp_path / "part", longer), segment="theme=work")["grade"].value == 7.0
    small.edit("indicators.toml", "[bases.people]", "#\n[bases.people]")
    with pytest.raises(ProblemsError, match="is larger than"):
        small.load()


def test_an_edition_reads_the_shapes_of_its_regions_but_for_the_one_that_it_is_about(small, tmp_path_factory):
    with_regions(small)
    for edition, shapes in (
        ({}, ["region"]),
        ({"segment": "theme=work"}, ["region"]),
        ({"segment": "region=kustrand"}, []),
    ):
        root = lay(tmp_path_factory.mktemp("part"), made(small, **edition))
        assert [*load(root, **edition).definitions.shapes] == shapes
