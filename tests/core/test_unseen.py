"""Characters that no reader sees are found whatever they are; what languages and emoji are written with is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wavebook.core.unseen import may_be_unseen, unseen, visible

# Of Unicode's category "format" these have ink: signs of numbers and verses in Arabic and Kaithi.
INK = {*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
# Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which Python does not have.
IGNORED = [
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
]


def test_every_character_of_the_kinds_that_nobody_sees_is_found_among_letters():
    kinds = [n for n in range(0x110000) if unicodedata.category(chr(n)) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")]
    ignored = [n for first, last in IGNORED for n in range(first, last + 1)]
    none = [n for n in range(0x110000) if n & 0xFFFE == 0xFFFE or 0xFDD0 <= n <= 0xFDEF]
    wanted = {*kinds, *ignored, *none, 0x2800} - INK - {*map(ord, "\t\n\r")}
    assert len(wanted) > 140_000
    assert [hex(n) for n in wanted if unseen(f"ver{chr(n)}trouwen") is None] == []


def test_nothing_that_has_ink_or_width_is_found():
    found = [
        n for n in range(0x110000) if unicodedata.category(chr(n)) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Cn")
    ]
    without = {
        0x34F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x2800,
        0x3164,
        0xFFA0,
        0x16FE4,
        0x1D159,
        0x13440,
        *range(0x180B, 0x1810),
    }
    without |= {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
    assert [hex(n) for n in found if n not in without and unseen(f"a{chr(n)}b")] == []


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("\u200b", "an invisible character (U+200B, zero width space) after “tevreden over ver”"),
        ("\u202e", "an invisible character (U+202E, right-to-left override) after “tevreden over ver”"),
        ("\x07", "a control character (U+0007) after “tevreden over ver”"),
        ("\uf0b7", "a character that each font draws in its own way (U+F0B7) after “tevreden over ver”"),
        ("\ud83d", "half a character (U+D83D) after “tevreden over ver”"),
        ("\ufffe", "an invisible character (U+FFFE) after “tevreden over ver”"),
    ],
)
def test_it_is_named_with_the_text_before_it_by_which_it_can_be_found(char, said):
    assert unseen(f"Is men\ntevreden over ver{char}trouwen?") == (24, said)
    assert unseen(f"{char}vertrouwen").said == said.partition(" after")[0]


WRITTEN = {
    "Persian": "می\u200cخواهم کتاب\u200cها",
    "Bengali": "র\u200d্য",
    "Sinhala": "ශ්\u200dරී",
    "Khmer, which has no spaces": "សូម\u200bអរគុណ",
    "Hebrew with a name in Latin": "C++\u200e היא שפה",
    "Mongolian": "ᠨ\u180bᠠ",
    "a Japanese name": "葛\U000e0100城",
    "a heart in colour": "❤\ufe0f",
    "a sign as text": "☎\ufe0e",
    "a key": "1\ufe0f\u20e3",
    "a fire fighter": "👩🏽\u200d🚒",
    "a couple": "👩\u200d❤\ufe0f\u200d👨",
    "the flag of Scotland": "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "French": "«\u00a0Vraiment\u202f?\u00a0»",
    "Dutch": "coördinatie, ’s avonds – 1\u00a0000 euro",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_text_is_written_with_stays_where_it_does_its_work(name):
    assert unseen(WRITTEN[name]) is None
    assert visible(WRITTEN[name]) == WRITTEN[name]


@pytest.mark.parametrize(
    "text",
    [
        *("ver\u200ctrouwen", "ver\u200dtrouwen", "می\u200c\u200cخواهم", "❤\ufe0f\ufe0f", "a\ufe0f", "1\ufe0f"),
        *("👩\u200d", "ver\u200etrouwen", "\u200e\u061c\u200f", "城\U000e0100\U000e0100", "ver\u200bเ"),
        WRITTEN["the flag of Scotland"] + "\U000e0067",
        "\U0001f3f4\U000e0068\U000e0069\U000e007f",  # of no region: a message
    ],
)
def test_the_same_elsewhere_is_found(text):
    assert unseen(text)


@given(
    st.text(
        st.one_of(
            st.characters(), st.sampled_from("a城ب❤1👩\u20e3\u200b\u200c\u200d\u200e\u061c\ufe0f\U000e0100\u17b4")
        )
    )
)
def test_what_is_made_visible_holds_nothing_unseen_and_all_that_was_seen(text):
    assert unseen(visible(text)) is None
    if unseen(text) is None:
        assert visible(text) == text


@given(st.text())
def test_the_quick_look_at_bytes_misses_nothing(text):
    text = text.encode("utf-8", "ignore").decode()
    assert unseen(text) is None or may_be_unseen(text.encode())


def test_texts_in_european_letters_need_no_slow_look():
    assert not may_be_unseen("één, coördinatie, Łódź, Ελλάδα, Україна\n".encode())
