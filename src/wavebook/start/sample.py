"""Made-up answers about a library, which stand in until there are real ones."""

from __future__ import annotations

import csv
import io
import random

from wavebook.start.phrases import Phrases

_PEOPLE = 400
_SEED = 17


def made_up(words: Phrases) -> str:
    """The answers as a CSV file; the same for every book."""
    text, chance = words["sample"], random.Random(_SEED)
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    reasons = text["reasons_answers"]
    boxes = [f"{text['reasons']} [{reason}]" for reason in reasons]
    rows.writerow(["id", text["satisfied"], *boxes, text["recommend"], text["member"], text["age"]])
    ticked = "x"
    for number in range(1, _PEOPLE + 1):
        rows.writerow(
            [
                number,
                *chance.choices(text["satisfied_answers"], [20, 55, 15, 10]),
                *(ticked if chance.random() < share else "" for share in (0.7, 0.3, 0.4, 0.2)),
                *chance.choices(range(11), [1, 1, 1, 2, 3, 6, 10, 20, 26, 18, 12]),
                *chance.choices(text["member_answers"], [65, 35]),
                *chance.choices(text["age_answers"], [30, 35, 35]),
            ]
        )
    return out.getvalue()
