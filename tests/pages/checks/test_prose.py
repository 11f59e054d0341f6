import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.docutils_ import Parser

from wavebook.pages.checks.prose import typed_numbers
from wavebook.pages.uses import Use, live, live_link


def read(page):
    """A page as docutils sees it before any role of ours."""
    options = {"myst_enable_extensions": ["attrs_inline", "colon_fence", "deflist"], "report_level": 5}
    return publish_doctree(page, parser=Parser(), settings_overrides=options)


def found(page, fixed=(), language="nl"):
    return [typed.text for typed in typed_numbers(read(page), set(fixed), language)[0]]


def used(page, *fixed):
    return typed_numbers(read(page), set(fixed), "nl")[1]


# --- digits -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "typed"),
    [
        ("Een 6,9 voor de keten.", ["6,9"]),
        ("Er waren 39 van de 393 gemeenten.", ["39", "393"]),
        ("Dat is 40% of 40 %.", ["40%", "40 %"]),
        ("Het is -3 of −3 of +3.", ["-3", "−3", "+3"]),
        ("In totaal 1.400.000 accounts.", ["1.400.000"]),
        ("Het was 14.", ["14"]),
        ("Tussen 2008 en 2014.", ["2008", "2014"]),
        ("Niveau B1.", ["1"]),
        ("Ruim ½ deed mee.", ["½"]),
        ("Een ⁶ of ① of Ⅳ, op 12 m² en met CO₂.", ["⁶", "①", "Ⅳ", "12"]),
        ("Een ㉑, 🔟 of 🄂, en ⅟ ervan.", ["㉑", "🔟", "🄂", "⅟"]),
        ("Een ٦٫٤ of ６,４.", ["٦٫٤", "６,４"]),
        ("Nul komma niets.", []),
        ("Eén overheid, twee loketten.", []),
    ],
)
def test_any_digit_is_a_typed_number(sentence, typed):
    assert found(sentence) == typed


@given(st.integers(0, 10**6))
def test_no_number_slips_through_whatever_stands_around_it(number):
    document = nodes.document(None, None)
    document += nodes.paragraph("", f"Er waren er ({number}) bij.")
    assert [typed.text for typed in typed_numbers(document, set(), "nl")[0]] == [str(number)]


@pytest.mark.parametrize(
    "page",
    [
        "# Titel met 7\n\ntekst",
        "- punt met 7",
        "| a | b |\n|---|---|\n| x | 7 |",
        "> citaat met 7",
        ":::{note}\nlet op: 7\n:::",
        ":::{note} Kop met 7\ntekst\n:::",
        "woord\n: uitleg met 7",
        "**vet 7** en gewoon",
        "[link met 7](https://example.org)",
        "<b>7</b>",
        "![plaatje met 7](plaatje.png)",
        ":::{figure} plaatje.png\n:alt: plaatje met 7\n:::",
        ":::{figure} plaatje.png\nonderschrift met 7\n:::",
        "Typ `7` in.",
        "```\n7\n```",
        "```python\nx = 7\n```",
        '<abbr title="7 mensen">M</abbr>',
        '<span aria-label="7 mensen">x</span>',
        '<meter value="7"></meter>',
        '[link](https://example.org "met 7")',
        '![plaatje](plaatje.png "met 7")',
        "7. wie zo begint, telt niet",
        "1. een\n2. twee\n\ntekst\n\n7. wat niet verdergaat",
        '<ol start="7"><li>a</li></ol>',
        '<ol><li value="7">a</li></ol>',
    ],
)
def test_a_number_is_found_wherever_readers_meet_it(page):
    assert found(page) == ["7"]


@pytest.mark.parametrize(
    "page",
    [
        "Typ `grade@2014` in.",
        "```python\ngrade7 = figures['grade@2014']\n```",
        "<!-- 7 -->",
        "% 7",
        "[link](https://example.org/7)",
        "1. een\n2. twee\n\ntekst\n\n3. wat verdergaat",
        "- a\n\n1. een",
        "---\nfixed:\n  a 7: b\n---\ntekst",
    ],
)
def test_names_in_code_comments_and_addresses_are_no_numbers(page):
    assert found(page) == []


@pytest.mark.parametrize(
    "node",
    [
        live("", "6,9", use=Use("value")),
        live_link("", "6,9", use=Use("value")),
        nodes.citation_reference("", "Kanne, 2015"),
        nodes.inline("", "Kanne, 2015", refdomain="cite"),
        nodes.footnote_reference("", "1"),
    ],
)
def test_live_numbers_and_citations_are_not_typed(node):
    document = nodes.document(None, None)
    document += nodes.paragraph("", "Een ", node, nodes.Text(" dus."))
    assert typed_numbers(document, set(), "nl")[0] == []


