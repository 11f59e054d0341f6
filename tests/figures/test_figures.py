import pytest
from crossed import cross, nested
from hypothesis import given
from hypothesis import strategies as st

from wavebook.claims import rises
from wavebook.figures import AbsentFigureError, Key, MissingFigureError


def test_an_earlier_edition_sees_nothing_of_later_waves(small):
    edition = small.load(wave="2013")
    assert edition["grade"].value == 6.8
    assert {figure.key.wave for figure in edition} == {"2010", "2013"}
    assert [figure.value for figure in edition.series("grade")] == [6.7, 6.8]
    assert [key.wave for key in edition.select("grade", waves="all").keys] == ["2010", "2013"]
    with pytest.raises(MissingFigureError, match=r"grade has 2010, 2013$"):
        edition["grade@2014"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("grade", 6.9),
        (" grade ", 6.9),
        ("grade@wave", 6.9),
        ("grade@2014", 6.9),
        ("grade@baseline", 6.7),
        ("grade@previous", 6.8),
        ("grade@2010", 6.7),
        ("grade@theme=work", 7.0),
        ("grade@theme=work,2014", 7.0),
        ("grade@2014,theme=work", 7.0),
        ("grade@ theme = work , wave", 7.0),
        ("grade@population=citizens", 6.8),
        ("share.yes", 14),
        ("share.yes@2013", 17),
    ],
)
def test_a_key_names_one_figure(loaded, text, value):
    assert loaded[text].value == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not a key"),
        ("Grade", "is not a key"),
        ("grade.", "is not a key"),
        ("grade@", "is not a key"),
        ("grade@2014@2013", "is not a key"),
        ("grade 2014", "is not a key"),
        ("grade@2011", "there is no wave 2011; the waves are wave, baseline, previous, latest, 2010, 2013, 2014"),
        ("grade@next", "there is no wave next"),
        ("grade@2013,2014", "names more than one wave"),
        ("grade@theme=work,theme=school", "names more than one segment"),
        ("grade@population=total,population=citizens", "names more than one population"),
        ("grad", "there is no figure grad@2014; the nearest is grade@2014"),
        ("share.yess@2010", "the nearest is share.yes@2010"),
        ("grade@theme=wrok", "the nearest is grade@theme=work,2014"),
        ("share", "there is no figure share@2014; it has one for each of yes, no, maybe"),
        ("share.maybe@2010", r"there is no figure share.maybe@2010; share.maybe has 2014"),
        ("grade@theme=school", "grade@theme=school,2014 is suppressed: too few respondents"),
    ],
)
def test_a_key_of_no_figure_says_what_is_wrong_and_what_is_nearest(loaded, text, message):
    with pytest.raises(MissingFigureError, match=message):
        loaded[text]


def test_before_the_first_wave_there_is_no_previous_one(small):
    edition = small.load()
    edition.wave = "2010"
    with pytest.raises(MissingFigureError, match="2010: there is no wave before the first"):
        edition["grade@previous"]


def test_the_population_of_the_edition_is_meant_unless_a_key_says_otherwise(small):
    edition = small.load(population="citizens")
    assert edition["grade"].value == 6.8
    assert edition["grade@population=total"].value == 6.9


def test_a_selection_gives_its_own_figures_in_an_edition_for_others(small):
    edition = small.load(population="citizens")
    assert [figure.value for figure in edition.select("grade@population=total")] == [6.9]


@given(
    st.builds(
        Key,
        st.sampled_from(["2010", "2013", "2014"]),
        st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
        st.sampled_from(["", "citizens"]),
        st.just("theme"),
        st.sampled_from(["work", "school"]),
        st.from_regex(r"([a-z0-9_]{1,9})?", fullmatch=True),
    )
)
def test_a_key_written_out_means_itself(loaded, key):
    assert loaded.resolve(str(key)) == key


