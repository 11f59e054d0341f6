"""Plural rules against those of Babel, which reads the same rules of CLDR."""

from decimal import Decimal

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from wavebook.language.plurals import form_of
from wavebook.language.words import LANGUAGES, words_in

NUMBERS = [
    *map(Decimal, [*range(32), 99, 100, 101, 102, 111, 121, 1000, 1001, 1000000, 2000000]),
    *map(Decimal, "0.0 0.1 0.5 0.9 1.0 1.00 1.1 1.5 1.9 2.0 2.1 5.0 11.0 21.1 1000000.0".split()),
]


def rules_of(locale):
    """CLDR's rules as it writes them itself."""
    return {name: rule.replace(" not in ", " != ").replace(" in ", " = ").replace(" mod ", " % ")
            for name, rule in Locale.parse(locale).plural_form.rules.items()}  # fmt: skip


def test_the_rules_of_every_language_are_followed_as_babel_does():
    codes = {name for name in locale_identifiers() if "_" not in name}
    assert len(codes) > 200
    for code in sorted(codes):
        rules, plural = rules_of(code), Locale.parse(code).plural_form
        forms = [*rules, "other"]
        assert [form_of(forms, rules, n) for n in NUMBERS] == [plural(n) for n in NUMBERS], code


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_language_has_the_rules_of_cldr_and_a_form_for_each(code):
    words = words_in(code)
    assert dict(words.plurals) == rules_of(words.locale)
    assert {len(forms) for forms in words.units.values()} == {len(words.plurals) + 1}


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("nl", {"1": "procentpunt", "2": "procentpunt"}),
        ("en", {"1": "percentage point", "1.0": "percentage points", "0": "percentage points"}),
        ("de", {"1": "Prozentpunkt", "1.0": "Prozentpunkte", "0.5": "Prozentpunkte", "2": "Prozentpunkte"}),
        ("fr", {"0": "point de pourcentage", "1.9": "point de pourcentage", "2": "points de pourcentage",
                "1000000": "de points de pourcentage", "1000001": "points de pourcentage"}),
    ],
)  # fmt: skip
def test_a_unit_has_the_form_for_its_number(language, numbers):
    words = words_in(language)
    forms = words.units["percentage_point"]
    assert {n: form_of(forms, words.plurals, Decimal(n)) for n in numbers} == numbers


def test_a_rule_that_is_none_says_so():
    with pytest.raises(ValueError, match="no relation"):
        form_of(("a", "b"), {"one": "n is 1"}, Decimal(1))
