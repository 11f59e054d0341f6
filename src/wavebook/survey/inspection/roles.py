"""The words by which columns of a sample's design are named, in the languages of bureaus."""

from __future__ import annotations

import re

ROLES = {
    "respondent": r"resp(ondent)?[ -]?(nr|num\w*|id|code)|(response|case|record)[ -]?(id|nr|number)|id|idno"
    r"|\w*volgnummer|caseid|lfdn|fragebogennummer|identifiant",
    "weight": r"weeg\w*|\w*weights?|\w*gewicht(en|ung)?|\w*wgh?t\w*|wf|wt|weging\w*|pond[eé]ration|poids",
    "strata": r"strat|strat(um|a|ums|e|en)|stratific\w+|stratifi\w+|schicht(ung|en)?",
    "clusters": r"clusters?|psu|primary sampling unit|klumpen|grappes?",
    "population_size": r"fpc\w*|pop(ulation)?[ -]?size|populatieomvang",
    "filter": r"completed?|compleet|afgerond|voltooid|finished|abgeschlossen|termin[eé]",
}
_BRIEF = 4  # words: a label that names a column of the design; a question has more


def named_as(role: str, text: str, *, brief: bool = True) -> bool:
    """Tell whether a name or a ``brief`` label has a word for a role: demonstrations are no strata."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.]+|(?<=[A-Za-z])(?=\d)", " ", text)
    if brief and (len(plain.split()) > _BRIEF or "?" in plain):
        return False
    return bool(re.search(rf"\b({ROLES[role]})\b", plain, re.IGNORECASE))
