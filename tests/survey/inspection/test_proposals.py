"""Which columns of a new file hold what is declared."""

from dataclasses import replace

import pytest
from answered import CODES, COLUMNS, WAVE, Book

from wavebook.survey.answers.questions import Question
from wavebook.survey.files.surveyfile import ResponseSet, SurveyFile, Variable
from wavebook.survey.inspection.proposals import propose

MARK, USED = "Welk cijfer geeft u de samenwerking?", "Hebt u de website van de gemeente gebruikt?"
ASKED = {"mark": Question(MARK, {}, ("v1",), "2010"), "used": Question(USED, {"1": "ja", "2": "nee"}, ("v2",), "2010")}
YES_NO = {"1": "ja", "2": "nee"}


def variable(name, question="", labels=None, missing=()):
    return Variable(name, "number", question, labels or {}, missing)


@pytest.fixture
def proposed(tmp_path):
    """What is proposed for a file with these columns, by name; ``plan`` is how the wave 2016 is read."""
    book = Book(tmp_path)

    def made(*variables, plan="", asked=(), sets=(), declared=False):
        if plan:
            book.declare(plan)
        else:
            book.write("waves.toml", "baseline = 2016\n" + WAVE.format(year="2016"))
        d = book.definitions()
        file = SurveyFile("file", {v.name: v for v in variables}, None, {s.name: s for s in sets})
        found = propose(file, d, d.waves["2016"].responses, dict(asked), declared=declared)
        names = [item.name for item in found]
        assert names == ["population", *d.segments, *d.indicators]
        return dict(zip(names, found, strict=True))

    return made


def choice(proposal, category=""):
    found = proposal.choices[category]
    return found.column, found.sure


# by an earlier question


def test_the_column_with_the_same_question_is_the_one_whatever_its_name(proposed):
    found = proposed(
        variable("q9", MARK.upper()), variable("v1", "Iets heel anders dan dat, over het weer"), asked=ASKED
    )
    assert choice(found["mark"]) == ("q9", True)
    assert found["mark"].choices[""].why == "the same question as in 2010"


def test_of_equal_questions_the_one_with_the_same_labels_is_meant_then_that_of_its_name(proposed):
    one, other = variable("a", USED, {"1": "vaak", "2": "nooit"}), variable("b", USED, YES_NO)
    assert choice(proposed(one, other, asked=ASKED)["used"]) == ("b", True)
    same = [variable(name, USED, YES_NO) for name in ("a", "V2")]
    assert choice(proposed(*same, asked=ASKED)["used"]) == ("V2", False)
    said = {"used": replace(ASKED["used"], columns=("website",))}
    same = [variable(name, USED, YES_NO) for name in ("a", "Website")]
    assert choice(proposed(*same, asked=said)["used"]) == ("Website", True)
    strange = [variable(name, USED, YES_NO) for name in ("a", "b")]
    found = proposed(*strange, asked=ASKED)["used"].choices[""]
    assert (found.column, found.sure, found.next) == ("a", False, f"b: {USED}")


def test_a_question_that_is_only_alike_is_no_certainty(proposed):
    near = "Welk cijfer geeft u de samenwerkende partijen?"
    found = proposed(variable("q9", near), variable("v1", "Geslacht"), asked=ASKED)["mark"].choices[""]
    assert (found.column, found.sure) == ("q9", False)
    assert found.why.endswith(f"but not the question of 2010: {MARK}")
    assert found.next == "v1: Geslacht"


def test_a_column_that_asks_an_earlier_question_of_another_comes_last(proposed):
    asked = ASKED | {"visits": Question("Welk cijfer geeft u de samenwerking nu?", {}, ("v3",), "2010")}
    found = proposed(
        variable("a", asked["visits"].text), variable("b", "Welk cijfer geef je de samenwerking?"), asked=asked
    )
    assert choice(found["mark"]) == ("b", False)


def test_a_name_alone_is_no_certainty_where_there_was_a_question(proposed):
    found = proposed(variable("V1", "Geslacht"), asked=ASKED)["mark"].choices[""]
    assert (found.column, found.sure) == ("V1", False)
    assert found.why == f"only its name is that of 2010, when the question was: {MARK}"
    assert proposed(variable("z"), asked=ASKED)["mark"].choices[""].column == ""


