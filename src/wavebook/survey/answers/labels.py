"""The meaning of the words of a value label, in Dutch, English, German and French.

They mean that there is no answer, a side of a question (yes or no, satisfied or dissatisfied), or a number. Words that
are not understood mean nothing: a word list is no reason to take an answer for something else.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple


class Sense(NamedTuple):
    """The side of a question that a label is on: 1 for yes, satisfied or easy, -1 for the other end, 0 between."""

    family: str
    sign: int


# Words of both sides, each a whole word of a label, in lower case.
_SIDES = {
    "agree": (
        "eens akkoord agree agrees agreed stimme zustimmung einverstanden trifft d'accord accord",
        "oneens disagree disagrees disagreed désaccord lehne",
    ),
    "satisfied": (
        "tevreden satisfied zufrieden satisfait satisfaite satisfaits content contente blij happy glücklich heureux "
        "goed goede good gut gute bon bonne bien uitstekend uitstekende excellent excellente excellently uitmuntend "
        "uitmuntende ausgezeichnet prima positief positieve positive positiv positif voldoende sufficient ausreichend "
        "suffisant perfect perfekt parfait fantastisch geweldig outstanding",
        "ontevreden dissatisfied unsatisfied unhappy unzufrieden insatisfait insatisfaite insatisfaits mécontent "
        "mécontente slecht slechte bad poor schlecht schlechte mauvais mauvaise mal negatief negatieve negative "
        "negativ négatif onvoldoende insufficient ungenügend mangelhaft insuffisant terrible awful waardeloos",
    ),
    "high": ("hoog hoge high hoch élevé", "laag lage low niedrig"),
    "easy": (
        "makkelijk gemakkelijk eenvoudig easy simple einfach leicht facile",
        "moeite moeilijk lastig ingewikkeld effort trouble difficult complicated schwierig schwer kompliziert "
        "difficile compliqué",
    ),
    "better": ("beter verbeterd better improved besser mieux", "slechter verslechterd worse schlechter pire"),
    "likely": (
        "waarschijnlijk likely probably wahrscheinlich probable probablement",
        "onwaarschijnlijk unlikely unwahrscheinlich improbable",
    ),
    "important": (
        "belangrijk important wichtig importante",
        "onbelangrijk unimportant unwichtig",
    ),
    "clear": ("duidelijk clear klar clair", "onduidelijk unclear unklar"),
    "reliable": ("betrouwbaar reliable zuverlässig fiable", "onbetrouwbaar unreliable unzuverlässig"),
    "friendly": ("vriendelijk friendly freundlich aimable", "onvriendelijk unfriendly unfreundlich"),
    "fast": ("snel fast quick schnell rapide", "traag langzaam slow langsam lent"),
    "safe": ("veilig safe sicher sûr", "onveilig unsafe unsicher"),
    "trust": ("vertrouwen trust vertrauen confiance", "wantrouwen distrust misstrauen méfiance"),
    "often": (
        "altijd vaak always often immer oft toujours souvent",
        "nooit zelden never rarely seldom nie niemals selten jamais rarement",
    ),
    "yes": (
        "waar true wahr richtig vrai juist gekozen genoemd geselecteerd aangevinkt aangekruist selected checked ticked "
        "quoted mentioned chosen genannt ausgewählt angekreuzt coché cité choisi gebruikt used benutzt genutzt utilisé",
        "onwaar false falsch faux onjuist unchecked unselected unticked ongebruikt unused",
    ),
}
_WORD = {
    word: Sense(family, sign)
    for family, ends in _SIDES.items()
    for sign, words in zip((1, -1), ends, strict=True)
    for word in words.split()
}
_FIRST = {**dict.fromkeys("ja jawel yes oui".split(), 1), **dict.fromkeys("nee neen nein".split(), -1)}
_ALONE = {
    **dict.fromkeys("wel y j true 1".split(), 1),
    **dict.fromkeys("no non niet nicht not n onbenoemd".split(), -1),
}
_BOTH = re.compile(
    r"(\b(and|or|en|of|et|ou|und|oder)\b|[/&]) *(?P<word>ja|yes|oui|nee|neen|nein|no|non)\b"
)  # yes and no
_UNSURE = re.compile(  # behind a no
    r"(ik |i |ich |je )?(weet (ik )?(het )?(nog )?niet|don'?t know|do not know|dk|weiß (ich )?nicht|"
    r"(ne )?sais pas|n\.?v\.?t|niet van toepassing|not applicable|n/a|geen mening|no opinion|keine meinung|"
    r"sans (opinion|avis|objet)|trifft nicht zu)\b"
)
_HOW = frozenset(
    "absoluut zeker beslist vast definitely certainly absolutely totally helemaal eher sicher bestimmt plutôt "
    "certainement sûrement rather".split()
)
_NOT = frozenset("niet geen noch not no never neither nor n't nicht kein keine weder noch pas non ni peu weinig "
                 "nauwelijks hardly little wenig kaum".split())  # fmt: skip
_NEUTRAL = frozenset(
    "neutraal neutral neutre soms sometimes manchmal parfois teils matig redelijk gemiddeld middelmatig average fair "
    "mittelmäßig mittel durchschnittlich moyen moyenne passable".split()
)
_NEAR = 3  # words between a negation and what it denies: "not at all satisfied"
_SHORT, _BRIEF = 3, ("yes", "high")  # words of a label that says only that: not "high school diploma or less"
_AS = {"high": "satisfied"}  # marks that are high are good ones
_AFTER = ("agree", "likely")  # "stimme nicht zu", "waarschijnlijk niet": the negation follows

_NO_ANSWER = re.compile(
    r"(ik |i |ich |je |daar |dat |er )?(heb |habe |have |ai )?(ik |er |daar |nog |liever |wel )*("
    # Dutch
    r"weet (ik )?(het )?(nog |echt )?niet|wn|geen (idee|antwoord|mening|opgave|oordeel|ervaring)|onbekend|ga|"
    r"(wil|zeg) (ik )?(het |dat )?(liever )?niet( zeggen)?|(wil|kan) (ik )?(het |dat |me |het me )?niet "
    r"(zeggen|beoordelen|beantwoorden|kiezen|herinneren)|niet (ingevuld|beantwoord|gevraagd|bekend|relevant)|"
    r"liever niet|weigert|geweigerd|weigering|n\.? ?v\.? ?t\.?|niet van toepassing|ontbreekt|ontbrekend|overgeslagen|"
    # English
    r"(don.?t|do not|does not|doesn.?t) know|dk|not sure|unsure|(can.?t|cannot) (say|choose|judge|remember)|"
    r"no (answer|opinion|response|reply|idea)|non-?response|refus(ed|al|es)|prefer not( to .*)?|"
    r"(would )?rather not( say)?|do not wish|declined?( to .*)?|(hard|difficult) to say|sysmis|inap|"
    r"not (applicable|asked|answered|known|stated|available|relevant)|n\.?/?a\.?|unknown|missing|skipped|no experience|"
    # German
    r"wei(ß|ss) (ich )?(es )?nicht|keine (angaben?|meinung|antwort|aussage)|k\.? ?a\.?|verweigert|unbekannt|entfällt|"
    r"(kann|möchte|will) (ich )?nicht (sagen|beurteilen|beantworten)|nicht (beantwortet|gefragt)|schwer zu sagen|"
    # French
    r"(ne|n.) ?(sait|sais|se prononce|souhaite) pas( répondre)?|préfère ne pas( répondre)?|nspp?|"
    r"sans (réponse|opinion|objet|avis)|pas (de réponse|d.(avis|opinion))|refus|inconnu|"
    r"non (applicable|concerné|réponse|renseigné)|s\. ?o\.|s/o"
    r")(?P<rest>$|\s*[/,;(.!–-].*|\s(of|or|oder|ou|meer|precies|zeker|over|mee|hiermee|with|voor|for|möglich|to)\b.*)",
)
_NO_VALUE = re.compile(r"#?N/?A|#N/[BD]|#NV|<NA>|NaN|nan|NaT|NULL|null|#NULL!|[-–—.?]+")  # "Null" is nought in German
_ASIDE = re.compile(r"^(\([^)]*\)|\[[^\]]*\]|spontan\w*\s*:?)\s*")  # "(spontaan) weet niet"
_LEADING = re.compile(r"^[\s\[(“\"'<>≥≤+~]*[€$£]?\s*([+-]?\d{1,3}(?:[.,]\d{3})+(?!\d)|[+-]?\d+(?:[.,]\d+)?)")
_PERCENT = re.compile(r"^\W*[\d.,]+\s*(%|procent|percent|prozent|pour cent)", re.IGNORECASE)
_CLASS = re.compile(r"^\W*[\d.,]+\s*(-|–|tot en met|tot|t/m|to|through|bis|à)\s*[\d.,]+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
# Numbering of labels: "[1] ja", "a) ja", "1 ja"; a number alone may be the meaning of a label, as in "2 keer".
_COUNT = re.compile(r"^\s*([\[(]?\s*(\d+|[a-zA-Z])\s*([\])=:.–-]+\s+|[\])]\s*)|\d+\s+)(?=[^\W\d])")
_ORDINAL = re.compile(r"^\s*\(?\d+\)?\s*[=:.)–-]+\s+(?=\D)")  # "1 = heel slecht", "2. ja", "(3) neutraal"
_NUMBER_WORDS = (
    ("geen", "nul", "nooit", "none", "zero", "never", "null", "nie", "keine", "keinmal", "aucun", "aucune", "jamais"),
    ("één", "eenmaal", "one", "once", "eins", "einmal", "un", "une"),
    ("twee", "tweemaal", "two", "twice", "zwei", "zweimal", "deux"),
    ("drie", "driemaal", "three", "drei", "dreimal", "trois"),
    ("vier", "viermaal", "four", "viermal", "quatre"),
    ("vijf", "five", "fünf", "cinq"),
    ("zes", "six", "sechs"),
    ("zeven", "seven", "sieben", "sept"),
    ("acht", "eight", "huit"),
    ("negen", "nine", "neun", "neuf"),
    ("tien", "ten", "zehn", "dix"),
)
_SPELLED = {word: number for number, words in enumerate(_NUMBER_WORDS) for word in words}


@lru_cache(maxsize=10_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a label without case, marks, or the number before them: 1 = ja."""
    plain = re.sub(r"n't\b", " n't", _ORDINAL.sub("", _plain(text)))
    return tuple(re.findall(r"n't|d'accord|\w+", plain))


