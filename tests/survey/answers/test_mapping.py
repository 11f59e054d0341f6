"""The file with the mapping of a wave: read, hashed, and refused where it is damaged."""

import random

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.answers.mapping import Entry, MappingFile, hash_of_file, is_signed, load_mapping, path_of

TEXT = """
wave = "2018"
file = "2018.sav"

[variables.mark]
since = "2016"
was = ["v11"]
now = ["v14"]
asked = "Wat vindt u?"
question = "Wat vond u?"
why = "the same"
changes = ["question: ..."]
answer = "same"
reason = "alleen de tijd"

[variables."way.phone"]
since = "2016"
was = ["a"]
now = ["b"]
question = "telefoon"
why = "the same question"
"""


@pytest.fixture
def read(tmp_path):
    def made(text):
        path = path_of(tmp_path, "2018")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return load_mapping(tmp_path, "2018")

    return made


def test_there_may_be_none(tmp_path):
    assert load_mapping(tmp_path, "2018") is None


def test_answers_are_those_of_a_variable_or_of_the_question_that_it_is_part_of(read):
    mapping = read(TEXT)
    assert mapping.answer_to("mark").reason == "alleen de tijd"
    assert mapping.answer_to("mark.phone").answer == "same"
    assert mapping.answer_to("way.phone") is None
    assert "answer" not in mapping.variables["mark"].facts


def test_a_hash_is_of_what_is_said_and_not_of_how_it_is_written(read):
    digest = read(TEXT).digest
    assert read("# een opmerking\n" + TEXT.replace(" = ", "  =  ")).digest == digest
    assert read(TEXT.replace("alleen", "enkel")).digest != digest
    assert read(TEXT.replace('"v14"', '"v15"')).digest != digest


def test_a_signature_is_for_one_mapping_and_one_file():
    entry = Entry(since="2016", was=["v1"], now=["v1"], question="Wat?", why="the same question")
    mapping = MappingFile(wave="2018", file="2018.sav", variables={"mark": entry})
    assert is_signed(mapping, "f") == (False, "nobody has signed it")
    signature = {"by": "A", "on": "2018-12-01", "mapping": mapping.digest, "file": "f"}
    signed = MappingFile.model_validate(mapping.model_dump() | {"signed": signature})
    assert is_signed(signed, "f") == (True, "")
    assert is_signed(signed, "g")[1].endswith("for another file of respondents")
    other = signed.model_copy(update={"file": "2018.csv"})
    assert is_signed(other, "f")[1] == "was changed after A signed it on 2018-12-01"


def test_the_hash_of_a_file_is_of_its_bytes(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"a;b\n1;2\n")
    other.write_bytes(b"a;b\n1;2\n")
    assert hash_of_file(one) == hash_of_file(other)
    other.write_bytes(b"a;b\n2;1\n")
    assert hash_of_file(one) != hash_of_file(other)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (
            TEXT.replace('"same"\n', '"samen"\n'),
            r"variables.mark.answer: Input should be '', 'same', 'mended' or 'break'",
        ),
        (TEXT.replace("since", "sinds", 1), r"variables.mark.since: Field required"),
        (TEXT.replace("[variables.mark]", "[variables.Mark]"), "variables.Mark"),
        (TEXT + "\n[signed]\nby = ''\non = 2018-12-01\nmapping = 'a'\nfile = 'b'", "signed.by: is empty"),
        ("wave = ", "cannot be read as TOML"),
        ("a" + ".a" * 300 + " = 1", "nested too deep"),
        ('wave = "2018"', "file: Field required"),
    ],
)
def test_a_damaged_mapping_is_refused_with_its_place(read, text, where):
    with pytest.raises(ProblemsError, match=rf"W130 data/mappings/2018.toml.*{where}"):
        read(text)


def test_whatever_damage_a_mapping_has_it_is_read_or_refused(tmp_path, tally):
    rng, path, whole = random.Random(7), path_of(tmp_path, "2018"), TEXT.encode()
    path.parent.mkdir(parents=True)
    refused = 0
    for _ in range(500):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 6)):
            at = rng.randrange(len(content))
            content[at : at + rng.randint(0, 9)] = bytes(
                rng.choices(b'=[]"\\#.{}\n\0\xff\xe2aZ09 ', k=rng.randint(0, 4))
            )
        path.write_bytes(bytes(content))
        try:
            assert load_mapping(tmp_path, "2018").wave
        except ProblemsError as error:
            refused += {problem.code for problem in error.problems} == {"W130"}
    assert refused > 100
    tally("damaged mappings refused or read", 500)


def test_a_day_may_be_written_as_one(read):
    signed = "\n[signed]\nby = 'A'\non = 2018-12-01\nmapping = 'a'\nfile = 'b'"
    assert read(TEXT + signed).signed.on == "2018-12-01"