def test_a_live_number_does_not_hide_the_typed_one_beside_it():
    document = nodes.document(None, None)
    document += nodes.paragraph("", "", live("", "6,9", use=Use("value")), nodes.Text(" of 7,1"))
    assert [typed.text for typed in typed_numbers(document, set(), "nl")[0]] == ["7,1"]


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "veertien procent",
        "Veertien procent",
        "één procent",
        "eenentwintig procent",
        "drieëndertig procent",
        "negenennegentig procent",
        "honderd procent",
        "tweehonderdvijftig procent",
        "vijf komma zes procent",
        "twee procentpunt",
        "Eén op de drie",
        "drie  op  de tien",
        "drie kwart",
        "twee-derde",
        "éénvijfde",
        "iedere derde",
        "een kleine helft",
        "zes van de tien",
        "twee keer zo",
        "nul procent",
        "een zesje",
        "rapportcijfer zeven",
        "zes komma negen",
        "een zevende",
        "Een zevende",
        "één vijfde",
        "drie vierde",
        "twee derde",
        "tweederde",
        "drie op de tien",
        "een op tien",
        "één op elke drie",
        "de helft",
        "een kwart",
        "driekwart",
        "eenderde",
        "twee miljoen",
        "honderdduizend",
        "een ruime zes",
        "tien keer vaker",
        "drie punten hoger",
        "factor twee",
    ],
)
def test_a_dutch_number_in_words_is_typed(words):
    assert [text.lower() for text in found(f"Er is {words} van.")] == [words.lower()]


@pytest.mark.parametrize(
    "sentence",
    [
        "Vier bedrijven en drie thema’s.",
        "Zij geven een acht, negen of tien.",
        "Het procentpunt is het verschil tussen percentages.",
        "Een zesdaagse reis.",
        "Op de tiende plaats.",
        "Een kwartier later.",
        "Op de een of andere manier.",
        "Een derde reden, een vierde meting en een zevende gemeente.",
        "Een zes jaar oud kind.",
    ],
)
def test_dutch_words_that_are_no_share_are_left_alone(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    "words",
    [
        "fourteen per cent",
        "Fourteen percent",
        "twenty-one per cent",
        "two percentage points",
        "six point nine",
        "a seventh",
        "one-seventh",
        "two thirds",
        "three quarters",
        "one in ten",
        "three out of every ten",
        "half of",
        "more than half",
        "half a million",
        "half a point higher",
    ],
)
def test_an_english_number_in_words_is_typed(words):
    assert [text.lower() for text in found(f"There is {words} them.", language="en")] == [words.lower()]


@pytest.mark.parametrize(
    "sentence",
    [
        "At this point in time.",
        "The point is clear.",
        "Interested in two things.",
        "On behalf of others.",
        "Four companies and three themes.",
        "The percentage points upwards.",
        "In every quarter men earned more.",
        "A third reason, a fifth survey and a quarter of an hour.",
        "In the second half of the year, with a half-hearted effort.",
    ],
)
def test_english_words_that_are_no_share_are_left_alone(sentence):
    assert found(sentence, language="en") == []


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("de", "Es sind zwei Millionen.", ["zwei Millionen"]),
        ("de", "Ein Viertel sagt das, zehnmal öfter.", ["Ein Viertel", "zehnmal öfter"]),
        ("de", "Ein dritter Grund, zum ersten Mal, und eine Acht.", []),
        ("fr", "Une douzaine de personnes, un demi-million.", ["Une douzaine", "un demi-million"]),
        ("fr", "Un quart d’heure, le tiers état et un point de vue.", []),
    ],
)
def test_numbers_in_other_languages(language, sentence, words):
    assert found(sentence, language=language) == words


def test_a_number_in_words_may_be_broken_over_lines():
    assert found("Dat is veertien\nprocent.") == ["veertien procent"]


def test_a_number_in_words_may_be_part_bold():
    assert found("Dat is **veertien** procent.") == ["veertien procent"]


def test_words_of_two_blocks_are_no_number():
    assert found("Het waren er veertien\n\nprocent na procent.") == []


# --- claims -----------------------------------------------------------------------------------------------


def test_a_claim_may_say_a_share_in_words():
    assert found("[Een zevende is ontevreden.]{.claim #x}") == []


def test_a_declared_phrase_before_a_claim_leaves_the_claim_where_it_is():
    assert found("Bij Digitaal 2017 is [een zevende ontevreden.]{.claim #x}", ["Digitaal 2017"]) == []


def test_a_claim_may_not_say_it_in_digits():
    assert found("[Veertien procent, dus 14%.]{.claim #x}") == ["14%"]


def test_words_outside_the_claim_are_still_typed():
    assert found("[Een zevende]{.claim #x} is ontevreden, en een vijfde niet.") == ["een vijfde"]


