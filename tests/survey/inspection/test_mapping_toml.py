"""The text of a mapping: TOML that a person reads, whatever a file of respondents holds."""

import tomllib
from types import SimpleNamespace

from wavebook.survey.answers.mapping import Entry, MappingFile, Signature
from wavebook.survey.answers.questions import Question
from wavebook.survey.inspection.choices import Choice, Proposal
from wavebook.survey.inspection.mapping_toml import in_toml

PLAIN = Entry(since="2016", was=["v1"], now=["v2"], question="Wat vindt u?", why="the same question")
CHANGED = Entry(
    since="2016",
    was=["v11"],
    now=["v11"],
    asked="Wat vindt u?",
    question='Wat "vond" u\n\x1b[31m?\x7f',
    labels_were={"1": "slecht", "a b": "goed"},
    labels={},
    why="the same name, in other words",
    changes=["question: “a” → “b”"],
)
FOUND = SimpleNamespace(place="data/responses/2018.sav", proposals=())


def text_of(found=FOUND, before=(), new=(), **variables):
    return in_toml(MappingFile(wave="2018", file="2018.sav", variables=variables), found, dict(before), new)


def test_what_is_written_is_what_is_read():
    read = tomllib.loads(text_of(mark=PLAIN, used=CHANGED))
    assert Entry.model_validate(read["variables"]["mark"]) == PLAIN
    written = CHANGED.model_copy(update={"question": CHANGED.question.replace("\x7f", " ")})
    assert Entry.model_validate(read["variables"]["used"]) == written


def test_only_what_changed_asks_for_an_answer():
    assert "answer =" not in text_of(mark=PLAIN)
    assert 'answer = ""  # same, mended or break\nreason = ""' in text_of(used=CHANGED)
    given = CHANGED.model_copy(update={"answer": "same", "reason": "idem"})
    assert 'answer = "same"\nreason = "idem"' in text_of(used=given)


def test_the_head_says_what_to_do():
    head = text_of()
    assert "wavebook inspect data/responses/2018.sav --mapping" in head
    assert 'wavebook sign 2018 --by "your name"' in head


def test_new_questions_and_those_that_are_gone_are_comments():
    choice = Choice("q1", "alike (83 %)", next="q2: Wat vond u?")
    found = SimpleNamespace(place="f", proposals=(Proposal("mark", {"": choice}, {}, {}),))
    before = {"mark": Question("Wat vindt u?", {}, ("v1",), "2016"), "used": Question("", {}, ("v3",), "2016")}
    lines = text_of(found, before, ["visits"]).splitlines()
    assert "# new in this wave: visits" in lines
    assert lines[-7:-1] == [
        "# [variables.mark]",
        '# was = ["v1"]  # 2016: Wat vindt u?',
        '# now = "q1"  # alike (83 %)',
        '# now = "q2"  # or this: Wat vond u?',
        "# [variables.used]",
        '# was = ["v3"]  # 2016',
    ]
    assert lines[-1] == '# now = ""  # nothing in the file resembles it'


def test_a_signature_stands_last():
    signed = Signature(by="A", on="2018-12-01", mapping="m", file="f")
    text = in_toml(MappingFile(wave="2018", file="2018.sav", variables={"mark": PLAIN}, signed=signed), FOUND, {}, ())
    assert text.endswith('[signed]\nby = "A"\non = "2018-12-01"\nmapping = "m"\nfile = "f"\n')