@pytest.mark.parametrize(
    ("text", "waves"),
    [
        ("grade", ("2010", "2014")),
        ("grade@2010..2013", ("2010", "2013")),
        ("grade@previous", ("2013", "2014")),
        ("grade@ everyone, previous ", ("2013", "2014")),
        ("grade@baseline", ("2010", "2014")),
        ("grade@previous..wave", ("2013", "2014")),
        ("grade@ 2010 .. 2013 ", ("2010", "2013")),
    ],
)
def test_a_change_runs_from_its_first_wave_to_its_last(loaded, text, waves):
    assert tuple(figure.key.wave for figure in loaded.between(text)) == waves


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("grade@2014", "is not a change; write key, key@previous or key@2010..2014"),
        ("grade@2010..2013,2013..2014", "is not a change"),
        ("grade@2014..2010", "is not a change: 2014 does not come before 2010"),
        ("grade@2014..wave", "is not a change: 2014 does not come before 2014"),
        ("grade@2010..2012", "there is no wave 2012"),
        ("share.maybe", "there is no figure share.maybe@2010"),
        ("share.mabye", "share.mabye@2010.*; .*share.mabye@2014"),
    ],
)
def test_what_is_no_change_says_why(loaded, text, message):
    with pytest.raises(MissingFigureError, match=message):
        loaded.between(text)


def test_a_segment_has_a_change_of_its_own(small):
    small.add("2010", indicator="grade", segment_by="theme", segment="work", value="6.0", unit="grade")
    first, last = small.load().between("grade@theme=work")
    assert (first.value, last.value) == (6.0, 7.0)


def test_a_series_runs_through_the_waves_that_have_a_figure(loaded):
    assert [figure.value for figure in loaded.series("share.no")] == [80, 70]


def test_a_series_leaves_suppressed_figures_out(loaded):
    assert loaded.series("grade@theme=school") == []


def keys(selection):
    return [str(key) for key in selection.keys]


def test_a_selection_keeps_the_order_it_was_asked_in(loaded):
    assert keys(loaded.select("share.no", "share.yes", "grade")) == [
        "share.no@2014",
        "share.yes@2014",
        "grade@2014",
    ]


def test_a_key_without_category_takes_all_categories_as_they_are_declared(loaded):
    assert keys(loaded.select("share")) == ["share.yes@2014", "share.no@2014", "share.maybe@2014"]


def test_a_key_without_category_takes_the_categories_that_have_a_figure(loaded):
    assert keys(loaded.select("share@2013")) == ["share.yes@2013"]


def test_all_waves_of_one_category_come_before_those_of_the_next(loaded):
    assert keys(loaded.select("share", waves="all")) == [
        *("share.yes@2010", "share.yes@2013", "share.yes@2014"),
        *("share.no@2010", "share.no@2014"),
        "share.maybe@2014",
    ]


def test_both_waves_are_taken_of_the_categories_that_have_both(loaded):
    assert keys(loaded.select("share", waves="both")) == [
        *("share.yes@2010", "share.yes@2014"),
        *("share.no@2010", "share.no@2014"),
    ]


def test_a_figure_that_lacks_one_of_both_waves_is_named_with_that_wave(loaded):
    with pytest.raises(MissingFigureError) as caught:
        loaded.select("share.maybe", waves="both")
    assert str(caught.value) == "there is no figure share.maybe@2010; share.maybe has 2014"


def test_all_figures_that_a_selection_lacks_are_named_at_once(loaded):
    with pytest.raises(MissingFigureError) as caught:
        loaded.select("grad", "grade", "share.yess", "grade@theme=school", "grade@1999")
    parts = str(caught.value).split("; ")
    assert [part for part in parts if part.startswith("there is no")] == [
        "there is no figure grad@2014",
        "there is no figure share.yess@2014",
        "there is no wave 1999",
    ]
    assert "grade@theme=school,2014 is suppressed: too few respondents to show it" in parts


def test_a_selection_as_a_frame_has_one_row_a_figure_with_its_label(loaded):
    frame = loaded.select("share", "grade@theme=work").frame
    assert list(frame["label"]) == ["ja", "nee", "misschien", "werk"]
    assert list(frame["value"]) == [14, 70, 16, 7.0]


def test_labels_are_in_the_language_of_the_edition(small):
    frame = small.load(language="en").select("share.no", "grade@theme=work", "grade").frame
    assert list(frame["label"]) == ["no", "work", "grade"]


