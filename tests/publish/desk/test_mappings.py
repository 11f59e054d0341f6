"""What the mapping of a wave in preparation still asks, on the desk."""

import json

import pytest
from small import SmallBook
from waves import add_wave

from wavebook.publish.desk import mappings
from wavebook.publish.desk.view import Desk
from wavebook.survey.answers.mapping import Entry, MappingFile, Signature

CHANGED = Entry(since="2014", was=["v1"], now=["v2"], question="Hoe <goed>?", why="x", changes=["“1 ja” → “1 nee”"])
KEPT = Entry(since="2014", was=["v3"], now=["v3"], question="Wat?", why="the same question")


def toml(entry):
    return "\n".join(
        f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in entry.model_dump(exclude_none=True).items()
    )


@pytest.fixture
def book(tmp_path):
    made = SmallBook(tmp_path)
    text = made.path("waves.toml").read_text(encoding="utf-8")
    made.write("waves.toml", text.replace("[waves.2014]\n", "[waves.2014]\npublished = true\n"))
    add_wave(made, "2016")
    return made


def mapped(book, *, signed=False, **variables):
    made = MappingFile(wave="2016", file="2016.csv", variables=variables)
    parts = ['wave = "2016"\nfile = "2016.csv"', *(f"[variables.{n}]\n{toml(one)}" for n, one in variables.items())]
    if signed:
        digest = made.digest if signed is True else signed
        parts.append("[signed]\n" + toml(Signature(by="A", on="2026-01-01", mapping=digest, file="x")))
    book.write("mappings/2016.toml", "\n\n".join(parts))


def test_changes_without_an_answer_are_asked_with_the_command_that_follows(book):
    mapped(book, grade=CHANGED, share=KEPT)
    (found,) = mappings.asked(book.root)
    assert [name for name, _ in found.questions] == ["grade"]
    assert (found.wave, found.command) == ("2016", 'wavebook sign 2016 --by "your name"')
    page = Desk(book.root, {}, "/token").page("")  # before the first review
    assert "[variables.grade]</code><br>Hoe &lt;goed&gt;?" in page
    assert "“1 ja” → “1 nee”" in page
    assert "wavebook sign 2016" in page


def test_what_is_answered_is_to_be_signed_and_what_is_signed_asks_nothing(book):
    answered = CHANGED.model_copy(update={"answer": "same", "reason": "zo"})
    mapped(book, grade=answered)
    (found,) = mappings.asked(book.root)
    assert found.questions == ()
    assert "Read it, and sign it" in Desk(book.root, {}, "/token").page("")
    mapped(book, grade=answered, signed="elsewhat")
    assert len(mappings.asked(book.root)) == 1
    mapped(book, grade=answered, signed=True)
    assert mappings.asked(book.root) == []
    assert "Which variable was which" not in Desk(book.root, {}, "/token").page("")


def test_a_file_without_a_mapping_is_to_have_one_where_a_wave_before_has_questions(book):
    book.write("responses/2016.csv", "a\n1\n")
    assert mappings.asked(book.root) == []
    questions = {"grade": {"question": "Hoe?", "labels": {}, "columns": ["v"]}}
    book.write("codebooks/2014.json", json.dumps({"wave": "2014", "questions": questions}))
    (found,) = mappings.asked(book.root)
    assert found.command == "wavebook inspect data/responses/2016.csv --mapping"
    assert "Have it made" in Desk(book.root, {}, "/token").page("")


def test_a_mapping_that_cannot_be_read_is_named_and_one_of_a_published_wave_is_left_alone(book):
    book.write("mappings/2016.toml", "wave = ")
    book.write("mappings/2013.toml", "wave = ")
    (found,) = mappings.asked(book.root)
    assert [problem.code for problem in found.wrong] == ["W130"]
    assert "W130" in Desk(book.root, {}, "/token").page("")
    book.write("waves.toml", "baseline = ")
    assert mappings.asked(book.root) == []
