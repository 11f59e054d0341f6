import pytest


@pytest.fixture
def folder(tmp_path):
    """The folder of a book's respondents."""
    made = tmp_path / "data" / "responses"
    made.mkdir(parents=True)
    return made
