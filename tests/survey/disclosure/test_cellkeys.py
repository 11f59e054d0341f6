"""Keys of respondents and cells: who is told from whom, and what noise follows."""

import re
import stat

import numpy as np
import polars as pl
import pytest

from wavebook.core.units import MOST_NOISE
from wavebook.survey.disclosure.cellkeys import FILE, CellKeys, Secret, cell_keys


def secret(seed):
    return Secret(int(seed).to_bytes(32, "big"))


def test_noise_has_mean_zero_its_deviation_and_an_end():
    drawn = np.array([secret(seed).noise("cell") for seed in range(20_000)])
    assert abs(drawn.mean()) < 4 / np.sqrt(len(drawn))
    assert drawn.std() == pytest.approx(1, abs=0.02)
    assert 3 < np.abs(drawn).max() <= MOST_NOISE
    lowest, highest = (Secret.noise(Fixed(bytes(32), part), "x") for part in (0.0, 1.0))
    assert (lowest, highest) == pytest.approx((-MOST_NOISE, MOST_NOISE), abs=1e-9)


class Fixed(Secret):
    """A secret that says what is drawn."""

    def __init__(self, key, part):
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "drawn", part)

    def part(self, *what):
        return self.drawn


def test_what_is_hashed_follows_from_the_secret_and_from_all_parts():
    assert secret(1).hashed("a", 1) == secret(1).hashed("a", "1")
    different = [secret(1).hashed("a", 1), secret(2).hashed("a", 1), secret(1).hashed("a", 2), secret(1).hashed("a1")]
    assert len(set(different)) == 4
    assert all(0 <= secret(seed).part("x") < 1 for seed in range(100))


def test_a_secret_is_made_for_its_owner_alone_and_read_again(tmp_path):
    assert Secret.read(tmp_path) is None
    made = Secret.make(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert Secret.read(tmp_path) == made
    assert Secret.make(tmp_path) != made


@pytest.mark.parametrize("text", ["", "zz" * 32, "00" * 31, "00" * 33, "é" * 64])
def test_what_is_no_secret_is_not_read_as_one(tmp_path, text):
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError):  # noqa: PT011  # of several kinds, as hex and letters fail
        Secret.read(tmp_path)


def test_a_secret_shows_in_no_message_and_is_told_by_its_fingerprint():
    made = secret(5)
    assert repr(made) == "Secret()"
    assert re.fullmatch("[0-9a-f]{64}", made.fingerprint)
    assert made.fingerprint != secret(6).fingerprint
    assert made.key.hex() not in made.fingerprint


PEOPLE = {
    "respondent": ["1", "2", "3", "4"],
    "theme": ["a", "a", "b", None],
    "population": ["x", "y", "x", "x"],
    "used": [1, 0, 1, None],
    "other": [1, 0, 0, None],
    "w": [1.0, 2.0, 3.0, 4.0],
}


def keys_of(people=PEOPLE, made=None, **more):
    options = {"weight": "w", "breakdowns": ["theme"], "population": "population"} | more
    return cell_keys(pl.LazyFrame(people), made or secret(0), "2016", ["used", "other"], **options)


TOTAL, A = ("", "", ""), ("", "theme", "a")


def test_groups_are_everyone_each_population_and_segments_in_both():
    sums = keys_of().sums
    assert {group: (row["size"], row["w"], row["ww"]) for group, row in sums.items()} == {
        TOTAL: (4, 10, 30),
        A: (2, 3, 5),
        ("", "theme", "b"): (1, 3, 9),
        ("x", "", ""): (3, 8, 26),
        ("y", "", ""): (1, 2, 4),
        ("x", "theme", "a"): (1, 1, 1),
        ("x", "theme", "b"): (1, 3, 9),
        ("y", "theme", "a"): (1, 2, 4),
    }


def test_without_weights_all_count_once_and_without_groups_there_is_everyone():
    sums = keys_of(weight=None, breakdowns=[], population=None).sums
    assert {group: (row["size"], row["w"], row["ww"]) for group, row in sums.items()} == {TOTAL: (4, 4, 4)}


