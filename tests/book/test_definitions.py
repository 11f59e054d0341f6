from wavebook.definitions import load_definitions


def test_every_declaration_of_the_book_reads_in_both_languages(root):
    d = load_definitions(root)
    texts = {f"{name}.{part}": getattr(i, part) for name, i in d.indicators.items() for part in ("name", "definition")}
    same = {name for name, text in texts.items() if text.nl == text.en}
    assert not same