def _plain(text: str) -> str:
    """A text without case, HTML and spare spaces."""
    text = unicodedata.normalize("NFKC", html.unescape(_TAG.sub(" ", text))).casefold()
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


@lru_cache(maxsize=10_000)
def no_answer(text: str) -> bool:
    """Tell whether a label says that there is no answer: don't know, refused, not applicable."""
    plain = _plain(text)
    return any(_NO_ANSWER.match(_ASIDE.sub("", said).lstrip("([<-*. ")) for said in (plain, _COUNT.sub("", plain)))


def no_value(cell: str) -> bool:
    """Tell whether a cell holds what programs and people write where there is no answer: NA of R, NULL, a dash.

    It says nothing of a label, which may be a dash for a point of a scale.
    """
    return bool(_NO_VALUE.fullmatch(cell)) or no_answer(cell)


@lru_cache(maxsize=10_000)
def sense(text: str) -> Sense | None:
    """The side of a question that a label is on; None if its words do not say, or say two things."""
    if no_answer(text):
        return None
    text = _COUNT.sub("", _plain(text))
    found, signs = words(text), {}
    if set(found) & _HOW and len(found) > 1:
        found = tuple(word for word in found if word not in _HOW) or found
    if found and (found[0] in _FIRST or found[0] in _ALONE) and _takes_back(text, found[0]):
        return None
    if found and found[0] in _FIRST:
        signs, found = {"yes": _FIRST[found[0]]}, found[1:]
    elif found and found[0] in _ALONE and _stands_alone(text, found):
        signs, found = {"yes": _ALONE[found[0]]}, found[1:]
    signs |= {family: sign for family in _SIDES if (sign := _sign(found, family)) is not None}
    if not signs:
        return Sense("", 0) if set(found) & _NEUTRAL else None
    if len(set(signs.values())) > 1:
        return None
    family, sign = next(iter(signs.items()))
    return Sense(_AS.get(family, family), sign)


