from types import SimpleNamespace

import pytest
from by_hand import made
from docutils import nodes

from wavebook.claims import (
    always_more,
    always_rises,
    bottoms,
    falls,
    in_each,
    judge,
    largest,
    majority,
    more,
    peaks,
    rises,
)
from wavebook.pages.checks.told_universals import unproven
from wavebook.pages.uses import Use, live

GROUPS = {f"grade@theme={name}": {"2010": 6.0 + n, "2014": 7.0 + n} for n, name in enumerate(("work", "school"))}
FIGURES = made(
    {
        "grade": {"2010": 6.2, "2012": 6.9, "2014": 6.6},
        "share": {"2010": 40, "2012": 60, "2014": 70},
        "share_of_two": {"2010": 40, "2014": 60},
        **GROUPS,
    },
    words={"theme": {"nl": "levensgebied", "en": "theme", "de": "Thema", "fr": "thème"}},
    asked={"share_of_two": ["2010", "2014"]},
)


def said(predicate, *parts, language="nl", around=""):
    verdict = judge(FIGURES, {"a": predicate}).verdicts["a"]
    node = nodes.inline("", "", *(nodes.Text(part) if isinstance(part, str) else part for part in parts))
    book = SimpleNamespace(figures=FIGURES, language=language)
    found = [*unproven(book, verdict, node, around or node.astext())]
    assert all(code == "W539" for code, *_ in found)
    return [what.split("says “")[1].split("”")[0] for _, what, _ in found]


ROSE = rises("share@2010..2014")


@pytest.mark.parametrize(
    ("predicate", "language", "sentence", "words"),
    [
        (ROSE, "nl", "Het aandeel steeg elk jaar.", "elk jaar"),
        (ROSE, "nl", "Voor de derde meting op rij steeg het.", "meting op rij"),
        (ROSE, "nl", "Het steeg onafgebroken.", "onafgebroken"),
        (ROSE, "nl", "Nog nooit was het zo hoog.", "Nog nooit was"),
        (ROSE, "nl", "Het is het hoogste cijfer ooit.", "hoogste cijfer ooit"),
        (ROSE, "nl", "Het staat op een recordhoogte.", "recordhoogte"),
        (majority("share"), "nl", "In alle metingen was dat een meerderheid.", "alle metingen"),
        (more("grade@theme=school", "grade@theme=work"), "nl", "School scoort elk jaar hoger.", "elk jaar"),
        (ROSE, "en", "It rose every year.", "every year"),
        (ROSE, "en", "It was never so high.", "never so"),
        (ROSE, "en", "It is the highest since the start.", "highest since"),
        (ROSE, "de", "Der Anteil stieg jedes Jahr.", "jedes Jahr"),
        (ROSE, "de", "So hoch war er noch nie.", "noch nie"),
        (ROSE, "fr", "La part a augmenté chaque année.", "chaque année"),
        (ROSE, "fr", "C’est un record.", "record"),
        (ROSE, "nl", "In elk levensgebied steeg het.", "elk levensgebied"),
        (ROSE, "nl", "Bij alle groepen steeg het.", "alle groepen"),
        (rises("grade@theme=work"), "nl", "In alle levensgebieden steeg het.", "alle levensgebieden"),
        (ROSE, "en", "It rose in every age group.", "every age group"),
        (ROSE, "de", "In jeder Altersgruppe stieg es.", "jeder Altersgruppe"),
        (ROSE, "fr", "Il a augmenté dans tous les groupes.", "tous les groupes"),
    ],
)
def test_what_is_told_of_all_is_named_where_some_were_tested(predicate, language, sentence, words):
    assert said(predicate, sentence, language=language) == [words]


@pytest.mark.parametrize(
    ("predicate", "sentence"),
    [
        (always_rises("share"), "Het aandeel steeg elk jaar."),
        (peaks("share", 2014), "Nooit eerder was het zo hoog."),
        (bottoms("grade", 2010), "In 2010 was een dieptepunt."),
        (always_more("grade@theme=school", "grade@theme=work"), "School scoort elk jaar hoger."),
        (rises("share@2010..2012") & rises("share@2012..2014"), "Het steeg twee metingen op rij."),
        (rises("share_of_two"), "Het steeg bij elke meting."),  # there were no others
        (in_each("theme", rises, "grade"), "In elk levensgebied steeg het."),
        (rises("grade@theme=work") & rises("grade@theme=school"), "Bij alle groepen steeg het."),
        (largest("grade@theme=school"), "School scoort hoger dan alle andere groepen."),
        (ROSE, "Het steeg, al was het niet elk jaar."),
        (ROSE, "Alle levensgebieden samen scoren hoger."),
        (ROSE, "Elke levensfase telt; alle diensten ook."),
        (ROSE, "Wie nooit belt, is vaker tevreden."),
        (ROSE, "Wie elke week belt, is vaker tevreden."),
        (ROSE, "De cijfers op een rij: het aandeel steeg."),
        (falls("share@2014..2010"), "Het daalde."),
    ],
)
def test_what_was_tested_or_is_of_something_else_may_be_told(predicate, sentence):
    assert said(predicate, sentence) == []


def test_words_that_a_role_wrote_are_no_editor_s():
    assert said(ROSE, "Het steeg ", live("", "elk jaar", use=Use("trend")), ".") == []
    assert said(ROSE, "het steeg elk jaar", around="Het is niet zo dat het steeg elk jaar.") == []
