"""Formulas as MathML."""

import re

import pytest

from wavebook.pages.mathematics import is_number, mathml, numbers


@pytest.mark.parametrize(
    ("tex", "held"),
    [
        (r"\frac12", "<mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        (r"\frac{a}2", "<mfrac><mi>a</mi><mn>2</mn></mfrac>"),
        (r"\dfrac a b", "><mi>a</mi><mi>b</mi></mfrac>"),
        ("x^12", "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>"),
        ("x_ab", "<msub><mi>x</mi><mi>a</mi></msub><mi>b</mi>"),
        (r"\sqrt2x", "<msqrt><mn>2</mn></msqrt><mi>x</mi>"),
        (r"\left(\frac12\right)", "</mfrac><mo>)</mo>"),
        (r"\hat p", "<mover"),
        (r"\begin{equation}a\end{equation}", "<mi>a</mi>"),
        (r"\begin{gather*}a\\b\end{gather*}", "<mtr>"),
        (r"\text{<b>}", "<mtext>&lt;b&gt;</mtext>"),
        (r"\{a\}", "<mo"),
        (r"g_{\rm max}", "<msub><mi>g</mi><mi>max</mi></msub>"),
        (r"\rm{T}", '<mi mathvariant="normal">T</mi>'),
        (r"^\circ", "<mo>∘</mo></msup>"),
        (r"\big(\dots\big)", "<mi>…</mi>"),
    ],
)
def test_a_formula_is_read_as_tex_reads_it(tex, held):
    assert held in mathml(tex, block=True)


@pytest.mark.parametrize("tex", [r"\onbekend", "a_{", "a}", "}{", r"\begin{x}a\end{x}", r"\href{javascript:x}{a}", "^"])
def test_a_formula_that_cannot_be_read_is_refused(tex):
    with pytest.raises(ValueError, match=r"\w"):
        mathml(tex)


def test_a_formula_in_a_line_is_no_block():
    assert "display" not in mathml("a")
    assert 'display="block"' in mathml("a", block=True)


@pytest.mark.parametrize(
    ("tex", "number"), [("6{,}4", True), (r"12\%", True), ("-3", True), ("x=3", False), ("x", False)]
)
def test_a_number_alone_is_no_formula(tex, number):
    assert is_number(tex) is number


@pytest.mark.parametrize(
    ("tex", "told"),
    [
        ("6{,}4", "6,4"),
        ("x = 6{,}4 \\%", "6,4 %"),
        ("y = 1 + \\frac{1}{2} x^{12} + x_{10}", ""),
        ("\\text{in 7 gemeenten}", "in 7 gemeenten"),
        ("n = 393", "393"),
        ("\\hspace{10pt} z", ""),
        ("7", "7"),
    ],
)
def test_what_may_be_a_figure_is_told_from_what_is_a_part_of_a_formula(tex, told):
    assert numbers(tex) == told


@pytest.mark.parametrize(
    ("tex", "told"),
    [(r"\bar", "a command has nothing behind it"), (r"\onbekend", r'Unknown LaTeX command "\onbekend"')],
)
def test_it_is_told_why_a_formula_cannot_be_read(tex, told):
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        mathml(tex)
