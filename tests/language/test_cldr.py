"""The forms of CLDR as fields of the notation."""

import pytest

from wavebook.language.cldr import forms_of


@pytest.mark.parametrize(
    ("locale", "day", "month", "percent", "thousands"),
    [
        ("nl_NL", "{day} {month} {year}", "{month} {year}", "{n}%", "."),
        ("de_DE", "{day}. {month} {year}", "{month} {year}", "{n}\u00a0%", "."),
        ("es_ES", "{day} de {month} de {year}", "{month} de {year}", "{n}\u00a0%", "."),
        ("en_US", "{month} {day}, {year}", "{month} {year}", "{n}%", ","),
        ("de_CH", "{day}. {month} {year}", "{month} {year}", "{n}%", "’"),
    ],
)
def test_patterns_have_the_names_of_what_is_filled_in(locale, day, month, percent, thousands):
    forms = forms_of(locale)
    assert (forms["day"], forms["month"], forms["percent"], forms["thousands"]) == (day, month, percent, thousands)


def test_months_that_stand_alone_are_given_where_they_differ():
    polish = forms_of("pl_PL")
    assert (polish["months"][11], polish["alone"][11]) == ("grudnia", "grudzień")
    assert forms_of("nl_NL")["alone"] == ()


def test_a_locale_that_is_unknown_says_so():
    for name in ("qq_QQ", "", "a b c"):
        with pytest.raises(LookupError):
            forms_of(name)