def test_a_number_that_lies_half_in_a_claim_is_typed():
    assert found("Dus veertien [procent]{.claim #x}.") == ["veertien procent"]


def test_a_span_of_another_class_is_no_claim():
    assert found("[Een zevende]{.lead} is ontevreden.") == ["Een zevende"]


# --- declared phrases -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "phrase", "typed"),
    [
        ("Het programma Digitaal 2017 loopt.", "Digitaal 2017", []),
        ("Het programma Digitaal 2017.", "Digitaal 2017", []),
        ("Het programma Digitaal 20178 loopt.", "Digitaal 2017", ["20178"]),
        ("Een 7 en een 17.", "7", ["17"]),
        ("Een 7 en een 7,1.", "7", ["7,1"]),
        ("Een 7 en 7%.", "7", ["7%"]),
        ("Een 7 en 2.7.", "7", ["2.7"]),
        ("Versie 4.0, dus.", "4.0", []),
        ("Artikel 3:4 en artikel 3:40.", "artikel 3:4", ["3", "4", "3", "40"]),
        ("Het is C++ 20 (nieuw).", "C++ 20", []),
        ("Een zevende hemel en een zevende.", "zevende hemel", ["een zevende"]),
    ],
)
def test_a_declared_phrase_excuses_whole_words_only(sentence, phrase, typed):
    assert found(sentence, [phrase]) == typed


def test_a_declared_phrase_may_be_broken_over_lines():
    assert found("Onder CC BY\n4.0 dus.", ["CC BY 4.0"]) == []


def test_the_longest_declared_phrase_goes_first():
    assert found("In 2017 en in 2017 alles online.", ["2017", "in 2017 alles online"]) == []
    assert used("In 2017 en in 2017 alles online.", "2017", "in 2017 alles online") == {"2017", "in 2017 alles online"}


def test_a_declared_phrase_that_stands_nowhere_is_not_used():
    assert used("Digitaal loopt.", "Digitaal 2017") == set()


def test_a_number_in_code_may_be_declared():
    page = "Typ `Digitaal 2017` in.\n\n```python\nx = 7\n```"
    assert found(page, ["Digitaal 2017", "x = 7"]) == []
    assert used(page, "Digitaal 2017", "x = 7") == {"Digitaal 2017", "x = 7"}


def test_a_phrase_that_holds_no_number_is_used_all_the_same():
    assert used("De Manifestgroep werkt samen.", "Manifestgroep") == {"Manifestgroep"}


# --- places -----------------------------------------------------------------------------------------------


def test_a_number_is_placed_on_the_line_of_its_block():
    page = "# Titel\n\nEen alinea.\n\nEen alinea met 7.\n\n| a | b |\n|---|---|\n| x | 8 |\n"
    assert [(t.text, t.line) for t in typed_numbers(read(page), set(), "nl")[0]] == [("7", 5), ("8", 7)]


def test_a_number_is_placed_on_its_own_line_of_a_block():
    page = "# Titel\n\nEen 7\nen `x` een 7\n\n- een *7\n  en 7*\n\n<div>\n7\n</div>\n"
    assert [t.line for t in typed_numbers(read(page), set(), "nl")[0]] == [3, 4, 6, 7, 10]


def test_numbers_come_in_the_order_of_the_text():
    assert found("Eerst 1, dan een zevende, dan 2.") == ["1", "een zevende", "2"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Een gesprek van een op een.",
        "Eén-op-één begeleid.",
        "De eerste helft van het jaar.",
        "Een zeven weken oude brief.",
        "Een van de vier loketten.",
        "Het derde loket.",
    ],
)
def test_words_that_count_nothing_of_a_survey_are_left_alone(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("<b>Zes</b> op de <i>tien</i>", "Zes op de tien"),
        ("*Zes* op de *tien*", "Zes op de tien"),
        ("Zes\\\nop de tien", "Zes"),
        ("<div>\n<b>Zes</b> op de <i>tien</i>\n</div>", "Zes"),
        ("<b>6</b>7", "67"),
    ],
)
def test_no_element_within_a_line_takes_a_number_apart(page, typed):
    (said,) = found(page)
    assert said.startswith(typed)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "half the people;twice as many;three of every four;a half;one-in-three;a percentage point;score of six"),
        ("de", "zur Hälfte;doppelt so viele;dreimal so oft;eine knappe Hälfte;sechs vom Hundert;zwei Drittel"),
        ("fr", "trois-quarts;deux fois plus;neuf dixièmes;six citoyens néerlandais sur dix;moitié moins"),
    ],
)
def test_numbers_in_words_are_found_in_each_language(language, words):
    for said in words.split(";"):
        assert len(found(f"Xyz {said}.", language=language)) == 1, said
