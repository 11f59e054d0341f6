import pytest

from wavebook.survey.files import limits


def test_no_file_has_more_columns_than_a_survey():
    limits.check_width(limits.COLUMNS)
    with pytest.raises(OSError, match="it has 20,001 columns, and at most 20,000 are read"):
        limits.check_width(limits.COLUMNS + 1)
