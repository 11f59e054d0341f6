import pytest
from answered import Book


@pytest.fixture
def book(tmp_path):
    """A small book with one wave, whose respondent file and declarations a test writes."""
    return Book(tmp_path)
