"""Drafts of what nothing declares, from the labels and values of a file."""

import listeners
import pandas as pd
import polars as pl
import pyreadstat
import pytest

from wavebook.survey.files.opening import open_file
from wavebook.survey.inspection.drafts import drafts_of, variables_of
from wavebook.survey.inspection.summaries import people_of, summaries_of


def drafted(path, taken=()):
    file = open_file(path)
    summaries, _ = summaries_of(file, path, people_of(file, None), 5)
    drafts, skipped = drafts_of(file, summaries, taken)
    return {draft.name: draft for draft in drafts}, skipped


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    return drafted(listeners.spss(tmp_path_factory.mktemp("bureau") / "answers.sav"))[0]


def test_each_question_of_a_labelled_file_has_its_kind(bureau):
    assert {name: draft.kind for name, draft in bureau.items()} == {
        "matters": "choice",
        "trusted": "score",
        "happyeco": "score",
        "pbldmn": "share",
        "news": "several",
        "income": "amount",
        "gndr": "breakdown",
        "agea": "count",
        "happy": "score",
        "hours": "count",
    }
    assert {name: draft.doubt for name, draft in bureau.items() if draft.doubt} == {"agea": "make groups of it?"}


def test_the_sample_is_not_drafted(bureau):
    assert {"idno", "pspwght"} & bureau.keys() == set()


def test_a_scale_has_the_ends_that_labels_or_the_question_name(bureau):
    assert {name: draft.ends for name, draft in bureau.items() if draft.ends} == {
        "trusted": (0, 10),
        "happyeco": (0, 10),
        "happy": (1, 4),
    }


def test_no_answer_is_missing_by_its_label_or_as_a_code_far_above_all_others(bureau):
    assert bureau["matters"].codes["8"] == "missing"
    assert bureau["trusted"].codes == {"88": "missing"}
    assert (bureau["happy"].missing, bureau["trusted"].missing) == (("99",), ())
    assert bureau["pbldmn"].codes == {"1": "yes", "2": "no", "7": "missing"}


def test_answers_are_categories_with_their_labels(bureau):
    assert bureau["matters"].categories["agree_strongly"] == "Agree strongly"
    assert bureau["matters"].codes["5"] == "agree_strongly"


def test_boxes_beside_each_other_are_one_question_and_other_is_not_published(bureau):
    news = bureau["news"]
    assert news.columns == {"television": "news_telly", "websites": "news_sites", "other": "news_else"}
    assert (news.codes, news.complete) == ({"1": "yes", "0": "no"}, False)


def test_an_amount_is_in_the_currency_that_its_question_names(bureau):
    assert bureau["income"].currency == "EUR"


def test_several_answers_in_a_cell_have_a_separator(tmp_path):
    found, skipped = drafted(listeners.form(tmp_path / "form.csv"))
    several = found["which_news_do_you_use"]
    assert (several.kind, several.separator) == ("several", ";")
    assert set(several.categories.values()) == {"Television", "Websites", "Newspapers"}
    assert several.codes["blank"] == "no"
    assert found["how_likely_are_you_to_recommend_us_0_10"].ends == (0, 10)
    age = found["how_old_are_you"]
    assert (age.kind, [*age.categories.values()]) == ("breakdown", ["18–34", "35–54", "55+"])
    assert "Timestamp" in skipped


def test_boxes_of_a_form_are_one_question_where_a_blank_is_a_no(tmp_path):
    found, _ = drafted(listeners.boxes(tmp_path / "boxes.csv"))
    news = found["which_news_do_you_use"]
    assert news.columns == {
        "television": "Which news do you use? [Television]",
        "websites": "Which news do you use? [Websites]",
    }
    assert (news.codes, news.complete) == ({"Y": "yes", "blank": "no"}, False)
    assert found["are_you_a_member"].kind == "share"


def test_columns_that_are_declared_are_left_out(tmp_path):
    path = listeners.boxes(tmp_path / "boxes.csv")
    assert "are_you_a_member" not in drafted(path, ["Are you a member?"])[0]