def _takes_back(text: str, first: str) -> bool:
    """Tell whether what follows the first word of a label is not what that says: yes and no; no, don't know."""
    after = text.partition(first)[2]
    both = _BOTH.match(after.strip())
    opposite = both is not None and (both["word"][0] == "n") != (first[0] == "n")
    return opposite or bool(_UNSURE.match(after.lstrip(" ,;:/(–-")))


def _stands_alone(text: str, found: tuple[str, ...]) -> bool:
    """Tell whether a label says no more than its first word does; -1 is not 1."""
    if text.startswith(("-", "−")):
        return False
    return len(found) == 1 or bool(re.match(r"(no|non)\s*[,;:(–-]", text, re.IGNORECASE))


def polarity(texts: Iterable[str], family: str) -> int:
    """The side of a family that the words of an indicator are about: -1 for "dissatisfied with this", else 1.

    The first text that is about one side decides.
    """
    for text in texts:
        signs = {
            side.sign
            for word in words(text)
            if (side := _side(word)) is not None and _AS.get(side.family, side.family) == family
        }
        if len(signs) == 1:
            return signs.pop()
    return 1


def negated(text: str) -> bool:
    """Tell whether a label denies something."""
    return bool(set(words(text)) & _NOT)


def opposites(labels: Mapping[str, str]) -> dict[str, Sense]:
    """Pairs of labels of which one negates the other: verhuisd and niet verhuisd, by code."""
    bare = {code: tuple(word for word in words(label) if word not in _NOT) for code, label in labels.items()}
    found: dict[str, Sense] = {}
    for code, label in labels.items():
        for other in labels:
            if other != code and bare[code] and bare[code] == bare[other] == words(labels[other]) != words(label):
                found |= {code: Sense("yes", -1), other: Sense("yes", 1)}
    return found


