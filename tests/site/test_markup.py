"""The markup of a site is what validators ask; each rule has a fault that it finds."""

import pytest
from markup import faults

PAGE = '<!DOCTYPE html>\n<html lang="nl"><head><title>t</title></head><body><main><h1>Kop</h1>{}</main></body></html>'

GOOD = {
    "a paragraph": '<p>Een <a href="#x">b</a> <span id="x">c</span></p>',
    "a chart": '<figure><figcaption>Wat</figcaption><svg role="img"><title>w</title><path d="M0"/></svg></figure>',
    "a list of terms": "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
    "a field": '<label for="q">Zoek</label><input id="q"><button type="submit">Zoek</button>',
    "text with signs": "<p>R&amp;D: 3 &lt; 4</p>",
}
WRONG = {
    "a block in a paragraph": ("<p>a<div>b</div></p>", "div in p"),
    "a paragraph after another that is open": ("<p>a<p>b</p></p>", "p in p"),
    "a paragraph between a figure and its caption": (
        "<figure><p>a</p><figcaption>b</figcaption></figure>",
        "figcaption is not the first in figure",
    ),
    "a heading in a heading": ("<h2>a<h3>b</h3></h2>", "h3 in h2"),
    "text in a list": ("<ul>a<li>b</li></ul>", "text in ul"),
    "an item outside a list": ("<div><li>b</li></div>", "li in div"),
    "a paragraph in a list": ("<ul><p>b</p></ul>", "p in ul"),
    "a row without a body": ("<table><tr><td>1</td></tr></table>", "tr in table"),
    "what says what is not a term": ("<dl><p>a</p></dl>", "p in dl"),
    "a definition without a term": ("<dl><dd>a</dd></dl>", "dl does not begin with dt"),
    "a term twice": ("<dl><dt>a</dt><dd>1</dd><dt>a</dt><dd>2</dd></dl>", "dl has 'a' twice"),
    "details without a summary": ("<details><p>a</p></details>", "details without summary"),
    "a link in a link": ('<a href="b">a <a href="b">b</a></a>', "a in a"),
    "a button in a link": ('<a href="b"><button type="button">b</button></a>', "button in a"),
    "an id twice": ('<p id="a">1</p><p id="a">2</p>', "id a stands 2 times"),
    "a description that is not there": ('<a href="b" aria-describedby="weg">a</a>', "weg is referred to and is no id"),
    "a link to nowhere on the page": ('<a href="#weg">a</a>', "#weg leads nowhere"),
    "a field without a label": ('<input name="q">', "a field q has no label"),
    "a link that says nothing": ('<a href="b"> </a>', "a says nothing"),
    "a heading that says nothing": ("<h2></h2>", "h2 says nothing"),
    "a heading that is skipped": ("<h3>a</h3>", "h3 after h1"),
    "a second title of the page": ("<h1>b</h1>", "2 times h1"),
    "a picture without a text": ('<img src="a.png">', "img has no alt"),
    "a button of no type": ("<button>a</button>", "button has no type"),
    "an empty address": ('<a href="">a</a>', "a has an empty href"),
    "a style in the page": ('<p style="color: red">a</p>', "p has style"),
    "a role that an element has": ('<div role="list"><p>a</p></div>', "div has role list, where ul would do"),
    "a header cell of no row or column": (
        "<table><tbody><tr><th>a</th><td>1</td></tr></tbody></table>",
        "th beside cells has no scope",
    ),
    "a slash in an element without an end": ("<br />", "br ends in a slash"),
    "an element that stays open": ("<div><p>a</p>", "main is closed where div is open"),
    "an end without a beginning": ("</em>", "em is closed where main is open"),
    "an attribute twice": ('<p class="a" class="b">c</p>', "p has an attribute twice"),
    "a form in a form": ("<form><form><p>a</p></form></form>", "form in form"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_right_is_left_alone(name):
    assert faults(PAGE.format(GOOD[name])) == []


@pytest.mark.parametrize("name", WRONG)
def test_each_fault_is_found(name):
    markup, fault = WRONG[name]
    assert any(fault in found for found in faults(PAGE.format(markup)))


def test_every_page_of_a_site_is_valid(site):
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 10
    assert {name: found for name, text in pages.items() if (found := faults(text))} == {}
