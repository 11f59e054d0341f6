"""Statements that compare, beside tests that compare."""

from types import SimpleNamespace

import pytest
from by_hand import made
from docutils import nodes

from wavebook.claims import (
    above,
    at_least,
    below,
    bottoms,
    gains_on,
    judge,
    largest,
    majority,
    more,
    peaks,
    ranked,
    smallest,
)
from wavebook.pages.checks.statements import waves_in
from wavebook.pages.checks.told_directions import contradicted

LANGUAGES = ("nl", "en", "de", "fr")
WORDS = {
    "a": ("Tevreden", "Satisfied", "Zufrieden", "Satisfait"),
    "b": ("Neutraal", "Neutral", "Neutral", "Neutre"),
    "c": ("Ontevreden", "Dissatisfied", "Unzufrieden", "Insatisfait"),
    "share": ("Tevredenheid", "Satisfaction", "Zufriedenheit", "Satisfaction"),
    "grade": ("Rapportcijfer", "Grade", "Note", "Note"),
    "grade1": ("Cijfer voor de keten", "Grade for the chain", "Note für die Kette", "Note pour la chaîne"),
    "grade2": ("Cijfer voor de organisatie", "Grade for the office", "Note für das Amt", "Note pour le bureau"),
    "grade3": ("Tevreden (cijfer)", "Satisfied (grade)", "Zufrieden (Note)", "Satisfait (note)"),
    "theme": ("thema", "theme", "Thema", "thème"),
    "work": ("Werk", "Work", "Arbeit", "Travail"),
    "school": ("School", "School", "Schule", "École"),
}
SERIES = {
    "share.a": {"2010": 40, "2014": 60},
    "share.b": {"2010": 35, "2014": 25},
    "share.c": {"2010": 25, "2014": 15},
    "share.a@theme=work": {"2014": 70},
    "share.a@theme=school": {"2014": 50},
    "grade": {"2014": 6.9},
    "grade1": {"2010": 6.2, "2014": 6.9},
    "grade2": {"2010": 7.2, "2014": 7.3},
    "grade3@theme=work": {"2014": 8.0},
    "grade3@theme=school": {"2014": 6.0},
}


@pytest.fixture(scope="module")
def figures():
    words = {name: dict(zip(LANGUAGES, told, strict=True)) for name, told in WORDS.items()}
    return {language: made(SERIES, words=words, language=language) for language in LANGUAGES}


def said(figures, predicate, language, sentence):
    verdict = judge(figures[language], {"a": predicate}).verdicts["a"]
    assert verdict["outcome"] == "holds", verdict["reason"]
    book = SimpleNamespace(figures=figures[language], language=language)
    node = nodes.inline("", "", nodes.Text(sentence))
    return [what for _, what, _ in contradicted(book, verdict, node, sentence, waves_in)]


MORE, OFFICE = more("share.a@theme=work", "share.a@theme=school"), more("grade2", "grade1")
ANSWERS, WAVES = more("share.a", "share.c"), more("share.a@2014", "share.a@2010")
LARGEST, MOST, LEAST = largest("share.a"), largest("grade3@theme=work"), smallest("grade3@theme=school")
HALF, BELOW, AT_LEAST = majority("share.a"), below("share.c", 20), at_least("grade", 6.5)
RANKED, GAINS = ranked("share.a", "share.b", "share.c"), gains_on("grade1", "grade2")
PEAKS, BOTTOMS, ABOVE = peaks("share.a", "2014"), bottoms("share.c", "2014"), above("share.a", 50)