def numbers(text: str) -> set[float]:
    """The number in digits that a label begins with, in every reading: 1.000 is 1 and 1000; empty for words."""
    found = _LEADING.match(text)
    if not found:
        return set()
    digits = found[1]
    read = {float(digits.replace(",", ".", 1))} if len(re.findall(r"[.,]", digits)) == 1 else set()
    grouped = re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", digits)
    whole = {float(re.sub(r"[.,]", "", digits))} if grouped or not re.search(r"[.,]", digits) else set()
    return read | whole


def percent(text: str) -> bool:
    """Tell whether the number that a label begins with is a percentage: 100% zeker, of the 10 of a scale."""
    return bool(_PERCENT.match(text))


def several(text: str) -> bool:
    """Tell whether a label begins with two numbers, as that of a class does: 18–24, 3 tot 5 keer."""
    return bool(_CLASS.match(text))


def spelled(text: str) -> float | None:
    """The number that a short label spells out: twee keer, none; None if it spells no number."""
    found = words(text)
    return float(_SPELLED[found[0]]) if found and found[0] in _SPELLED and len(found) <= _SHORT else None


def same(one: str, other: str) -> bool:
    """Tell whether two texts have the same words."""
    return words(one) == words(other)


def says(label: str, name: str) -> bool:
    """Tell whether all words of ``name`` are in ``label``."""
    return bool(words(name)) and set(words(name)) <= set(words(label))


def titles(label: str, texts: Iterable[str]) -> bool:
    """Tell whether a label is in one of ``texts``, and so names what was ticked rather than yes or no."""
    side = sense(label)
    return not (side and side.family == "yes") and any(says(text, label) for text in texts)


def _side(word: str) -> Sense | None:
    """The side that a word is on; adjectives may end in e: makkelijke, zufriedene."""
    return _WORD.get(word) or (_WORD.get(word[:-1]) if word.endswith("e") else None)


def _sign(found: tuple[str, ...], family: str) -> int | None:
    """The side of one family that the words are on; 0 when they name both."""
    if family in _BRIEF and len(found) > _SHORT:
        return None
    signs, named = set(), set()
    for at, word in enumerate(found):
        if (side := _side(word)) is not None and side.family == family:
            after = found[at + 1 : at + 3] if family in _AFTER else ()
            denied = any(near in _NOT for near in (*found[max(0, at - _NEAR) : at], *after))
            named.add(side.sign)
            signs.add(-side.sign if denied else side.sign)
    if not signs:
        return None
    return signs.pop() if len(signs) == len(named) == 1 else 0
