"""Respondent files that a test writes, and what is read of them."""

import pytest

from wavebook.core.problems import ProblemsError
from wavebook.survey.files.opening import open_file
from wavebook.survey.files.staging import Staging


def answers(path, **options):
    """All columns of a file by name, as they are loaded."""
    file = open_file(path, **options)
    return file.load(list(file.variables), Staging(path))[0].collect().to_dict(as_series=False)


def problems(call, *args, **options):
    with pytest.raises(ProblemsError) as error:
        call(*args, **options)
    return [str(problem).splitlines()[0] for problem in error.value.problems]