def test_who_weighs_nothing_is_nobody():
    sums = keys_of(PEOPLE | {"w": [1.0, 0.0, 3.0, 4.0]}).sums
    assert (sums[TOTAL]["size"], sums[A]["size"]) == (3, 1)


def test_a_base_adds_up_the_keys_of_who_answered():
    made = secret(0)
    records = [made.hashed("record", who) for who in "123"]  # 4 gave no answer
    row = keys_of().sums[TOTAL]
    assert row["used:base0"] == sum(record % 2**31 for record in records)
    assert row["used:base1"] == sum(record // 2**33 for record in records)


def test_an_answer_mixes_the_key_of_a_respondent_and_weight_with_what_is_answered():
    made = secret(0)
    (one, nought) = [made.hashed("answer", "used", text, 0) % 2**31 for text in ("1.0", "0.0")]
    heavy = [made.hashed("record", who, f"{w}.00000e+00") % 2**31 for who, w in zip("123", (1, 2, 3), strict=True)]
    expected = sum(key * answer // 2**30 for key, answer in zip(heavy, (one, nought, one), strict=True))
    assert keys_of().sums[TOTAL]["used:answer0"] == expected


def test_rows_have_no_order():
    turned = {name: values[::-1] for name, values in PEOPLE.items()}
    assert keys_of(turned).sums == keys_of().sums


def noises(people=PEOPLE, column="used", question=("used", "other"), what="value", group=TOTAL, made=None):
    keys = keys_of(people, made)
    return keys.base(group, column), keys.value(group, column, question, what)


def test_a_base_has_the_noise_of_who_is_in_it_whatever_was_asked():
    keys = keys_of()
    assert keys.base(TOTAL, "used") == keys.base(TOTAL, "other")
    assert keys.base(A, "used") != keys.base(TOTAL, "used")
    assert noises(made=secret(1))[0] != keys.base(TOTAL, "used")


def test_another_answer_of_the_question_draws_another_value_and_no_other_base():
    base, value = noises()
    for name in ("used", "other"):
        base_then, value_then = noises(PEOPLE | {name: [0, 1, 1, None]})
        assert base_then == base
        assert value_then != value
    assert noises(PEOPLE | {"other": [0, 1, 1, None]}, question=("used",)) == noises(question=("used",))


def test_another_weight_draws_another_value_unless_it_is_rounding():
    base, value = noises()
    base_then, value_then = noises(PEOPLE | {"w": [1.0, 2.0, 3.1, 4.0]})
    assert (base_then == base, value_then == value) == (True, False)
    assert noises(PEOPLE | {"w": [1.0 + 1e-9, 2.0, 3.0, 4.0]}) == (base, value)


def test_columns_waves_and_what_is_told_have_noise_of_their_own():
    keys = keys_of()
    later = CellKeys(keys.secret, "2018", keys.sums)
    question = ("used", "other")
    drawn = [keys.value(TOTAL, "used", question), keys.value(TOTAL, "other", question)]
    drawn += [keys.value(TOTAL, "used", question, "error"), later.value(TOTAL, "used", question)]
    assert len(set(drawn)) == 4
    assert later.base(TOTAL, "used") != keys.base(TOTAL, "used")


def test_without_a_column_respondent_rows_that_are_the_same_have_the_same_key():
    people = {"used": [1, 1, 0], "w": [1.0, 2.0, 2.0]}
    sums = cell_keys(pl.LazyFrame(people), secret(0), "2016", ["used"], weight="w").sums[TOTAL]
    one, nought = (secret(0).hashed("record", answer) % 2**31 for answer in "10")
    assert sums["used:base0"] == 2 * one + nought


def test_a_question_that_nobody_answered_has_keys_of_nothing():
    sums = keys_of(PEOPLE | {"used": pl.Series([None] * 4, dtype=pl.Int8)}).sums[TOTAL]
    assert [sums[f"used:{part}"] for part in ("base0", "base1", "answer0", "answer1")] == [0, 0, 0, 0]
