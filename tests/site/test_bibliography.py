"""Citations and the list of sources in the language of the page."""

import re

import leaf
import pytest
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from sphinxcontrib.bibtex.plugin import find_plugin as find_style

import book
from wavebook.definitions.model import Source
from wavebook.definitions.references import letters, read_sources, settle
from wavebook.language.wording import cited
from wavebook.site import bibliography

SOURCES = """
@techreport{one, author = {Jansen, Jan and de Vries, An}, title = {Het rapport}, institution = {Bureau}, number = {7},
    year = {2015}, langid = {dutch}, url = {https://x.nl/a_b}}
@misc{two, author = {Bos, Bo}, title = {Een}, journal = {Blad}, year = {2014}}
@article{three, author = {Bos, Bo}, title = {Twee}, journal = {Blad}, year = {2014}}
"""


def style(language):
    bibliography.register(language)
    return find_plugin("pybtex.style.formatting", "wavebook")()


def listed(language):
    """Label and text of each source, by its key."""
    entries = parse_string(SOURCES, "bibtex").entries.values()
    made = style(language).format_entries(entries)
    return {entry.key: (entry.label, str(entry.text).replace("<nbsp>", " ")) for entry in made}


def test_a_label_is_that_of_a_citation_with_a_letter_where_two_would_be_alike():
    found = {key: label for key, (label, _) in listed("nl").items()}
    assert found == {"one": "Jansen en de Vries, 2015", "two": "Bos, 2014a", "three": "Bos, 2014b"}
    assert listed("en")["one"][0] == "Jansen and de Vries, 2015"


def test_sources_are_in_the_order_of_their_labels():
    people = [
        "{{I\\&O Research}}",
        "Bos, B",
        "{{Algemene Kamer}}",
        "Bos, B and {De Wit}",
        "{{iBestuur}}",
        "{{\\'Ecole}}",
        "Bos, B and {De Wit} and Zee, A",
        "{Van Dijk}",
    ]
    text = "".join(
        f"@misc{{k{n}, author = {{{name}}}, title = {{T}}, year = {{2010}}}}" for n, name in enumerate(people)
    )
    made = style("nl").format_entries(parse_string(text, "bibtex").entries.values())
    assert [entry.label.removesuffix(", 2010") for entry in made] == [
        "Algemene Kamer", "Bos", "Bos en De Wit", "Bos e.a.", "École", "I&O Research", "iBestuur", "Van Dijk",
    ]  # fmt: skip


def test_a_citation_in_a_sentence_and_a_source_line_name_the_authors_alike():
    bibliography.register("nl")
    reference = find_style("sphinxcontrib.bibtex.style.referencing", "wavebook")()
    for people, said in {
        "Bos, B": "Bos",
        "Bos, B and {De Wit}": "Bos en De Wit",
        "Bos, B and {De Wit} and Zee": "Bos e.a.",
    }.items():
        text = f"@misc{{k, author = {{{people}}}, title = {{T}}, year = {{2010}}}}"
        entry = parse_string(text, "bibtex").entries["k"]
        (labelled,) = style("nl").format_entries([entry])
        source = Source(**read_sources(text, "x", [])["k"])
        inside = reference.person.names("author", full=False).format_data({"entry": entry, "style": reference})
        assert [labelled.label, cited(source, "nl"), str(inside)] == [f"{said}, 2010", f"{said}, 2010", said]


def test_a_report_has_authors_title_institution_number_and_address():
    text = listed("nl")["one"][1]
    assert text == "Jan Jansen en An de Vries. Het rapport. Bureau, rapport 7, 2015. https://x.nl/a_b."
    assert " and " in listed("en")["one"][1]
    assert "report 7" in listed("en")["one"][1]


def test_a_title_keeps_the_capitals_that_its_editor_typed():
    entry = parse_string(SOURCES.replace("Het rapport", "Wege zur Arbeit in Berlin"), "bibtex").entries["one"]
    assert "Wege zur Arbeit in Berlin. Bureau" in str(style("de").format_entry("x", entry).text)


