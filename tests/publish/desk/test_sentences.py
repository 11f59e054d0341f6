"""Another wording of a sentence: what it makes of its file, and what it may not."""

import pytest
from plain import TOP, make_plain, write

from wavebook.core.problems import ProblemsError
from wavebook.publish.desk import edits, sentences

PAGE = TOP + (
    "# Begin\n\n[Het cijfer\nsteeg.]{.claim #steeg} Toen {trend}`daalde<grade>` het.[^1] Dit is zo. "
    "Dit is zo.\n\n"
    "- Dit is zo. En nog\n  meer.\n- Alleen dit.\n\n"
    "| a | Dit is zo. |\n|---|---|\n\nHet {trend}`daalde<grade>` weer.\n\n"
    "[^1]: Een noot.\n"
)


@pytest.fixture
def root(tmp_path):
    made = make_plain(tmp_path / "book", {"p.md": PAGE, "en/p.md": "# Begin\n\nIt rose. It rose.\n"})
    (made / "_config.yml").write_text("title: T\nauthor: A\nlanguages: [nl, en]\n", encoding="utf-8")
    return made


def reworded(root, place, new):
    page, passage = sentences.at(root, place)
    sentences.reword(root, page, passage, new)
    return (root / page.name).read_bytes().decode()


def problems(call, *args):
    with pytest.raises(ProblemsError) as caught:
        call(*args)
    return [(problem.code, problem.found) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("place", "old", "new", "typed"),
    [
        ("#steeg", "[Het cijfer\nsteeg.]{", "[Het daalde.]{", "[Het daalde.]{.claim #steeg}"),
        (":6", "[Het cijfer\nsteeg.]{", "[Het cijfer daalde\nfors.]{", "[Het cijfer daalde\nfors.]{.claim #steeg}"),
        (":7:2", "Toen {trend}`daalde<grade>` het.[^1]", "Toen niet.[^1]", "Toen niet.[^1]"),
        (":7:4", "Dit is zo.\n\n-", "Dit niet.\n\n-", "Dit niet."),
        (":9:1", "- Dit is zo.", "- Zo is het, met *nadruk*.", "Zo is het, met *nadruk*. "),
        (":10", "En nog\n  meer.", "En\n  nog minder.", "En\n  nog minder."),
        (":13:2", "| Dit is zo. |", "| Dat is zo. |", "Dat is zo."),
        (":18", "Een noot.", "Een andere noot.", "Een andere noot."),
    ],
)
def test_nothing_but_the_sentence_changes(root, place, old, new, typed):
    assert reworded(root, f"book/p.md{place}", typed) == PAGE.replace(old, new, 1)
    assert edits.undo(root).startswith("reworded book/p.md:")
    assert (root / "book/p.md").read_text(encoding="utf-8") == PAGE


def test_of_two_equal_sentences_of_a_translation_the_second_changes(root):
    assert reworded(root, "book/en/p.md:3:2", "It fell.") == "# Begin\n\nIt rose. It fell.\n"


def test_line_ends_and_the_mark_at_the_start_stay(root):
    write(root, "p.md", ("\ufeff" + PAGE).replace("\n", "\r\n").encode())
    made = reworded(root, "book/p.md#steeg", "[Het cijfer\ndaalde.]{.claim #steeg}")
    assert made == ("\ufeff" + PAGE.replace("steeg.]", "daalde.]")).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        ("book/p.md:7:3", " Dit is zo. Dit is zo.\n", " Dit is zo.\n"),
        ("book/p.md:7:4", " Dit is zo. Dit is zo.\n", " Dit is zo.\n"),
        ("book/p.md:9:1", "- Dit is zo. En nog", "- En nog"),
        ("book/p.md:16", "\n\nHet {trend}`daalde<grade>` weer.\n\n", "\n\n\n\n"),
        ("book/p.md:6", "[Het cijfer\nsteeg.]{.claim #steeg} Toen", "Toen"),
    ],
)
def test_no_words_drop_the_sentence(root, place, old, new):
    assert reworded(root, place, " ") == PAGE.replace(old, new)


@pytest.mark.parametrize(
    ("place", "new"),
    [
        ("book/p.md:9:1", "Een.\n\nTwee."),
        ("book/p.md:6", "# Kop"),
        ("book/p.md:7:3", "Een.\n- Twee."),
        ("book/p.md:7:3", "Een.\n```\ncode"),
        ("book/p.md:13:2", "Een | twee."),
        ("book/p.md:13:2", "Een\ntwee."),
        ("book/p.md:4", "Begin\nen meer"),
        ("book/p.md:11", ""),
        ("book/p.md:4", ""),
        ("book/p.md:18", ""),
        ("book/p.md:7:3", "Een \x1b[31m."),
        ("book/p.md:7:3", "Een \u202e."),
    ],
)
def test_words_that_would_be_more_than_a_sentence_are_refused(root, place, new):
    page, passage = sentences.at(root, place)
    assert [code for code, _ in problems(sentences.reword, root, page, passage, new)] == ["W458"]
    assert (root / "book/p.md").read_text(encoding="utf-8") == PAGE


def test_a_page_that_changed_since_it_was_seen_is_left_alone(root):
    page, passage = sentences.at(root, "book/p.md#steeg")
    write(root, "p.md", PAGE + "\nMeer.\n")
    assert [code for code, _ in problems(sentences.reword, root, page, passage, "Nee.")] == ["W457"]
    assert (root / "book/p.md").read_text(encoding="utf-8") == PAGE + "\nMeer.\n"


@pytest.mark.parametrize(
    ("place", "code", "found"),
    [
        ("book/p.md:7", "W456", "there are 4 sentences (1: [Het cijfer steeg.]{.claim #steeg}; 2: Toen"),
        ("book/p.md:7:9", "W456", "there is no sentence"),
        ("book/p.md:1", "W456", "there is no sentence"),
        ("book/p.md#zakte", "W456", "there is no sentence"),
        ("book/p.md", "W456", "is no place of a sentence"),
        ("book/q.md:1", "W455", "is no page of this book"),
        ("../p.md:1", "W455", "is no page of this book"),
    ],
)
def test_a_place_without_one_sentence_is_a_problem(root, place, code, found):
    ((seen, said),) = problems(sentences.at, root, place)
    assert seen == code
    assert said.startswith(found)


def test_the_second_role_of_one_text_is_found_and_none_in_code_or_comments(root):
    write(
        root,
        "p.md",
        "% {trend}`up<a>`\n`{trend}` and {trend}`up<a>` here. <!-- {trend}`up<a>` -->\n\nHow {trend}`up<a>`.\n",
    )
    page = sentences.page(root, "book/p.md")
    assert page.of_statement("trend", "up<a>").typed.startswith("`{trend}` and")
    assert page.of_statement("trend", "up<a>", 2).typed == "How {trend}`up<a>`."
    assert page.of_statement("trend", "up<a>", 3) is None
