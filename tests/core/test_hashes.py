from wavebook.core import hashes


def test_the_hash_of_a_text_is_that_of_its_bytes_and_is_cut_at_its_end():
    assert hashes.of("é") == hashes.of("é".encode())
    assert hashes.of("abc", hashes.NAMED) == "ba7816bf8f01cfea414140de"


def test_names_and_borders_of_contents_count():
    ways = [
        [("a", b"bc")],
        [("ab", b"c")],
        [("a", b"b"), ("", b"c")],
        [("a", b"b"), ("c", b"")],
        [("c", b""), ("a", b"b")],
    ]
    assert len({hashes.of_all(way) for way in ways}) == len(ways)


def test_each_content_has_a_hash_by_its_name():
    assert hashes.by_name({"a": b"abc"}) == {"a": "ba7816bf8f01cfea"}