def test_a_draft_knows_its_variables(tmp_path):
    path = listeners.boxes(tmp_path / "boxes.csv")
    found, _ = drafted(path)
    asked = [variable.name for variable in variables_of(found["which_news_do_you_use"], open_file(path))]
    assert asked == ["Which news do you use? [Television]", "Which news do you use? [Websites]"]


def test_cells_that_may_hold_several_answers_are_asked_about(tmp_path):
    path = tmp_path / "form.csv"
    path.write_text("Which?\n" + '"Phone, Desk"\nDesk\n' * 20)
    (draft,) = drafted(path)[0].values()
    assert (draft.kind, draft.separator, [*draft.categories]) == ("several", ",", ["desk", "phone"])
    assert draft.doubt == "are there several answers in a cell, with “,” between them?"
    path.write_text("Which?\n" + '"Yes, often"\n"No, never"\n' * 20)
    (draft,) = drafted(path)[0].values()
    assert draft.separator == ""


def test_a_column_of_times_is_asked_about(tmp_path):
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(pl.DataFrame({"spent": [600.0, 1200.0]}), path, variable_format={"spent": "TIME8"})
    (draft,) = drafted(path)[0].values()
    assert (draft.kind, draft.doubt) == ("duration", "is it how long something took, or a time of day?")


@pytest.mark.parametrize(
    ("question", "labels", "kind"),
    [
        ("How satisfied are you with your country?", ("Very dissatisfied", "Neither", "Satisfied"), "choice"),
        ("Does education matter?", ("Strongly disagree", "Disagree", "Agree"), "choice"),
        ("Level of education", ("Low", "Medium", "High"), "breakdown"),
        ("Region", ("North", "East", "South"), "breakdown"),
    ],
)
def test_an_opinion_is_no_breakdown_whatever_it_is_about(tmp_path, question, labels, kind):
    path = tmp_path / "answers.sav"
    codes = pd.DataFrame({"q": [1.0, 2.0, 3.0] * 20})
    meanings = {"q": dict(enumerate(labels, 1))}
    pyreadstat.write_sav(codes, path, column_labels={"q": question}, variable_value_labels=meanings)
    assert drafted(path)[0]["q"].kind == kind


@pytest.mark.parametrize("word", ["NA", "N/A", "NaN", "NULL", "-", ".", "#NULL!", "<NA>", "n.v.t.", "k. A.", "s.o."])
def test_what_programs_write_where_there_is_no_answer_is_none(tmp_path, word):
    (path := tmp_path / "2024.csv").write_text(
        "keren;belde;merk_a;merk_b\n" + f"1;Ja;1;{word}\n4;Nee;0;1\n{word};{word};{word};0\n2;Ja;1;1\n" * 8
    )
    found, _ = drafted(path)
    assert (found["keren"].kind, found["keren"].missing) == ("count", (word,))
    assert (found["belde"].kind, found["belde"].codes[word]) == ("share", "missing")
    assert (found["merk"].kind, found["merk"].codes[word]) == ("several", "missing")


@pytest.mark.parametrize("code", ["-1", "99", "-99", "0"])
def test_a_code_among_words_is_asked_about_and_never_an_answer(tmp_path, code):
    (path := tmp_path / "2024.csv").write_text("belde\n" + f"Ja\nNee\n{code}\n" * 8)
    found, _ = drafted(path)
    assert found["belde"].doubt == f"is {code} no answer?"
    assert found["belde"].codes == {"Ja": "yes", "Nee": "no", code: "missing"}


def test_words_for_nothing_may_be_answers(tmp_path):
    (path := tmp_path / "2024.csv").write_text("kinderen\n" + "None\nOne\nTwo\n" * 8)
    found, _ = drafted(path)
    assert set(found["kinderen"].categories.values()) == {"None", "One", "Two"}


def test_numbers_among_words_may_be_answers(tmp_path):
    (path := tmp_path / "2024.csv").write_text("kinderen\n" + "geen\n1\n2\nmeer\n" * 8)
    assert drafted(path)[0]["kinderen"].doubt == ""