def test_a_line_through_a_break_knows_it(loaded):
    edition = loaded
    assert [b.start for b in edition.breaks(edition.select("grade", waves="all").keys)] == ["2013"]
    assert edition.breaks(edition.select("grade").keys) == []


def test_a_source_line_names_each_source_once_with_its_places(small):
    small.row("2014", 6, locator="page 9")
    edition = small.load()
    assert [*map(str, edition.sources(edition.select("grade", "share").keys))] == ["Jansen, 2015 (page 1; page 9)"]


def test_a_suppressed_figure_cannot_be_had_by_any_way(loaded):
    edition = loaded
    small_key = edition.resolve("grade@theme=school")
    assert edition.is_suppressed(small_key)
    assert not edition.is_suppressed(edition.resolve("grade"))
    assert not edition.is_suppressed(edition.resolve("share@theme=school"))
    for ask in (lambda: edition[small_key], lambda: edition.select("grade@theme=school", waves="all")):
        with pytest.raises(MissingFigureError, match="suppressed"):
            ask()
    assert rises("grade@theme=school").verdict(edition).outcome == "open"


def about_work(small, **edition):
    small.edit(
        "indicators.toml",
        "[bases.people]",
        '[bases.questions]\nnl = "vragen"\nen = "questions"\npeople = false\n\n[bases.people]',
    )
    small.edit("indicators.toml", "[indicators.grade]", COUNTED)
    small.add("2014", indicator="asked", value="70", unit="count")
    small.add("2010", indicator="grade", segment_by="theme", segment="work", value="6.5", unit="grade")
    return small.load(segment="theme=work", **edition)


COUNTED = """[indicators.asked]
unit = "count"
decimals = 0
base = "questions"
name.nl = "vragen"
name.en = "questions"
definition.nl = "Aantal vragen"
definition.en = "Number of questions"

[indicators.grade]"""


def test_a_key_means_the_segment_the_edition_is_about(small):
    figures = about_work(small)
    assert (figures["grade"].value, figures["grade@baseline"].value) == (7.0, 6.5)
    assert figures["grade@theme=work,2010"].value == 6.5
    assert [f.value for f in figures.series("grade")] == [6.5, 7.0]


def test_everyone_is_asked_for_by_name(small):
    figures = about_work(small)
    assert figures["grade@everyone"].value == 6.9
    assert [f.value for f in figures.between("grade@everyone,2010..2013")] == [6.7, 6.8]
    assert small.load()["grade@everyone"].value == 6.9  # in other editions it says what goes without saying


def test_no_figure_about_people_is_taken_from_everyone_in_silence(small):
    figures = about_work(small)
    with pytest.raises(AbsentFigureError):
        figures["share.yes"]
    assert figures["asked"].value == 70  # of which there is one for all


def test_other_segments_are_no_part_of_the_edition(small):
    figures = about_work(small)
    assert {f.key.segment for f in figures} == {"", "work"}
    for text in ("grade@theme=school", "grade@everyone,theme=school"):
        with pytest.raises(AbsentFigureError):
            figures[text]


def test_a_misspelt_key_is_not_taken_for_an_absent_figure(small):
    figures = about_work(small)
    for text in ("grad", "share.yess", "share", "grade@population=citizen", "grade@2099"):
        with pytest.raises(MissingFigureError) as caught:
            figures[text]
        assert not isinstance(caught.value, AbsentFigureError), text


def test_a_selection_about_a_segment_holds_what_there_is(small):
    figures = about_work(small)
    assert [f.value for f in figures.select("grade", "share", "share.yes", waves="all")] == [6.5, 7.0]
    assert not figures.select("share").keys
    with pytest.raises(MissingFigureError):
        figures.select("grade", "shar")


def test_what_sets_a_figure_apart_is_told_from_the_edition(small):
    figures = about_work(small)
    own, all_, counted = figures["grade"].key, figures["grade@everyone"].key, figures["asked"].key
    assert [figures.label(key) for key in (own, all_, counted)] == ["cijfer", "iedereen", "vragen"]
    assert [figures.segment_label(key) for key in (own, all_, counted)] == ["werk", "iedereen", ""]
    assert figures.about == "werk"
    assert small.load().about == ""