def test_without_a_question_then_and_now_a_name_is_certain_if_it_says_something(proposed):
    asked = {"mark": Question("", {}, ("v1",), "2010")}
    assert choice(proposed(variable("V1"), asked=asked)["mark"]) == ("V1", False)
    said = {"mark": Question("", {}, ("cijfer",), "2010")}
    assert choice(proposed(variable("Cijfer"), asked=said)["mark"]) == ("Cijfer", True)
    assert choice(proposed(variable("v1", "Wat vindt u?"), asked=asked)["mark"]) == ("v1", False)
    assert choice(proposed(variable("z"), asked=asked)["mark"]) == ("", False)


# codes, by their labels


CODED = COLUMNS + 'used = "v2"\n' + CODES + 'used = { 1 = "yes", 2 = "no" }\n'


def test_codes_follow_their_labels(proposed):
    found = proposed(variable("v2", USED, {"1": "nee", "2": "ja"}), plan=CODED, asked=ASKED)["used"]
    assert (found.codes, found.doubts) == ({"1": "no", "2": "yes"}, {})


def test_a_code_whose_label_is_gone_is_in_doubt(proposed):
    found = proposed(variable("v2", USED, {"1": "ja", "2": "soms"}), plan=CODED, asked=ASKED)["used"]
    assert found.codes == {"1": "yes", "2": "no"}
    assert found.doubts == {"2": "it was “nee” and is “soms”"}
    found = proposed(variable("v2", USED, {"1": "ja", "3": "soms"}), plan=CODED, asked=ASKED)["used"]
    assert found.doubts["2"] == "it was “nee”; no code has that label now"


def test_a_new_code_has_no_meaning_yet_and_one_that_is_missing_needs_none(proposed):
    labels = YES_NO | {"3": "neee", "9": "weet niet", "8": "n.v.t."}
    found = proposed(variable("v2", USED, labels, [(9.0, 9.0)]), plan="missing = [8]\n" + CODED, asked=ASKED)["used"]
    assert found.codes == {"1": "yes", "2": "no", "3": None}
    assert found.doubts == {"3": "new: neee; perhaps no"}


def test_noughts_before_a_code_are_no_other_code(proposed):
    plan = CODED.replace('1 = "yes"', '"01" = "yes"')
    found = proposed(variable("v2", USED, YES_NO), plan=plan, asked=ASKED)["used"]
    assert (found.codes, found.doubts) == ({"01": "yes", "2": "no"}, {})


def test_without_codes_then_labels_that_say_so_have_a_meaning(proposed):
    asked = {"used": Question(USED, {}, ("v2",), "2010")}
    found = proposed(variable("v2", USED, YES_NO | {"3": "misschien"}), asked=asked)["used"]
    assert found.codes == {"1": "yes", "2": "no", "3": None}


# as declared


def test_what_is_declared_of_this_wave_goes_before_earlier_questions(proposed):
    columns = variable("v2", "Geslacht"), variable("q9", USED)
    assert choice(proposed(*columns, plan=CODED, asked=ASKED, declared=True)["used"]) == ("v2", True)
    assert choice(proposed(*columns, plan=CODED, asked=ASKED)["used"]) == ("q9", True)


def test_what_an_earlier_wave_declared_holds_where_no_question_was_kept_and_the_column_says_so(proposed):
    found = proposed(variable("V2"), plan=CODED)["used"]
    assert (choice(found), found.codes) == (("v2", False), {"1": "yes", "2": "no"})
    assert choice(proposed(variable("v2", "used nl"), plan=CODED)["used"]) == ("v2", True)
    assert choice(proposed(variable("website"), plan=CODED.replace("v2", "website"))["used"]) == ("website", True)
    assert choice(proposed(variable("v3"), plan=CODED)["used"]) == ("", False)


# sets, and columns by category


SET = ResponseSet("$set", "Welke kanalen gebruikte u?", ("k1", "k2"), "1")
BEFORE = {
    "channel": Question("Welke kanalen gebruikte u?", {}, ("a", "b"), "2010"),
    "channel.phone": Question("per telefoon", {}, ("a",), "2010"),
    "channel.desk": Question("aan de balie", {}, ("b",), "2010"),
}


def test_a_set_with_the_same_question_is_read_by_its_answers(proposed):
    columns = variable("k1", "aan de balie"), variable("k2", "per telefoon")
    found = proposed(*columns, sets=[SET], asked=BEFORE)["channel"]
    assert (choice(found), found.codes, found.doubts) == (("$set", True), {"k1": "desk", "k2": "phone"}, {})


def test_a_set_has_answers_in_doubt_that_were_none_before(proposed):
    columns = variable("k1", "aan de balie"), variable("k2", "phone nl")
    found = proposed(*columns, sets=[SET], asked=BEFORE)["channel"]
    assert found.codes == {"k1": "desk", "k2": "phone"}
    assert found.doubts == {"k2": "a different answer from before"}
    unknown = proposed(columns[0], variable("k2", "per duif"), sets=[SET], asked=BEFORE)["channel"]
    assert (unknown.codes, unknown.doubts) == ({"k1": "desk", "k2": None}, {})