def test_an_article_has_its_journal_as_any_other_source():
    texts = [text for _, text in listed("nl").values()]
    assert texts[:2] == ["Bo Bos. Een. Blad, 2014.", "Bo Bos. Twee. Blad, 2014."]


@pytest.mark.parametrize(
    ("language", "langid", "marked"),
    [("nl", "dutch", False), ("en", "dutch", True), ("en", "", False), ("en", "english", False), ("en", "nl", True)],
)
def test_what_a_source_calls_itself_is_marked_where_it_is_known_to_be_in_another_language(language, langid, marked):
    entry = parse_string(SOURCES.replace("{dutch}", f"{{{langid}}}"), "bibtex").entries["one"]
    shown = style(language).format_entry("x", entry).text
    html = shown.render(find_plugin("pybtex.backends", "docutils")())
    dutch = [node.astext() for node in html if "language-nl" in getattr(node, "attributes", {}).get("classes", ())]
    assert dutch == (["Het rapport.", "Bureau"] if marked else [])


def test_a_source_is_made_once_in_a_process_but_one_that_shows_another_each_time(monkeypatch):
    monkeypatch.setattr(bibliography._Style, "made", {})
    entries = parse_string(SOURCES.replace("title = {Een}", "title = {Een}, crossref = {three}"), "bibtex").entries
    one, again = (style("nl").format_entry("x", entries["one"]) for _ in range(2))
    assert one is again
    assert style("en").format_entry("x", entries["one"]) is not one
    assert style("nl").format_entry("y", entries["one"]) is not one
    made = len(bibliography._Style.made)
    first, second = (style("nl").format_entry("x", entries["two"]) for _ in range(2))
    assert first is not second
    assert len(bibliography._Style.made) == made


@pytest.mark.parametrize(("language", "and_", "others"), [("nl", " en ", " e.a."), ("en", " and ", " et al.")])
def test_a_citation_is_in_the_words_of_the_page_between_brackets(language, and_, others):
    bibliography.register(language)
    made = find_style("sphinxcontrib.bibtex.style.referencing", "wavebook")()
    assert (made.person.sep2, made.person.last_sep, made.person.other) == (and_, and_, others)
    inside, textual = made.bracket_parenthetical, made.bracket_textual
    assert (inside.left, inside.right, inside.sep, textual.sep) == ("(", ")", "; ", ", ")


def test_names_of_latex_become_text():
    entry = parse_string("@misc{a, author = {Jos{\\'e}, B}, title = {T}, year = {2014}}", "bibtex").entries["a"]
    bibliography.register("nl")
    label = find_plugin("pybtex.style.labels", "wavebook")()
    assert list(label.format_labels([entry])) == ["José, 2014"]


TYPES = (
    "article book booklet collection conference dataset electronic film inbook incollection inproceedings legislation "
    "manual map mastersthesis misc online patent phdthesis proceedings report software standard techreport thesis "
    "unpublished video www"
).split()


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_entry_that_a_reference_manager_writes_is_listed_and_without_a_word_of_english(kind):
    bare = f"@{kind}{{a, author = {{Jansen, Piet}}, title = {{Een titel}}, date = {{2016-05-12}}, month = may}}"
    full = bare.replace("month", "journaltitle = {Blad}, type = {Rapport}, number = {4}, doi = {10.1/x}, month")
    entries = [settle(parse_string(text, "bibtex").entries["a"]) for text in (bare, full)]
    made = [str(style("nl").format_entry("x", entry).text).replace("<nbsp>", " ") for entry in entries]
    assert made == ["Piet Jansen. Een titel. 2016.", "Piet Jansen. Een titel. Blad, Rapport 4, 2016. doi:10.1/x."]


def test_a_volume_has_its_number_and_pages_and_a_collection_its_editors():
    where = "journal = {B}, volume = 3, number = 4, pages = {5-9}, year = 2016"
    text = f"@collection{{a, editor = {{Bos, Bo}}, title = {{T}}, {where}}}"
    entry = settle(parse_string(text, "bibtex").entries["a"])
    made = str(style("nl").format_entry("x", entry).text).replace("<nbsp>", " ")
    assert made == "Bo Bos. T. B, 3(4): 5<ndash>9, 2016."


