"""Statements in readers' words."""

import re
import string

import pytest
from by_hand import made

from wavebook import claims
from wavebook.claims import (
    about,
    above,
    always_falls,
    always_more,
    always_rises,
    at_least,
    at_most,
    below,
    bottoms,
    falls,
    gains_on,
    in_each,
    largest,
    linear,
    majority,
    more,
    narrows,
    peaks,
    ranked,
    rises,
    smallest,
    stable,
    uncertain,
    undecided,
    unknown,
    widens,
)
from wavebook.language.words import words_in

WORDS = {
    "grade": {"nl": "cijfer keten", "en": "grade of the chain"},
    "share": {"nl": "kanaal", "en": "channel"},
    "a": {"nl": "telefoon", "en": "phone"},
    "b": {"nl": "website", "en": "website"},
    "theme": {"nl": "thema", "en": "theme"},
    "work": {"nl": "werk", "en": "work"},
    "target": {"nl": "doel", "en": "target"},
    "towns": {"nl": "gemeenten met een 7", "en": "towns with a 7"},
}
SERIES = {"grade": {"2010": 6.5, "2014": 7.0}, "share.a": {"2010": 30, "2014": 40}, "share.b": {"2010": 20, "2014": 22}}
SAID = [
    (rises("grade"), "cijfer keten: in 2014 hoger dan in 2010", "grade of the chain: higher in 2014 than in 2010"),
    (
        ~falls("grade@2010..2014"),
        "cijfer keten: in 2014 niet lager dan in 2010",
        "grade of the chain: not lower in 2014 than in 2010",
    ),
    (
        stable("grade"),
        "cijfer keten: tussen 2010 en 2014 hooguit 0,1 punt verschil",
        "grade of the chain: 2010 and 2014 differ by at most 0.1 points",
    ),
    (
        ~stable("share.a", within=2),
        "kanaal (telefoon): tussen 2010 en 2014 meer dan 2 procentpunt verschil",
        "channel (phone): 2010 and 2014 differ by more than 2 percentage points",
    ),
    (
        always_rises("grade"),
        "cijfer keten: in elke meting hoger dan in de meting ervoor",
        "grade of the chain: higher in each wave than in the one before",
    ),
    (
        always_falls("grade", known=True),
        "cijfer keten: in elke meting lager dan in de meting ervoor (van wat bekend is)",
        "grade of the chain: lower in each wave than in the one before (of what is known)",
    ),
    (
        linear("grade", within=0.2),
        "cijfer keten: elke meting ligt hooguit 0,2 punt van één rechte lijn",
        "grade of the chain: every wave lies within 0.2 points of one straight line",
    ),
    (
        ~linear("grade"),
        "cijfer keten: geen rechte lijn past bij alle metingen",
        "grade of the chain: no straight line fits all waves",
    ),
    (
        peaks("grade", "2014"),
        "cijfer keten: in 2014 hoger dan in elke andere meting",
        "grade of the chain: higher in 2014 than in any other wave",
    ),
    (
        ~bottoms("grade", "2014"),
        "cijfer keten: in minstens één andere meting even laag als in 2014 of lager",
        "grade of the chain: in at least one other wave as low as in 2014, or lower",
    ),
    (
        more("share.a", "share.b"),
        "kanaal (telefoon) in 2014 is hoger dan website",
        "channel (phone) in 2014 is higher than website",
    ),
    (
        more("share.a", "grade"),
        "kanaal (telefoon) in 2014 is hoger dan cijfer keten",
        "channel (phone) in 2014 is higher than grade of the chain",
    ),
    (
        more("share.a", "share.b@2010"),
        "kanaal (telefoon) in 2014 is hoger dan kanaal (website) in 2010",
        "channel (phone) in 2014 is higher than channel (website) in 2010",
    ),
    (
        ~more("share.a", "share.b@theme=work"),
        "kanaal (telefoon) in 2014 is niet hoger dan kanaal (website, werk)",
        "channel (phone) in 2014 is not higher than channel (website, work)",
    ),
    (
        more("share.a", "share.b", times=1.5),
        "kanaal (telefoon) in 2014 is hoger dan 1,5 keer kanaal (website) in 2014",
        "channel (phone) in 2014 is higher than 1.5 times channel (website) in 2014",
    ),
    (
        ranked("share.a", "share.b@2010"),
        "van hoog naar laag: kanaal (telefoon) in 2014 en kanaal (website) in 2010",
        "from high to low: channel (phone) in 2014 and channel (website) in 2010",
    ),
    (
        always_more("share.a", "share.b"),
        "kanaal (telefoon): in elke meting hoger dan kanaal (website)",
        "channel (phone): higher than channel (website) in every wave",
    ),
    (
        largest("share.a"),
        "kanaal (telefoon) in 2014 is hoger dan de andere antwoorden",
        "channel (phone) in 2014 is higher than the other answers",
    ),
    (
        smallest("share.a", among=["b"]),
        "kanaal (telefoon) in 2014 is lager dan kanaal (website)",
        "channel (phone) in 2014 is lower than channel (website)",
    ),
    (
        smallest("grade@theme=work"),
        "cijfer keten (werk) in 2014 is lager dan de andere groepen",
        "grade of the chain (work) in 2014 is lower than the other groups",
    ),
    (above("grade", 7), "cijfer keten in 2014: hoger dan 7", "grade of the chain in 2014: higher than 7"),
    (
        ~below("grade", "fact:target"),
        "cijfer keten in 2014: niet lager dan 7 (doel)",
        "grade of the chain in 2014: not lower than 7 (target)",
    ),
    (
        at_least("share.a", 40),
        "kanaal (telefoon) in 2014: minstens 40 procent",
        "channel (phone) in 2014: at least 40 per cent",
    ),
    (at_most("fact:towns", 12.5), "gemeenten met een 7: hooguit 12,5 procent", "towns with a 7: at most 12.5 per cent"),
    (
        majority("share.a"),
        "kanaal (telefoon) in 2014: hoger dan 50 procent",
        "channel (phone) in 2014: higher than 50 per cent",
    ),
    (
        about("share.a", 1 / 7),
        "kanaal (telefoon) in 2014: hooguit 1 procentpunt van 14,3 procent",
        "channel (phone) in 2014: within 1 percentage point of 14.3 per cent",
    ),
    (
        widens("share.a", "share.b", by=5),
        "het verschil tussen kanaal (telefoon) en kanaal (website): in 2014 meer dan 5 procentpunt groter dan in 2010",
        "the difference between channel (phone) and channel (website): "
        "more than 5 percentage points larger in 2014 than in 2010",
    ),
    (
        ~narrows("share.a", "share.b"),
        "het verschil tussen kanaal (telefoon) en kanaal (website): in 2014 niet kleiner dan in 2010",
        "the difference between channel (phone) and channel (website): not smaller in 2014 than in 2010",
    ),
    (
        gains_on("share.a", "share.b"),
        "kanaal (telefoon): tussen 2010 en 2014 meer gestegen dan kanaal (website), of minder gedaald",
        "channel (phone): rose more than channel (website) between 2010 and 2014, or fell less",
    ),
    (
        in_each("theme", above, "grade", limit=6),
        "in elk deel (thema): cijfer keten in 2014: hoger dan 6",
        "in each part (theme): grade of the chain in 2014: higher than 6",
    ),
    (
        unknown("share.b@theme=work,2010"),
        "de bronnen geven geen cijfer voor kanaal (website, werk) in 2010",
        "the sources give no figure for channel (website, work) in 2010",
    ),
    (
        undecided(rises("grade")),
        "door afronding blijft open of dit klopt: cijfer keten: in 2014 hoger dan in 2010",
        "rounding leaves open whether this is so: grade of the chain: higher in 2014 than in 2010",
    ),
    (
        ~uncertain(rises("grade")),
        "toeval laat geen twijfel of dit klopt: cijfer keten: in 2014 hoger dan in 2010",
        "chance leaves no doubt whether this is so: grade of the chain: higher in 2014 than in 2010",
    ),
    (
        rises("grade") & falls("share.b"),
        "cijfer keten: in 2014 hoger dan in 2010; en kanaal (website): in 2014 lager dan in 2010",
        "grade of the chain: higher in 2014 than in 2010; and channel (website): lower in 2014 than in 2010",
    ),
    (
        ~(rises("grade") | falls("share.b")),
        "geen van beide: cijfer keten: in 2014 hoger dan in 2010; of kanaal (website): in 2014 lager dan in 2010",
        "neither: grade of the chain: higher in 2014 than in 2010; or channel (website): lower in 2014 than in 2010",
    ),
]