def test_a_code_right_above_a_scale_may_be_no_answer(tmp_path):
    """Bureaus code *don't know* as the number behind the highest mark: its mean would be a grade of nobody's."""
    rows = [(i, [1, 6, 7, 8, 10, 11][i % 6], [2, 4, 5, 6, 7][i % 5], [5, 20, 60, 90][i % 4]) for i in range(60)]
    header = "id;cijfer_loket;Hoe tevreden bent u (1 tot 5)?;score_totaal"
    path = tmp_path / "a.csv"
    path.write_text("\n".join([header, *(";".join(map(str, row)) for row in rows)]), encoding="utf-8")
    made, _ = drafted(path)
    grade, rated, score = list(made.values())
    assert (grade.kind, grade.ends, grade.missing, grade.doubt) == ("score", (0, 10), ("11",), "is 11 no answer?")
    assert (rated.kind, rated.ends, rated.missing, rated.doubt) == ("score", (1, 5), ("6", "7"), "are 6, 7 no answer?")
    assert (score.kind, score.missing) == ("count", ())


def test_numbered_answers_stand_in_their_order_beside_a_word_for_none(tmp_path):
    told = ["4. tevreden", "1. zeer ontevreden", "n.v.t.", "3. neutraal", "2. ontevreden", "5. zeer tevreden"]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id;q", *(f"{i};{told[i % 6]}" for i in range(60))]), encoding="utf-8")
    made, _ = drafted(path)
    (draft,) = made.values()
    assert [label[0] for label in draft.categories.values()] == ["1", "2", "3", "4", "5"]


def of_values(path, values, labels=()):
    """The draft of a question with these codes, in turn, and these labels."""
    frame = pd.DataFrame({"id": range(60), "q": [float(values[i % len(values)]) for i in range(60)]})
    pyreadstat.write_sav(frame, path / "a.sav", variable_value_labels={"q": dict(labels)} if labels else None)
    made, skipped = drafted(path / "a.sav")
    return made.get("q", skipped.get("q"))


@pytest.mark.parametrize("most", [2, 3, 5])
def test_a_scale_with_nought_in_its_middle_keeps_both_halves(tmp_path, most):
    draft = of_values(tmp_path, [*range(-most, most + 1)])
    assert draft == "its numbers may be anything: say in which unit they are"


def test_codes_below_nought_that_mirror_nothing_are_no_answers(tmp_path):
    assert of_values(tmp_path, [-9, -8, 0, 4, 9, 20]).missing == ("-9", "-8")


def test_codes_far_above_a_labelled_scale_may_be_no_answers(tmp_path):
    ends = {1: "very bad", 5: "very good"}
    draft = of_values(tmp_path, [1, 2, 3, 4, 5, 8, 9], ends.items())
    assert (draft.kind, draft.ends, draft.missing) == ("score", (1, 5), ("8", "9"))
    assert draft.doubt == "are 8, 9 no answer?"
    assert of_values(tmp_path, [1, 2, 3, 4, 5], ends.items()).doubt == ""


@pytest.mark.parametrize(
    ("values", "codes", "doubt"),
    [
        ((1, 2), {"1": "yes", "2": "no"}, "is 1 a yes?"),
        ((0, 1), {"1": "yes", "0": "no"}, "is 1 a yes?"),
        ((0, 1, 9), {"1": "yes", "0": "no"}, "is 1 a yes, and is 9 no answer?"),
        ((1, 2, 8, 9), {"1": "yes", "2": "no"}, "is 1 a yes, and are 8, 9 no answer?"),
        ((1, 5), {}, "is it a number of things, or does each number mean an answer?"),
        ((1, 2, 3, 4, 5, 9), {}, "is it a number of things, or does each number mean an answer?"),
        ((0, 1, 2, 3, 4), {}, ""),
        ((1, 2, 3, 5, 8, 13, 20, 40), {}, ""),
    ],
)
def test_codes_without_labels_are_no_numbers_of_things_in_silence(tmp_path, values, codes, doubt):
    draft = of_values(tmp_path, values)
    assert (draft.kind, dict(draft.codes), draft.doubt) == ("share" if codes else "count", codes, doubt)
