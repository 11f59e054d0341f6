"""The tables book, read by a program that readers use."""

import os
import re
from dataclasses import replace

import pytest
from bannered import ABOUT, bannered, book_of, bytes_of, rows_of, values_of
from small import SmallBook


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return bannered(SmallBook(tmp_path_factory.mktemp("book"))).load()


@pytest.fixture(scope="module")
def book(figures):
    return book_of(figures, independent=True, ninety=True, since="previous")


@pytest.fixture(scope="module")
def grade(book):
    return rows_of(book["1 Cijfer"])


@pytest.fixture(scope="module")
def share(book):
    return rows_of(book["2 Antwoord"])


def test_the_sheets_are_named_after_what_they_hold(book):
    assert book.sheetnames == ["Lees mij", "Inhoud", "Methode", "1 Cijfer", "2 Antwoord"]


def test_a_banner_names_breakdowns_segments_and_letters(book):
    heads = [[cell.value for cell in row][2:] for row in book["1 Cijfer"].iter_rows(min_row=4, max_row=6)]
    assert heads == [
        ["Totaal", "Leeftijd", None, "Thema", None],
        ["Iedereen", "18–34", "35 en ouder", "Werk", "School"],
        [None, "A", "B", "A", "B"],
    ]


def test_numbers_are_numbers_with_their_form(grade, share):
    row = grade["Cijfer", "rapportcijfer (1–10)"]
    assert {name: cell.value for name, cell in row.items()} == {
        "Iedereen": 6.93, "Werk": 7.21, "School": 6.54, "18–34": 6.8, "35 en ouder": 7.4,
    }  # fmt: skip
    assert {cell.number_format for cell in row.values()} == {"0.0"}
    cell = share["Ja", "percentage"]["Iedereen"]
    assert (cell.value, cell.number_format) == (pytest.approx(0.1426), "0%")


def test_margins_are_those_of_the_table(grade):
    ends = [values_of(grade["Cijfer", name])["Werk"] for name in ("95% van", "95% tot")]
    assert ends == pytest.approx([7.21 - 1.96 * 0.04, 7.21 + 1.96 * 0.04])


def test_bases_are_counted_unweighted_and_few_are_marked(grade, share):
    row = grade["Respondenten (ongewogen)", None]
    assert values_of(row) == {"Iedereen": 2000, "Werk": 900, "School": 700, "18–34": 25, "35 en ouder": 900}
    assert [row[name].number_format for name in ("Werk", "18–34")] == ["#,##0", '#,##0"*"']
    assert values_of(share["Respondenten (ongewogen)", None]) == {"Iedereen": 2000, "Werk": 900, "School": 690}


def test_a_letter_stands_with_the_higher_group_if_enough_people_are_behind_both(grade, share):
    assert values_of(grade["Cijfer", "Hoger dan"]) == {"Werk": "B"}  # not 35 and over, as 25 is too few
    assert values_of(share["Ja", "Hoger dan"]) == {"Werk": "B"}


def test_what_is_hidden_or_unknown_has_its_sign_and_nothing_else(share):
    assert {name: row["Werk"].value for (answer, name), row in share.items() if answer == "Nee" and "Werk" in row} == {
        "percentage": "–"
    }
    assert ("Nee", "Hoger dan") not in share


def test_no_number_stands_there_that_was_not_published_or_is_the_change_of_two_that_were(figures, book):
    published, values = set(), {}
    for figure in figures:
        per = 100 if figure.unit.is_share else 1
        numbers = (figure.value, figure.ci_low, figure.ci_high)
        published |= {round(number / per, 9) for number in numbers if number is not None}
        published |= {float(count) for count in (figure.n, figure.n_effective) if count is not None}
        values.setdefault(figure.key._replace(wave=""), []).append(figure.value)
    known = [[value for value in found if value is not None] for found in values.values()]
    changes = {round(a - b, 9) for found in known for a in found for b in found}
    for sheet in book.worksheets[3:]:
        cells = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)]
        assert len(cells) > 10
        for cell in cells:
            change = cell.number_format.startswith("+")
            assert round(cell.value, 9) in (changes if change else published), cell.coordinate


def test_a_change_is_that_of_published_numbers_in_its_own_unit(grade, share):
    row = grade["Cijfer", "Verschil met 2013 (punt)"]
    assert {name: round(cell.value, 6) for name, cell in row.items()} == {"Iedereen": 0.13}
    cell = share["Ja", "Verschil met 2013 (procentpunten)"]["Iedereen"]
    assert (cell.value, cell.number_format) == (pytest.approx(-2.74), "+#,##0;−#,##0;#,##0")


def test_what_readers_must_know_stands_below(book):
    below = [row[0].value for row in book["2 Antwoord"].iter_rows(min_row=7) if row[0].value]
    assert "Tussen 2013 en 2014: ander bureau." in below
    assert "Het aantal respondenten verschilt per antwoord; het kleinste aantal staat er." in below
    assert any(line.startswith("– verborgen") for line in below)
    assert "Bron: Jansen, 2015 (page 1)" in below


