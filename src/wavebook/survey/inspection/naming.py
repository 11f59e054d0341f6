"""Keys made from labels, and the words by which amounts, scales and backgrounds are known in several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import count

AMOUNT = r"\b(incomes?|salar(y|is|ies)|wages?|earn\w*|inkomen\w*|loon|bedrag|prijs|kosten|uitgaven?|amounts?|prices?|"
AMOUNT += r"costs?|expenditure|einkommen|gehalt|preis|betrag|revenus?|salaires?|montant|prix|euro?s?|usd|"
AMOUNT += r"gbp|dollars?|pounds?)\b|[€$£]"
BACKGROUND = r"\b(how old|hoe oud|wie alt|quel âge|sex|gender|gndr|geslacht|geschlecht|sexe|age|agea|agegroup|"
BACKGROUND += r"leeftijd\w*|alter(sgruppe\w*)?|âge|region\w*|regio\w*|"
BACKGROUND += r"provin\w+|bundesland|opleiding\w*|educat\w+|eduyrs|bildung\w*|diploma|urban\w*|landsdeel|stedelijk\w*|"
BACKGROUND += r"household size|marital\w*|language|country|cntry)\b"
_SCALE = (
    r"scores?|grades?|cijfers?|rapportcijfer\w*|ratings?|rate|scale|schaal|skala|échelle|notes?|satisf\w+|tevreden\w*|"
)
_SCALE += r"zufrieden\w*|likely|likelihood|recommend\w*|trust\w*|vertrouw\w*|vertrau\w*|confiance|interest\w*"
_CURRENCIES = {"EUR": r"€|\beuros?\b|\beur\b", "USD": r"\$|\bus dollars?\b|\busd\b", "GBP": r"£|\bgbp\b"}
_RESERVED = (
    *("population", "other", "missing", "yes", "no", "blank", "everyone", "wave", "baseline", "previous", "latest"),
    *("respondent", "weight", "strata", "clusters", "population_size", "filter", "source", "locator"),
)
_LONGEST = 40


def slug(text: str) -> str:
    """A key from words: letters, digits and underscores, after a letter.

    >>> slug("Très satisfait"), slug("18–24 years")
    ('tres_satisfait', 'from_18_24_years')
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"[‐-―]", " ", text).replace("ß", "ss").replace("+", " plus ")).encode(
        "ascii", "ignore"
    )
    words = re.sub(r"[^a-z0-9]+", "_", plain.decode().lower()).strip("_")
    words = words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("_")[0] or words[:_LONGEST]
    return words if words[:1].isalpha() else f"from_{words}" if words else "answer"


def name_for(text: str, taken: Collection[str] = ()) -> str:
    """A key that is not taken and means nothing else."""
    base = slug(text)
    base = f"{base}_asked" if base in _RESERVED else base
    return next(name for i in count(1) if (name := base if i == 1 else f"{base}_{i}") not in taken)


def names_for(texts: Iterable[str]) -> list[str]:
    """A key for each text, all different."""
    found: list[str] = []
    for text in texts:
        found.append(name_for(text, found))
    return found


def currency_in(words: str) -> str:
    """The code of the currency that a question names; empty if it names none."""
    return next((code for code, sign in _CURRENCIES.items() if re.search(sign, words, re.IGNORECASE)), "")


def words_of(name: str, text: str) -> str:
    """The words of a column's name and its question, in which a name is read as it is spoken.

    >>> words_of("cijfer_loket2", "Hoe tevreden (1-5)?")
    'cijfer loket 2 Hoe tevreden (1-5)?'
    """
    return re.sub(r"_|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", " ", f"{name} {text}")


def is_scale(words: str) -> bool:
    """Tell whether a question asks for a point on a scale."""
    return bool(re.search(rf"\b({_SCALE})\b", words, re.IGNORECASE))


def scale_in(words: str) -> tuple[float, float] | None:
    """The ends of a scale that a question names, as in *from 0 to 10*.

    >>> scale_in("How likely is it, 0–10?"), scale_in("How likely is it?")
    ((0.0, 10.0), None)
    """
    found = re.search(r"\b([01])\s*(?:-|–|to|tot|t/m|tot en met|bis|à|and|en)\s*(10|[4-9])\b", words, re.IGNORECASE)
    return (float(found[1]), float(found[2])) if found else None