@pytest.mark.parametrize(("people", "told"), [("Bos, Bo", "Bo Bos"), ("Bos, Bo and Zee, Z", "Bo Bos, Z Zee")])
@pytest.mark.parametrize(("language", "others"), [("nl", "e.a."), ("en", "et al.")])
def test_authors_that_an_entry_does_not_name_are_told_in_a_word(language, others, people, told):
    text = f"@report{{k, author = {{{people} and others}}, title = {{T}}, year = 2016}}"
    entry = settle(parse_string(text, "bibtex").entries["k"])
    made = str(style(language).format_entry("x", entry).text).replace("<nbsp>", " ")
    assert made == f"{told} {others}. T. 2016.".replace(". .", ".").replace("..", ".")
    assert cited(Source(**read_sources(text, "x", [])["k"]), language) == f"Bos {others}, 2016"


def test_an_edition_lists_the_sources_that_it_uses_and_tells_no_later_fact(tmp_path):
    root = leaf.make_leaf(tmp_path)
    for name in ("later", "cited"):
        with (root / "data/references.bib").open("a", encoding="utf-8") as file:
            file.write(f"\n@misc{{{name}, author = {{Later, L}}, title = {{Of {name}}}, year = {{2016}}}}\n")
    book.edit(root, "data/waves.toml", "[waves.2014]\n", '[waves.2014]\nreport = "later"\npublished = true\n')
    book.edit(root, "data/waves.toml", "[waves.2013]\n", "[waves.2013]\npublished = true\n")
    page = "---\nreviewed: 2014\n---\n# T\n\n{cite:p}`report,cited`\n\n{facts}\n\n```{bibliography}\n:all:\n```\n"
    (root / "book/index.md").write_text(page.replace("{facts}", "```{facts}\n```"), encoding="utf-8")
    book.edit(root, "data/context.toml", "[towns]\n", "[towns]\nsince = 2014\n")
    for wave, listed in (("2013", False), ("2014", True)):
        run = book.wavebook(root, "build", "--draft", "--wave", wave, keep=root / "_build" / "kept" / wave)
        html = run.page("index")
        assert ("Of later" in html, "gemeenten" in html, "Of cited" in html) == (listed, listed, True)
        assert re.search(r">Later, 2016a</a>\)", html)
        assert ("2016b" in html, html.count("2016")) == (listed, html.count("2016a") + html.count("2016b"))


def test_sources_of_the_same_authors_and_year_have_a_letter_wherever_they_are_named():
    text = "".join(
        f"@misc{{{key}, author = {{{author}}}, title = {{{title}}}, year = {{{year}}}}}\n"
        for key, author, title, year in (
            ("x", "Jansen, Jan", "Het rapport", "2016"),
            ("w", "Jansen, Jan", "Het rapport", "2016"),  # title, author and year alike: then by key
            ("v", "Jansen, Jan", "Een rapport", "2016"),
            ("u", "Jansen, Jan", "Het rapport", "2015"),
            ("t", "Jansen, Jan and Bos, Bo", "Het rapport", "2016"),
            ("s", "Jansen, Jan and Bos, Bo and Zee, Z", "Het rapport", "2016"),
            ("r", "Jansen, Jan and Wit, W and Zee, Z", "Het rapport", "2016"),
        )
    )
    problems = []
    sources = {key: Source(**fields) for key, fields in read_sources(text, "x", problems).items()}
    assert {key: cited(source, "nl") for key, source in sources.items()} == {
        "v": "Jansen, 2016a",
        "w": "Jansen, 2016b",
        "x": "Jansen, 2016c",
        "u": "Jansen, 2015",
        "t": "Jansen en Bos, 2016",
        "r": "Jansen e.a., 2016a",
        "s": "Jansen e.a., 2016b",
    }
    assert not problems
    assert [letters({f"{n:02}": (["A"], "2016", "T") for n in range(28)})[f"{n:02}"] for n in (0, 25, 26, 27)] == [
        *("a", "z", "aa", "ab")
    ]
