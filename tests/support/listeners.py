"""Made-up answers about a broadcaster, as a bureau or a web form delivers them."""

import csv
import random

import polars as pl
import pyreadstat

PEOPLE = 400
TICKED = ("telly", "sites", "else")
LABELS = {
    "idno": "Respondent's number",
    "pspwght": "Post-stratification weight",
    "matters": "The broadcaster tells what matters",
    "trusted": "How much do you trust the news of the broadcaster",
    "happyeco": "How satisfied with the programmes",
    "pbldmn": "Taken part in lawful public demonstration last year",
    "news_telly": "Television",
    "news_sites": "Websites",
    "news_else": "Other",
    "income": "Net monthly income of the household, in euro",
    "gndr": "Gender",
    "agea": "Age of respondent",
    "happy": "How happy are you on a scale from 1 to 4",
    "hours": "Hours a day spent on news",
}
VALUES = {
    "matters": {1: "Disagree strongly", 2: "Disagree", 3: "Neither", 4: "Agree", 5: "Agree strongly", 8: "Don't know"},
    "trusted": {0: "No trust at all", 10: "Complete trust", 88: "Don't know"},
    "happyeco": {0: "Extremely dissatisfied", **{i: str(i) for i in range(1, 10)}, 10: "Extremely satisfied"},
    "pbldmn": {1: "Yes", 2: "No", 7: "Refusal"},
    "gndr": {1: "Male", 2: "Female"},
    **{f"news_{name}": {0: "Not marked", 1: "Marked"} for name in TICKED},
}


def answers(people=PEOPLE):
    """A row for each person."""
    chance = random.Random(7)
    rows = []
    for number in range(people):
        ticked = {
            f"news_{name}": int(chance.random() < share) for name, share in zip(TICKED, (0.7, 0.5, 0.1), strict=True)
        }
        rows.append(
            {
                "idno": number + 1,
                "pspwght": round(chance.uniform(0.5, 1.5), 4),
                "matters": chance.choices([1, 2, 3, 4, 5, 8], [5, 10, 15, 55, 10, 5])[0],
                "trusted": chance.choices([*range(11), 88], [1, 1, 2, 3, 4, 6, 8, 9, 8, 4, 2, 2])[0],
                "happyeco": chance.randint(0, 10),
                "pbldmn": chance.choices([1, 2, 7], [15, 80, 5])[0],
                **ticked,
                "income": chance.choice([1200, 1500, 2000, 2500, 3000, 4000]),
                "gndr": chance.randint(1, 2),
                "agea": chance.randint(18, 90),
                "happy": chance.choices([1, 2, 3, 4, 99], [10, 20, 40, 28, 2])[0],
                "hours": chance.randint(0, 8),
            }
        )
    return rows


def spss(path, people=PEOPLE):
    """The answers as an SPSS file with labels."""
    frame = pl.DataFrame(answers(people))
    labels = {name: LABELS[name] for name in frame.columns}
    pyreadstat.write_sav(frame, path, column_labels=labels, variable_value_labels=VALUES)
    return path


def form(path, people=200):
    """Answers to a web form, with several in a cell."""
    chance = random.Random(5)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["Timestamp", "Which news do you use?", "How likely are you to recommend us (0-10)?", "How old are you?"]
        )
        for _ in range(people):
            used = [name for name in ("Television", "Websites", "Newspapers") if chance.random() < 0.5]
            age = chance.choice(["35–54", "18–34", "55+"])
            rows.writerow([f"2024-03-{chance.randint(1, 28):02}", ";".join(used), chance.randint(0, 10), age])
    return path


def boxes(path, people=200):
    """Tick boxes of a web form, blank where they were not ticked; the last one is for typed texts."""
    chance = random.Random(3)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        asked = "Which news do you use?"
        rows.writerow(["ID", f"{asked} [Television]", f"{asked} [Websites]", f"{asked} [Other]", "Are you a member?"])
        for number in range(people):
            ticks = ["Y" if chance.random() < share else "" for share in (0.7, 0.4)]
            typed = "a friend" if number == 3 else ""
            rows.writerow([number, *ticks, typed, chance.choice(["Yes", "No"])])
    return path