CONTRADICTED = [
    (MORE, "nl", "Bij werk is het aandeel lager dan bij school."),
    (MORE, "nl", "Bij werk is men minder vaak tevreden dan bij school."),
    (MORE, "en", "School scores higher than work."),
    (MORE, "de", "Der Anteil ist in der Schule größer als bei der Arbeit."),
    (MORE, "fr", "Au travail, elle est moins élevée qu’à l’école."),
    (OFFICE, "nl", "De keten krijgt een hoger cijfer dan de organisatie."),
    (OFFICE, "en", "The grade for the office is lower than for the chain."),
    (ANSWERS, "nl", "Er zijn minder tevreden dan ontevreden mensen."),
    (WAVES, "en", "The share was higher in 2010 than in 2014."),
    (WAVES, "de", "Es sind weniger als 2010."),
    (LARGEST, "nl", "De kleinste groep is tevreden."),
    (LARGEST, "de", "Der Anteil Zufriedener ist am niedrigsten."),
    (MOST, "en", "People are least satisfied with work."),
    (LEAST, "nl", "Bij school is men het meest tevreden."),
    (LEAST, "en", "School has the highest share."),
    (HALF, "nl", "Een minderheid is tevreden."),
    (HALF, "fr", "Moins de la moitié est satisfaite."),
    (BELOW, "nl", "Ruim twintig procent is ontevreden."),
    (BELOW, "de", "Mindestens ein Fünftel ist unzufrieden."),
    (AT_LEAST, "en", "The grade is below 6.5."),
    (ABOVE, "nl", "Hooguit vijftig procent is tevreden."),
    (RANKED, "nl", "Tevreden staat bovenaan, gevolgd door ontevreden en neutraal."),
    (RANKED, "en", "Dissatisfied comes first, followed by neutral and satisfied."),
    (GAINS, "nl", "De keten steeg minder dan de organisatie."),
    (GAINS, "fr", "La note de la chaîne a augmenté moins que celle du bureau."),
    (PEAKS, "nl", "In 2014 was het aandeel tevreden het laagst."),
    (BOTTOMS, "nl", "In 2014 was het aandeel ontevreden het hoogst."),
    (LARGEST, "nl", "Neutraal is het meest gekozen."),
    (LARGEST, "en", "Neutral is the most frequent answer."),
    (MOST, "nl", "Bij school is het cijfer het hoogst."),
    (MOST, "de", "In der Schule ist die Note am höchsten."),
    (LEAST, "fr", "Au travail, la note est la moins élevée."),
    (PEAKS, "nl", "In 2010 was het aandeel het hoogst."),
    (HALF, "nl", "Bijna de helft is tevreden."),
    (HALF, "en", "Nearly half are satisfied."),
    (HALF, "de", "Knapp die Hälfte ist zufrieden."),
    (HALF, "fr", "Près de la moitié est satisfaite."),
    (ABOVE, "nl", "Nog geen vijftig procent is tevreden."),
    (ABOVE, "nl", "Bijna vijftig procent is tevreden."),
]
RIGHT = [
    (MORE, "nl", "Bij school is het lager dan bij werk."),
    (MORE, "nl", "Bij werk is het lager dan verwacht, maar hoger dan bij school."),
    (MORE, "nl", "Bij school zijn er meer ontevreden dan bij werk."),  # of the contrary
    (MORE, "nl", "Slechter dan bij werk gaat het nergens."),
    (MORE, "nl", "Minder dan de helft van wie op school zit, zegt dat; bij werk is dat meer."),
    (MORE, "en", "Work takes less time than school, and more people like it."),  # of something else
    (MORE, "en", "It is higher than in 2010 at work."),
    (MORE, "de", "Weniger als bei der Arbeit sind es in der Schule."),
    (MORE, "fr", "Moins de gens à l’école qu’au travail sont satisfaits."),
    (OFFICE, "nl", "De keten krijgt een lager cijfer dan een organisatie alleen."),
    (ANSWERS, "en", "Fewer are dissatisfied than satisfied."),
    (WAVES, "fr", "C’est plus élevé qu’en 2010."),
    (LARGEST, "nl", "Het minst gekozen antwoord is ontevreden, het meest gekozen is tevreden."),
    (MOST, "nl", "Bij werk is men het minst ontevreden."),
    (LEAST, "en", "At most schools people are pleased."),
    (LEAST, "nl", "Bij school is de ontevredenheid het hoogst."),
    (HALF, "nl", "Meer dan de helft is tevreden en minder dan de helft klaagt."),
    (HALF, "de", "Eine Minderheit ist unzufrieden."),
    (BELOW, "nl", "Minder dan een vijfde is ontevreden, en meer dan tachtig procent niet."),
    (AT_LEAST, "nl", "Het rapportcijfer is 6,9, dus minstens een 6,5."),
    (RANKED, "nl", "Ontevreden is het kleinst, daarna komen neutraal en tevreden."),
    (RANKED, "en", "Satisfied comes first, followed by neutral and dissatisfied."),
    (GAINS, "nl", "De keten daalde minder dan de organisatie."),
    (GAINS, "nl", "De keten ligt lager dan de organisatie, maar steeg harder."),
    (PEAKS, "nl", "Het laagste punt lag in 2010, het hoogste in 2014."),
    (BOTTOMS, "nl", "Nooit was de groep kleiner."),
    (LARGEST, "nl", "Neutraal is het minst gekozen; tevreden het meest."),
    (LARGEST, "nl", "Wie neutraal is, is er minder dan wie het meest voorkomt."),
    (MOST, "nl", "Bij school is het niet het hoogst."),
    (MOST, "nl", "Bij werk is het cijfer het hoogst, bij school het laagst."),
    (PEAKS, "nl", "Sinds 2010 is het nu het hoogst."),
    (BELOW, "nl", "Bijna twintig procent is ontevreden."),
    (BELOW, "nl", "Nog geen twintig procent is ontevreden."),
    (HALF, "nl", "Ruim de helft is tevreden en bijna de helft klaagt."),
]


@pytest.mark.parametrize(("predicate", "language", "sentence"), CONTRADICTED)
def test_a_comparison_that_is_the_opposite_of_its_test_is_named(figures, predicate, language, sentence):
    (what,) = said(figures, predicate, language, sentence)
    assert "shows the opposite" in what


@pytest.mark.parametrize(("predicate", "language", "sentence"), RIGHT)
def test_where_there_is_any_doubt_nothing_is_named(figures, predicate, language, sentence):
    assert said(figures, predicate, language, sentence) == []
