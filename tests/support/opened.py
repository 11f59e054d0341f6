"""Respondent files that a test writes, and what is read of them."""

import polars as pl
import pyreadstat
import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging


def saved(folder, kind, frame: pl.DataFrame, labels: dict[str, str] | None = None):
    """A file of respondents of 2016 of this kind; ``labels`` are the questions by column, where a kind has them."""
    path = folder / f"2016.{kind}"
    if kind == "csv":
        frame.write_csv(path, separator=";")
    elif kind == "parquet":
        frame.write_parquet(path)
    elif kind == "xlsx":
        frame.write_excel(path)
    else:
        pyreadstat.write_sav(frame, path, compress=kind == "zsav", column_labels=labels)
    return path


def answers(path, **options):
    """All columns of a file by name, as they are loaded."""
    file = open_file(path, **options)
    return file.load(list(file.variables), Staging(path))[0].collect().to_dict(as_series=False)


def problems(call, *args, **options):
    with pytest.raises(ProblemsError) as error:
        call(*args, **options)
    return [str(problem).splitlines()[0] for problem in error.value.problems]
