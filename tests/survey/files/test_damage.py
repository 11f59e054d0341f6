import polars as pl
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.files.damage import foreign, not_utf8, readable


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(), "W101 a.sav: there is no such file"),
        (pl.exceptions.ComputeError("Jan Jansen"), "W103 a.sav: cannot be read: its rows or columns"),
        (OSError("one\ntwo"), "W103 a.sav: cannot be read: one"),
        (LookupError("unknown encoding: x"), "W103 a.sav: cannot be read: unknown encoding: x"),
    ],
)
def test_what_readers_raise_is_told_without_answers(error, said):
    with pytest.raises(ProblemsError) as told, readable("a.sav"):
        raise error
    assert str(told.value.problems[0]).startswith(said)
    assert "Jan" not in str(told.value)


def test_what_no_reader_should_raise_is_told_by_its_kind_alone():
    with pytest.raises(ProblemsError, match=r"what reads it fails \(ValueError\)") as told, foreign("a.sav"):
        raise ValueError("Jan Jansen")
    assert "Jan" not in str(told.value)
    with pytest.raises(OSError, match="disk"), foreign("a.sav"):
        raise OSError("disk")


def test_columns_that_are_known_to_be_spoilt_are_named():
    assert "column a, b" in not_utf8("a.sav", ["a", "b"]).action
    assert "column" not in not_utf8("a.sav").action