def test_links_lead_to_each_table_and_back(book):
    contents = book["Inhoud"]
    targets = [contents.cell(row, 2).hyperlink.location for row in (2, 3)]
    assert targets == ["'1 Cijfer'!A1", "'2 Antwoord'!A1"]
    assert [contents.cell(2, column).value for column in range(1, 6)] == [
        1, "Cijfer", "Rapportcijfer", "rapportcijfer (1–10)", "mensen",
    ]  # fmt: skip
    for name in ("Methode", "1 Cijfer", "2 Antwoord"):
        assert book[name]["A1"].hyperlink.location == "'Inhoud'!A1"


def test_sheets_keep_their_heads_in_sight_and_on_paper(book):
    sheet = book["1 Cijfer"]
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_title_cols) == ("D7", "$4:$6", "$A:$C")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert not any(sheet.merged_cells.ranges for sheet in book)


def test_the_first_sheet_says_what_it_is_and_what_its_signs_are(book):
    told = [(row[0].value, row[1].value) for row in book["Lees mij"].iter_rows()]
    for line in (
        ("Boek & meer: Tabellen naar groep, 2014", None),
        ("Publicatie", "Boek & meer"),
        ("Door", "Iemand"),
        ("Uitgevoerd door", "Twee"),
        ("Vergeleken met", "2013"),
        ("Bronnen", "Jansen (2015). Het rapport"),
        ("Licentie", "CC BY 4.0 https://x.nl/licentie"),
        ("–", "verborgen, omdat er te weinig mensen achter staan of een ander cijfer eruit zou volgen"),
    ):
        assert line in told
    assert {"A, B, …", "a, b, …", "▲", "▼", "·", "*"} <= {term for term, _ in told}


@pytest.mark.parametrize("way", [{}, {"holm": False}, {"independent": True}])
def test_the_method_is_that_of_the_letters(figures, way):
    told = " ".join(str(row[1].value) for row in book_of(figures, **way)["Methode"].iter_rows())
    assert ("Holm" in told) == way.get("holm", True)
    assert ("onafhankelijk zijn" in told or "als onafhankelijk genomen; daarvoor" in told) == bool(
        way.get("independent")
    )


@pytest.mark.parametrize(("language", "name"), [("en", "Contents"), ("nl", "Inhoud")])
def test_readers_find_their_own_language(figures, language, name):
    assert name in book_of(type(figures)(figures.definitions, figures.rows, **edition(figures, language))).sheetnames


def edition(figures, language):
    return {"wave": figures.wave, "baseline": figures.baseline, "population": "", "language": language}


def test_the_same_figures_give_the_same_bytes(figures):
    assert bytes_of(figures) == bytes_of(figures)


STARTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\\t=1+1", '=HYPERLINK(\\"http://x.nl\\")')


def test_text_is_never_a_formula(tmp_path):
    small = bannered(SmallBook(tmp_path))
    texts = ("werk", "cijfer", "ja", "Rapportcijfer", "mensen", "school")
    for start, text in zip(STARTS, texts, strict=True):
        small.edit("indicators.toml", f'nl = "{text}"', f'nl = "{start} {text}"')
    book = book_of(small.load(), replace(ABOUT, title="=1+1", author="@x"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"}
    shown = {cell.value for cell in cells}
    assert {"=1+1 werk", "+1 cijfer", "-1 ja", "@SUM(A1) Rapportcijfer", '=HYPERLINK("http://x.nl") school'} <= shown


def test_a_name_that_excel_forbids_is_made_one(tmp_path):
    small = bannered(SmallBook(tmp_path))
    small.edit(
        "indicators.toml",
        'name.nl = "cijfer"',
        "name.nl = \"wat/wie: [of] 'hoe'? * een heel lange naam van een onderwerp\"",
    )
    name = book_of(small.load()).sheetnames[3]
    assert len(name) <= 31
    assert not re.search(r"[\[\]:*?/\\']", name)


def test_many_tables_keep_few_files_open(tmp_path):
    resource = pytest.importorskip("resource")
    small = bannered(SmallBook(tmp_path))
    text = small.path("indicators.toml").read_text()
    one = re.search(r"\[indicators\.grade\].*?(?=\n\[)", text, re.DOTALL)[0]
    more = "\n".join(
        re.sub(r'(name.*? = ")', rf"\g<1>{n} ", one.replace("indicators.grade", f"indicators.g{n:03}"))
        for n in range(60)
    )
    small.write("indicators.toml", f"{text}\n{more}\n")
    for n in range(60):
        small.add("2014", indicator=f"g{n:03}", value="7", unit="grade")
    figures, limits = small.load(), resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 30, limits[1]))
    try:
        made = bytes_of(figures)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert made.count(b"xl/worksheets/sheet65.xml") == 2