@pytest.mark.parametrize(("predicate", "dutch", "english"), SAID, ids=lambda v: getattr(v, "text", ""))
def test_a_statement_is_said_in_both_languages(predicate, dutch, english):
    said = [predicate.said.text(made(SERIES, words=WORDS, language=language)) for language in ("nl", "en")]
    assert [text.replace("\u00a0", " ") for text in said] == [dutch, english]


@pytest.mark.parametrize("predicate", [case[0] for case in SAID], ids=lambda p: p.text)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_statement_and_its_denial_say_something_else_without_keys(predicate, language):
    figures = made(SERIES, words=WORDS, language=language)
    for one in (predicate, ~predicate):
        assert not re.search(r"[{}@_]|\bfact:|  ", one.said.text(figures))
    if not predicate.known:
        assert predicate.said.text(figures) != (~predicate).said.text(figures)
    assert (~~predicate).said.text(figures) == predicate.said.text(figures)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_denial_of_what_is_known_denies_it(language):
    figures = made(SERIES, words=WORDS, language=language)
    predicate = always_falls("grade", known=True)
    assert (~predicate).said.text(figures) != predicate.said.text(figures)
    plain = (~always_falls("grade")).said.text(figures)
    assert (~predicate).said.text(figures).startswith(plain)


def test_every_predicate_is_said():
    tried = {re.match(r"[a-z_]+", case[0].said.name)[0] for case in SAID}
    tried |= {"always_falls", "straight"} if "known" in tried else set()
    assert set(claims.STATEMENTS) - {"majority"} - tried == set()  # more than half is said as above


def fields(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_have_the_same_statements_with_the_same_fields():
    dutch, english = words_in("nl").claims, words_in("en").claims
    assert dutch.keys() == english.keys()
    for name, (positive, negative) in dutch.items():
        assert [fields(positive), fields(negative)] == [fields(text) for text in english[name]], name
        if negative and name != "known":
            assert fields(positive) == fields(negative), name


def test_a_key_of_nothing_is_said_as_it_is():
    figures = made(SERIES, words=WORDS)
    assert rises("graad").said.text(figures) == "graad: in 2014 hoger dan in 2010"
    assert "fact:nothing" in above("grade", "fact:nothing").said.text(figures)
    assert "2030" in above("grade@2030", 7).said.text(figures)
