"""A text taken apart into sentences."""

from wavebook.pages.sentences import sentences


def test_all_of_a_text_is_in_its_sentences():
    text = "Een. Twee? “Drie! Vier.” Vijf (zes. Zeven) acht… Negen n.v.t. Tien. 11 elf."
    found = sentences(text)
    assert "".join(text[low:high] for low, high in found) == text
    assert [text[low:high].strip() for low, high in found] == [
        "Een.", "Twee?", "“Drie! Vier.”", "Vijf (zes. Zeven) acht…", "Negen n.v.t. Tien. 11 elf."
    ]  # fmt: skip
