"""Drafts of a language: whole files whose only faults are what is to be translated."""

import pytest

from wavebook.language.checking import faults
from wavebook.language.drafting import draft
from wavebook.language.reading import read_words


@pytest.mark.parametrize("code", ["pl", "es", "sv", "ja", "el"])
def test_a_draft_has_the_forms_of_cldr_and_english_texts(tmp_path, code):
    path = tmp_path / f"{code}.py"
    path.write_text(draft(code), encoding="utf-8")
    words = read_words(path)
    assert words.locale.startswith(f"{code}_")
    found = faults(code, words)
    to_do = ("is left in English", "are left in English", "Sphinx", "Docutils has no catalogue")
    rest = [told for told in found if not any(text in told for text in to_do)]
    assert all(told.startswith("units, ") for told in rest), rest
    assert len(found) > 200


def test_a_language_that_nobody_knows_is_not_drafted():
    with pytest.raises(LookupError):
        draft("qq")
