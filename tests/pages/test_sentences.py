"""A text taken apart into sentences."""

import pytest

from wavebook.language.words import LANGUAGES, words_in
from wavebook.pages.sentences import sentences


def test_all_of_a_text_is_in_its_sentences():
    text = "Een. Twee? “Drie! Vier.” Vijf (zes. Zeven) acht… Negen n.v.t. Tien. 11 elf."
    found = sentences(text, "nl")
    assert "".join(text[low:high] for low, high in found) == text
    assert [text[low:high].strip() for low, high in found] == [
        "Een.", "Twee?", "“Drie! Vier.”", "Vijf (zes. Zeven) acht…", "Negen n.v.t. Tien. 11 elf."
    ]  # fmt: skip


# Each text is two sentences, divided at the bar.
DIVIDED = {
    "nl": (
        "Het ging om dhr. Jansen, enz. enz. te Ede.| Zij belden.",
        "Zij zei: “Ga. Nu.” en ging.|’s Avonds belde zij.",
        "‘Ja. En nu?’|«Nee. Nooit.»",
    ),
    "en": (
        "It concerned Mr. Smith, approx. Two of them.| They called.",
        "She said: “Go. Now.” and went.| Then she called.",
    ),
    "de": (
        "Das betraf bzw. Herrn Dr. Meyer, z. B. am 3. Mai.| Sie riefen an.",
        "Sie sagte: „Geh. Jetzt.“ und ging.| Dann rief sie an.",
        "Sie sagte: »Geh. Jetzt.« und ging.| Dann rief sie an.",
        "Das war der 2. Platz im Jahr 2014.| Danach stieg sie.",
    ),
    "fr": (
        "Il s’agit de M. Dupont, cf. Annexe.| Ils appellent.",
        "Elle dit\u00a0: «\u00a0Va. Maintenant.\u00a0» puis elle part.| Elle appelle.",
        "Qui appelle\u202f?| Personne.",
        "«\u00a0Qui appelle\u202f?\u00a0»|«\u00a0Personne.\u00a0»",
    ),
}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in DIVIDED for text in DIVIDED[code]])
def test_a_text_is_divided_by_the_marks_of_its_language(language, text):
    one, two = (part.strip() for part in text.split("|"))
    whole = f"{one} {two}"
    assert [whole[low:high].strip() for low, high in sentences(whole, language)] == [one, two]


def test_a_live_number_at_the_end_is_no_ordinal():
    text = "Die Note ist 7. Danach stieg sie."
    assert len(sentences(text, "de")) == 1
    assert len(sentences(text, "de", whole=[(13, 14)])) == 2


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_an_abbreviation_ends_no_sentence(language):
    for word in words_in(language).prose.abbreviations:
        assert word == word.lower()
        assert len(sentences(f"Aa {word}. Bb.", language)) == 1
