"""Text that looks like markup and is none."""

import pytest
from docutils.core import publish_doctree
from myst_parser.docutils_ import Parser

from wavebook.pages.leftovers import leftovers


def found(page):
    """What is left in a page as docutils sees it."""
    enabled = ["attrs_inline", "colon_fence", "deflist", "strikethrough", "substitution", "dollarmath"]
    options = {"myst_enable_extensions": enabled, "report_level": 5}
    document = publish_doctree(page, parser=Parser(), settings_overrides=options)
    return [(left.text, left.broken) for left in leftovers(document, {"smith2015"})]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("een {value} `grade`", "{value}"),
        ("een {value}‘grade’", "{value}‘grade’"),
        ("een {value}grade", "{value}grade"),
        ("een ｛value｝`grade`", "｛value｝"),
        ("een {value}｀grade｀", "{value}｀grade｀"),
        ("een (value)`grade`", "(value)"),
        ("een [value]`grade`", "[value]"),
        ("een :value:`grade`", ":value:"),
        ("een value`grade`", "value"),
        ("een {}`grade`", "{}"),
        ("een { value }`grade`", "{ value }"),
        ("een {value`grade`", "{value"),
        ("een value}`grade`", "value}"),
        ("een `tekst <https://x.nl>`_ dus", "_"),
        ("[Een zin]{.claim #a los.", "{.claim #a los."),
        ("[Een zin] {.claim #a} los.", "{.claim #a}"),
        ("[Een zin los.", "[Een zin los."),
        (".. note::\n\n   x", ".. note::"),
        ("：：：{note}", "：：：{note}"),
        ("zie [x] (index.md)", "[x] (index.md)"),
        ("zie (x)[index.md]", "(x)[index.md]"),
        ("zie [x](een pagina.md)", "[x]("),
        ("zie [x][y]", "[x][y]"),
        ("zie [[x]]", "[[x]]"),
        ("een noot[^x]", "[^x]"),
        ("zie [@smith2015, p. x]", "[@smith2015, p. x]"),
        ("zie @smith2015", "@smith2015"),
        ("zie \\cite{smith2015}", "\\cite"),
        ("een &onbekend; teken", "&onbekend;"),
        ("een &eacute teken", "&eacute"),
        ("| a | b |\n| c | d |", "| a | b |"),
        ("| a | b | c |\n|---|---|\n| d | e |", "| a | b | c |"),
        ("#Titel", "#Titel"),
        ("tekst\n##Kop twee", "##Kop twee"),
        ("een **vet woord", "**vet"),
        ("een ** vet ** woord", "**"),
        ("een *vet woord", "*vet"),
        ("een _vet woord", "_vet"),
        ("een __vet woord", "__vet"),
        ("een ~~weg woord", "~~weg"),
        ("-een\n-twee", "-een"),
        ("tekst\n-een\n-twee", "-een"),
        ("• een\n• twee", "• een"),
        ("een\\ twee", "\\"),
        ("een <b vet", "<b vet"),
        ("// voor ons", "// voor ons"),
        ("| a |\n|---|\n| {value} `x` |", "{value}"),
        ("- {value} `x`", "{value}"),
        ("## {value} `x`", "{value}"),
        ("[Een zin.]{claim #a}", "{claim #a}"),
        ("tekst <!-- geheim\n\nverder", "<!-- geheim"),
        ("<!- geheim ->", "<!- geheim ->"),
        ("tekst {# geheim #}", "{# geheim #}"),
        ("een {% if x %} dus", "{% if x %}"),
        ("een x{: .klas}", "{: .klas}"),
        ("####### Titel", "####### Titel"),
        ("##\u00a0Titel", "##\u00a0Titel"),
        ("(los) =\n## Kop", "(los) ="),
        ("tekst (los)= dus", "(los)="),
        ("•een", "•een"),
        ("– een\n– twee", "– een"),
        ("a) een\nb) twee", "a) een"),
        ("- [] doen", "[]"),
        ("Begrip\n:Uitleg", ":Uitleg"),
        ("een ~weg~ woord", "~weg~"),
        ("een ==geel== woord", "==geel=="),
        ("een ++nieuw++ woord", "++nieuw++"),
        ("> [!note] Let op\n> x", "[!note] Let op"),
        ("*[CBS]: Bureau", "*[CBS]: Bureau"),
        ("een x^[noot] dus", "^[noot]"),
        ("<<<<<<< HEAD\neen", "<<<<<<< HEAD"),
        ("===  ===\na  b\n===  ===", "===  ==="),
    ],
)
def test_markup_that_did_not_parse_is_found(page, text):
    assert [left for left, _ in found(page)][:1] == [text]


@pytest.mark.parametrize(
    "page",
    [
        "een [toelichting] hier, en [sic]",
        "– Ja, zei hij.",
        "van ~5 tot ~6, en a == b of C++ en ++",
        "(zie boven) = gelijk, en f(x)=y",
        "de rest:\nverder: zo",
        "50% of meer! <en minder",
        "{ } en x{1,2} en f[0]",
        "een `{value}` en `[x][y]` als code, en value `x`",
        "R&D en AT&T & Co; a < b > c, en 5 > 3",
        "medewerker*innen, n.v.t.* en 3 * 4",
        "een naam_met_streep, mail a@b.nl en @iemand",
        "publieks- en\n-dienstverlening",
        "op-\n-een",
        "-3 graden\n-4 graden",
        "# Titel\n\n#1 en #2",
        "een **vet** _schuin_ ~~weg~~ woord",
        "tijd: 10:30, en https://x.nl/a_b",
        "$x_1 * y$ en `**`",
        "een é &eacute; &amp; teken",
        "(het aantal)[^a]\n\n[^a]: noot",
        "> citaat | met streep",
        "het woord `x`",
    ],
)
def test_plain_text_is_left_alone(page):
    assert found(page) == []


def test_the_line_of_its_block_is_counted():
    assert found("een\ntwee {value} `x`\ndrie {n} `x`") == [("{value}", 1), ("{n}", 2)]
