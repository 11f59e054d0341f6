"""Apostrophes before words, and quotation marks, which are typed by the same key."""

import pytest

from wavebook.site.apostrophes import written


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("nl", "'s Avonds is 't druk in 's-Hertogenbosch.", "’s Avonds is ’t druk in ’s-Hertogenbosch."),
        ("nl", "\"'k Weet 't,\" zei zij.", '"’k Weet ’t," zei zij.'),
        ("nl", "Zei hij: 'u bent welkom'", "Zei hij: 'u bent welkom'"),
        ("nl", "Foto's van z'n auto's en de letter 't'.", "Foto's van z'n auto's en de letter 't'."),
        ("nl", "De jaren '90, en '90' tussen tekens.", "De jaren ’90, en '90' tussen tekens."),
        ("en", "In the '90s, the letter 's, and 't was.", "In the '90s, the letter 's, and 't was."),
        ("de", "Das war '90.", "Das war ’90."),
    ],
)
def test_an_apostrophe_stands_before_what_a_language_shortens(language, typed, shown):
    assert written(typed, language) == shown