# crossings


def test_a_combination_is_typed_in_any_order_and_is_one_figure(small):
    figures = cross(small).load()
    one, other = figures["grade@theme=work,age=18_34"], figures["grade@age=18_34, theme=work, wave"]
    assert one is other
    assert one.value == 7.2
    assert str(one.key) == "grade@theme=work,age=18_34,2014"
    assert Key.read(str(one.key)) == figures.resolve(str(one.key)) == one.key
    assert one.key.anchor == "grade-theme-work-age-18-34-2014"


def test_every_key_of_a_crossed_book_reads_as_itself(small):
    for figure in cross(small).load():
        assert Key.read(str(figure.key)) == figure.key


def test_a_combination_is_labelled_in_the_language_of_its_readers(small):
    figures = cross(small).load(language="en")
    assert figures.label(figures["grade@theme=work,age=35_up"].key) == "work, 35 and over"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("grade@theme=work,theme=school", "more than one segment of theme"),
        ("grade@theme=work,colour=red", "theme and colour, which are not crossed; declare"),
        ("grade@theme=work,age=100", "there is no figure"),
    ],
)
def test_what_is_not_crossed_is_told(small, text, found):
    with pytest.raises(MissingFigureError, match=found):
        cross(small).load()[text]


def test_an_edition_about_a_segment_has_its_combinations_and_no_others(small):
    figures = cross(small).load(segment="theme=work", language="en")
    assert figures["grade@age=18_34"].value == figures["grade@age=18_34,theme=work"].value == 7.2
    assert figures["grade@everyone,age=18_34"].value == 7.1
    assert figures.label(figures["grade@age=18_34"].key) == "18–34"
    assert not [f.key for f in figures if "school" in f.key.segment]
    with pytest.raises(AbsentFigureError, match="are not split by age and theme"):
        figures["grade@age=18_34,theme=school"]


def test_a_combination_in_another_order_is_told_and_not_a_second_figure(small):
    cross(small).add("2014", indicator="grade", segment_by="age*theme", segment="18_34*work", value="9", unit="grade")
    (problem,) = small.problems()
    assert problem.startswith("W218 data/figures/2014.csv:")
    assert problem.endswith("the crossing age*theme is declared as theme*age")


@pytest.mark.parametrize("segment", ["work", "work*", "18_34*work", "work*18_34*x"])
def test_a_combination_that_is_none_is_told(small, segment):
    cross(small).add("2014", indicator="grade", segment_by="theme*age", segment=segment, value="9", unit="grade")
    (problem,) = small.problems()
    assert problem.startswith("W214")


def test_a_star_stands_for_each_segment_that_has_a_figure(small):
    figures = cross(small).load()
    told = [str(key) for key in figures.select("grade@theme=*,age=18_34").keys]
    assert told == ["grade@theme=work,age=18_34,2014", "grade@theme=school,age=18_34,2014"]
    assert len(figures.select("grade@age=*, theme=*").keys) == 4
    assert [str(key) for key in figures.select("grade@theme=*").keys] == ["grade@theme=work,2014"]  # school is hidden
    with pytest.raises(MissingFigureError, match=r"there is no figure share\.yes@theme=work"):
        figures.select("share.yes@theme=*")
    with pytest.raises(MissingFigureError):
        figures.select("grade@colour=*")


def test_in_an_edition_about_a_segment_a_star_is_left_out_where_it_has_no_figure(small):
    figures = cross(small).load(segment="theme=work")
    assert [figure.value for figure in figures.select("grade@age=*")] == [7.2, 6.8]
    assert figures.select("share@age=*").keys == ()


def test_a_star_beside_the_segment_that_others_lie_within_stands_for_those(small):
    figures = nested(small).load()
    assert [str(key) for key in figures.select("grade@theme=school,town=*").keys] == ["grade@town=b,2014"]
    assert [str(key) for key in figures.select("grade@town=*").keys] == ["grade@town=a,2014", "grade@town=b,2014"]
    with pytest.raises(MissingFigureError):
        figures.select("grade@theme=nowhere,town=*")