def test_categories_keep_columns_of_their_own(proposed):
    found = proposed(variable("x", "aan de balie"), variable("y", "per telefoon"), asked=BEFORE)["channel"]
    assert {category: item.column for category, item in found.choices.items()} == {"phone": "y", "desk": "x"}
    assert found.sure


def test_columns_of_other_answers_are_known_by_name_alone(proposed):
    plan = COLUMNS + 'channel = { phone = "a", desk = "b", other = "C" }\n'
    columns = variable("x", "aan de balie"), variable("y", "per telefoon"), variable("c", "iets anders")
    found = proposed(*columns, plan=plan, asked=BEFORE)["channel"]
    assert choice(found, "other") == ("c", False)


def test_a_question_of_several_columns_with_codes_needs_them_all(proposed):
    asked = {"channel": Question("Welke?", {"1": "telefoon"}, ("k1", "k2"), "2010")}
    labels = {"1": "telefoon"}
    both = proposed(variable("k1", "Welke?", labels), variable("K2", "Welke nog meer?", labels), asked=asked)["channel"]
    assert choice(both) == (("k1", "K2"), True)
    one = proposed(variable("k1", "Welke?", labels), asked=asked)["channel"].choices[""]
    assert (one.sure, one.why) == (False, "the same question as in 2010; it had 2 columns then")
    whole = ResponseSet("$s", "", ("k1", "k9"), None)
    file = proposed(variable("k1", "Welke?", labels), variable("k9", "", labels), sets=[whole], asked=asked)
    assert choice(file["channel"]) == (("k1", "k9"), True)


# by names


def test_without_an_earlier_wave_only_the_declared_words_are_certain(proposed):
    found = proposed(variable("a", "visits nl"), variable("b", "mark of somebody en"), variable("t", "thema"))
    assert choice(found["visits"]) == ("a", True)
    assert choice(found["theme"]) == ("t", True)
    assert choice(found["band"]) == ("", False)
    assert found["used"].choices[""].why == "nothing in the file resembles it"


def test_a_column_that_is_certain_for_one_is_no_other_s(proposed):
    asked = {"used": Question("mark nl", {}, ("v2",), "2010")}
    found = proposed(variable("v2", "mark nl"), asked=asked)
    assert choice(found["used"]) == ("v2", True)
    assert choice(found["mark"]) == ("", False)


def test_two_equal_columns_are_no_certainty(proposed):
    found = proposed(variable("a", "visits nl"), variable("b", "visits nl"))["visits"].choices[""]
    assert (found.sure, found.next) == (False, "b: visits nl")


def test_labels_say_what_codes_mean(proposed):
    labels = {"1": "wonen", "2": "onderwijs", "3": "iets anders", "4": "geen antwoord", "5": "onderwijzen"}
    found = proposed(variable("t", "thema", labels))["theme"]
    assert found.codes == {"1": "housing", "2": "education", "3": "other", "4": "missing", "5": None}
    assert found.doubts == {"5": "onderwijzen; perhaps education"}


def test_labels_of_a_number_say_which_are_no_answer(proposed):
    found = proposed(variable("a", "visits nl", {"1": "een", "98": "weet niet", "99": "geen antwoord"}, [(99.0, 99.0)]))
    assert found["visits"].codes == {"98": "missing"}


def test_a_set_that_has_most_categories_is_proposed(proposed):
    whole = ResponseSet("$set", "Welke?", ("k1", "k2"), "1")
    both = proposed(variable("k1", "phone nl"), variable("k2", "desk nl"), sets=[whole])["channel"]
    assert (choice(both), both.codes) == (("$set", True), {"k1": "phone", "k2": "desk"})
    one = proposed(variable("k1", "phone nl"), variable("k2", "per duif"), sets=[whole])["channel"]
    assert one.choices[""].column != "$set"  # half is not most


def test_a_column_for_each_category_is_proposed_where_most_are_there(proposed):
    labels = {"1": "ja", "0": "nee"}
    columns = [variable(f"x{k}", f"aspect nl: {name} nl", labels) for k, name in enumerate("abc")]
    found = proposed(*columns)["aspect"]
    assert {category: item.column for category, item in found.choices.items() if item.sure} == {
        "a": "x0",
        "b": "x1",
        "c": "x2",
    }
    assert found.codes == {"1": "yes", "0": "no"}
