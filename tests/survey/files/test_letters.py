from types import SimpleNamespace

import pytest

from wavebook.survey.files.letters import is_utf8, mended, spoilt_here_and_there


def latin(content: bytes) -> str:
    return content.decode("latin-1")


@pytest.mark.parametrize(
    ("content", "meant"),
    [
        ("crème".encode(), "crème"),
        (b"cr\xe8me", "crème"),
        (b"caf\xe9", "café"),  # a short text was not cut
        (b"\x80 12", "€ 12"),
        (b"x" * 50 + "é".encode()[:1], "x" * 50),
        ("é".encode() * 30 + "€".encode()[:2], "é" * 30),
        (b"plain", "plain"),
    ],
)
def test_a_text_is_what_its_bytes_are_meant_to_be(content, meant):
    assert mended(latin(content)) == meant
    assert is_utf8(latin(content)) is (content.decode("utf-8", "ignore").encode() == content)


def dictionary(*labels: bytes):
    nothing = SimpleNamespace(column_names=["v"], column_labels=[*map(latin, labels)], notes=[], file_label="")
    return SimpleNamespace(**vars(nothing), variable_value_labels={}, mr_sets={})


@pytest.mark.parametrize(
    ("labels", "mixed"),
    [
        ([b"cr\xe8me", b"caf\xe9"], False),
        ([b"cr\xe8me", "café".encode()], True),
        ([b"x" * 50 + b"\xc3"], True),
        (["café".encode()], False),
        ([b"plain"], False),
    ],
)
def test_a_dictionary_in_another_encoding_is_told_from_one_with_a_spoilt_text(labels, mixed):
    assert spoilt_here_and_there(dictionary(*labels)) is mixed
