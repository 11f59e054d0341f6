import itertools
import tempfile

import numpy as np
import pandas as pd
import pytest
from estimates import SETTINGS, row, table_of
from scipy.optimize import LinearConstraint, linprog, milp
from sweeps import often

from wavebook.core.problems import ProblemsError
from wavebook.figures import COLUMNS, KEY_COLUMNS, NUMBER_COLUMNS
from wavebook.survey.disclosure.suppression import Settings, audit, differences, primary, read_settings, suppress

DECLARED = {"minimum_base": 30, "source": "Bureau, huisregels", "dominance_share": 50}


def hidden(result):
    """Segment (population where it is not total, indicator where it is not the grade) of each figure left out."""
    names = []
    for key in (item.key for item in result.report):
        parts = [key.indicator if key.indicator != "grade" else "", key.category, key.segment]
        parts += [key.population if key.population != "" else ""]
        names.append(" ".join(filter(None, parts)) or "total")
    return sorted(names)


def refused(call, *arguments, **more):
    with pytest.raises(ProblemsError) as error:
        call(*arguments, **more)
    return [problem.code for problem in error.value.problems]


# settings and input


def test_settings_come_from_the_declaration():
    assert read_settings(DECLARED) == Settings(30, "Bureau, huisregels", 50)


@pytest.mark.parametrize("name", ["minimum_base", "source", "dominance_share"])
def test_a_setting_without_default_that_is_missing_is_refused_and_says_where_to_put_it(name):
    with pytest.raises(ProblemsError) as error:
        read_settings({k: v for k, v in DECLARED.items() if k != name})
    (problem,) = error.value.problems
    assert problem.code == "W170"
    assert name in problem.place
    assert "[disclosure] in data/waves.toml" in problem.action


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_base": 0},
        {"minimum_base": 30.5},
        {"minimum_base": True},
        {"minimum_base": float("nan")},
        {"source": " "},
        {"dominance_share": 101},
        {"protection_range": "10"},
        {"minimum_bsae": 30},
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong):
    assert refused(read_settings, DECLARED | wrong) == ["W171"]


def test_everything_that_is_wrong_with_the_settings_comes_at_once():
    assert sorted(refused(read_settings, {"minimum_base": -1, "colour": 3})) == ["W170", "W170", "W171", "W171"]


@pytest.mark.parametrize(
    "rows",
    [
        [row(100, 7.0), row(100, 7.0)],
        [row(np.nan, 7.0)],
        [row(100, np.nan)],
        [row(100, np.inf)],
        [row(100, 7.0, status="suppressed")],
        [row(100, 7.0, category=np.nan)],
    ],
    ids=["twice", "no base", "no value", "infinite", "suppressed before", "no key"],
)
def test_a_row_that_cannot_be_judged_is_refused(rows):
    assert refused(suppress, table_of(*rows), SETTINGS) == ["W172"]


def test_a_table_without_its_columns_is_refused():
    assert refused(suppress, table_of(row(100, 7.0)).drop(columns="se"), SETTINGS) == ["W172"]


def test_an_empty_table_stays_empty():
    assert suppress(table_of(row(100, 7.0)).iloc[:0], SETTINGS).report == ()


@pytest.mark.parametrize("folder", [None, "work", "peiling [2]", "a*b", "50% {x}", "~", "met spatie"])
def test_the_optimiser_leaves_no_file_behind(tmp_path, monkeypatch, folder):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    table = table_of(row(229, 6.9), row(29, 6.9, segment="theme=a"), row(100, 6.8, segment="theme=b"))
    table = pd.concat([table, table_of(row(100, 7.0, segment="theme=c"))], ignore_index=True)
    if folder:
        (tmp_path / folder).mkdir()
    result = suppress(table, SETTINGS, folder=tmp_path / folder if folder else None)
    assert len(hidden(result)) == 2  # so it was asked
    assert [path.name for path in tmp_path.rglob("*")] == [folder] * bool(folder)


# by itself: what may not be shown


@pytest.mark.parametrize(("n", "reason"), [(29, "fewer than 30 respondents"), (30, "")])
def test_a_figure_needs_the_minimum_base(n, reason):
    assert primary(table_of(row(n, 7.0)), SETTINGS).tolist() == [reason]


@pytest.mark.parametrize(("value", "unsafe"), [(0, True), (100, True), (1, False), (99, False)])
def test_a_share_that_nobody_or_everybody_gives_is_not_shown(value, unsafe):
    assert primary(table_of(row(100, value, unit="percent")), SETTINGS).ne("").tolist() == [unsafe]


def test_unrounded_respondents_in_the_cell_decide_where_the_share_is_rounded():
    shares = table_of(row(3000, 0.0, unit="percent", n_cell=1), row(3000, 0.1, unit="percent", n_cell=0))
    shares["segment_by"], shares["segment"] = "theme", ["a", "b"]
    assert primary(shares, SETTINGS).ne("").tolist() == [False, True]


def test_a_category_that_nobody_chose_is_shown_unless_all_chose_the_same():
    shares = [
        row(100, value, unit="percent", category=c, segment=f"theme={s}")
        for s, values in {"mixed": (60, 40, 0), "alike": (100, 0, 0)}.items()
        for c, value in zip("xyz", values, strict=True)
    ]
    assert primary(table_of(*shares), SETTINGS).ne("").tolist() == [False] * 3 + [True] * 3


def test_a_mean_without_spread_is_not_shown():
    grades = table_of(row(100, 7.0, segment="theme=a", se=0.0), row(100, 7.0, segment="theme=b", se=0.1))
    assert primary(grades, SETTINGS).ne("").tolist() == [True, False]


def test_a_census_has_no_standard_errors_and_is_shown():
    assert primary(table_of(row(100, 7.0, se=0.0)), SETTINGS).tolist() == [""]


def test_one_respondent_may_not_dominate():
    cells = table_of(
        row(100, 10.0, unit="count", segment="theme=a", largest=51, second_largest=1, total=100),
        row(100, 10.0, unit="count", segment="theme=b", largest=50, second_largest=1, total=100),
    )
    assert primary(cells, SETTINGS).ne("").tolist() == [True, False]


def test_the_runner_up_may_not_estimate_the_largest_contribution():
    cells = table_of(
        row(100, 10.0, unit="count", segment="theme=a", largest=45, second_largest=44, total=93),
        row(100, 10.0, unit="count", segment="theme=b", largest=45, second_largest=44, total=94),
    )
    rules = Settings(30, "test", 50, p_percent=10)
    assert primary(cells, rules).ne("").tolist() == [True, False]


# what goes with it


def two_by_two(*sizes):
    """Two themes in two populations with all margins: sizes of (citizens, businesses) x (a, b)."""
    n = dict(zip(itertools.product(["citizens", "businesses"], ["a", "b"]), sizes, strict=True))
    rows = [row(v, 5 + i / 4, population=p, segment=f"theme={s}") for i, ((p, s), v) in enumerate(n.items())]
    exact = pd.DataFrame(rows)

    def together(part, **more):
        weight = part["n"].sum()
        return row(weight, (part["n"] * part["value"]).sum() / weight, **more)

    for s in "ab":
        rows.append(together(exact[exact["segment"] == s], segment=f"theme={s}"))
    for p in ("citizens", "businesses"):
        rows.append(together(exact[exact["population"] == p], population=p))
    return table_of(*rows, together(exact))


def test_a_two_by_two_table_hides_all_four_cells_and_shows_all_margins():
    result = suppress(two_by_two(10, 200, 300, 400), SETTINGS)
    assert hidden(result) == ["a businesses", "a citizens", "b businesses", "b citizens"]


def test_a_three_by_three_table_hides_one_rectangle_with_the_fewest_respondents():
    sizes = {("x", "a"): 10, ("x", "b"): 90, ("x", "c"): 300, ("y", "a"): 80, ("y", "b"): 70, ("y", "c"): 300}
    sizes |= {("z", "a"): 300, ("z", "b"): 300, ("z", "c"): 300}
    rows = [row(n, 5 + i / 4, population=p, segment=f"theme={s}") for i, ((p, s), n) in enumerate(sizes.items())]
    for chosen in [*((p, None) for p in "xyz"), *((None, s) for s in "abc"), (None, None)]:
        part = [r for r in rows if chosen[0] in (None, r["population"]) and chosen[1] in (None, r["segment"])]
        part = [r for r in part if r["population"] != "" and r["segment"]]
        n = sum(r["n"] for r in part)
        mean = sum(r["n"] * r["value"] for r in part) / n
        rows.append(row(n, mean, population=chosen[0] or "", segment=f"theme={chosen[1]}" if chosen[1] else ""))
    result = suppress(table_of(*rows), SETTINGS)
    assert hidden(result) == ["a x", "a y", "b x", "b y"]


def test_a_small_segment_takes_its_complement_inside_the_total_with_it():
    table = table_of(row(100, 7.0), row(10, 6.1, segment="theme=a"), row(90, 7.1, segment="theme=b"))
    assert hidden(suppress(table, SETTINGS)) == ["a", "b"]


def test_the_smallest_other_segment_is_hidden_and_the_rest_stays():
    table = table_of(
        row(310, 7.0),
        row(10, 7.0, segment="theme=a"),
        row(90, 6.5, segment="theme=b"),
        row(60, 6.0, segment="theme=c"),
        row(150, 7.6, segment="theme=d"),
    )
    assert hidden(suppress(table, SETTINGS)) == ["a", "c"]


def test_two_small_segments_that_protect_each_other_need_no_third():
    table = table_of(
        row(200, 7.0),
        row(20, 7.0, segment="theme=a"),
        row(20, 6.5, segment="theme=b"),
        row(160, 7.0, segment="theme=c"),
    )
    assert hidden(suppress(table, SETTINGS)) == ["a", "b"]


def test_two_segments_too_small_even_together_need_a_third():
    table = table_of(
        row(200, 7.0),
        row(5, 7.0, segment="theme=a"),
        row(6, 6.5, segment="theme=b"),
        row(189, 7.0, segment="theme=c"),
    )
    assert hidden(suppress(table, SETTINGS)) == ["a", "b", "c"]


def test_small_segments_without_a_total_that_tells_on_them_hide_alone():
    table = table_of(row(10, 7.0, segment="theme=a"), row(90, 6.5, segment="theme=b"))
    assert hidden(suppress(table, SETTINGS)) == ["a"]


def test_a_small_segment_that_was_left_out_of_the_table_is_protected_too():
    table = table_of(row(200, 7.0), row(90, 6.5, segment="theme=b"), row(100, 7.4, segment="theme=c"))
    assert hidden(suppress(table, SETTINGS)) == ["b"]


def test_a_hidden_group_is_hidden_for_every_indicator_with_the_same_base():
    rows = [
        row(n, value, indicator=name, unit=unit, segment=segment)
        for name, unit, values in (("trust", "grade", (7.0, 6.0, 7.1, 7.1)), ("phone", "percent", (43, 40, 41, 44)))
        for n, value, segment in zip((310, 10, 90, 210), values, ("", "theme=a", "theme=b", "theme=c"), strict=True)
    ]
    assert hidden(suppress(table_of(*rows), SETTINGS)) == ["phone a", "phone b", "trust a", "trust b"]


def channels(*groups):
    """Rows of an answer with categories: groups of (segment, n, shares)."""
    return [
        row(n, share, indicator="channel", unit="percent", category=c, segment=segment)
        for segment, n, shares in groups
        for c, share in zip("xyz", shares, strict=True)
    ]


def test_an_unsafe_category_does_not_follow_from_those_that_make_up_100_with_it():
    rows = channels(("", 1000, (50, 30, 20)), ("theme=a", 400, (50, 30, 20)), ("theme=b", 600, (50, 30, 20)))
    rows[3] |= {"largest": 90.0, "total": 100.0}
    result = suppress(table_of(*rows), SETTINGS)
    # two categories in two segments: a category less and it follows from 100, a segment less and from the total
    assert hidden(result) in [[f"channel {c} {s}" for c in pair for s in "ab"] for pair in ("xy", "xz")]


def test_a_segment_that_answers_alike_does_not_follow_from_the_others():
    rows = channels(
        ("", 1000, (52, 28.8, 19.2)),
        ("theme=a", 40, (100, 0, 0)),
        ("theme=b", 360, (50, 30, 20)),
        ("theme=c", 600, (50, 30, 20)),
    )
    names = hidden(suppress(table_of(*rows), SETTINGS))
    assert {"channel x a", "channel y a", "channel z a"} < set(names)
    assert sum(name.endswith(" b") for name in names) >= 2
    assert not any(name.endswith(" c") for name in names)


def test_a_sum_does_not_follow_from_its_total():
    rows = [
        row(n, value, indicator="visits", unit="count", segment=segment, largest=largest, total=value)
        for n, value, segment, largest in (
            (300, 1000.0, "", 9.0),
            (100, 500.0, "theme=a", 400.0),
            (90, 300.0, "theme=b", 9.0),
            (110, 200.0, "theme=c", 9.0),
        )
    ]
    result = suppress(table_of(*rows), SETTINGS, sums=["visits"])
    assert hidden(result) == ["visits a", "visits b"]


def nested():
    sizes = {"moving": 10, "renting": 90, "buying": 200, "school": 150, "study": 150, "grant": 40}
    grades = dict(zip(sizes, (6.0, 6.5, 7.0, 7.5, 7.2, 6.8), strict=True))
    themes = {"housing": ("moving", "renting", "buying"), "education": ("school", "study", "grant")}
    rows = [row(n, grades[name], segment=f"event={name}") for name, n in sizes.items()]
    for theme, events in [*themes.items(), ("", tuple(sizes))]:
        n = sum(sizes[e] for e in events)
        mean = sum(sizes[e] * grades[e] for e in events) / n
        rows.append(row(n, mean, segment=f"theme={theme}" if theme else ""))
    within = {(("event", e), ("theme", theme)) for theme, events in themes.items() for e in events}
    return table_of(*rows), within


def test_a_nested_segment_is_hidden_by_one_in_the_same_theme():
    table, within = nested()
    assert hidden(suppress(table, SETTINGS, within=within)) == ["moving", "renting"]


def test_without_the_nesting_the_cheapest_complement_would_be_in_another_theme():
    table, within = nested()
    blind = suppress(table, SETTINGS)
    assert hidden(blind) == ["grant", "moving"]
    (moving,) = [a for a in audit(table, blind.table, SETTINGS, within=within) if a.key and a.key.segment == "moving"]
    assert not moving.safe
    assert (moving.n_low, moving.n_high) == pytest.approx((10, 10))
    assert (moving.low, moving.high) == pytest.approx((6, 6))


def test_overlapping_segments_hide_alone():
    table = table_of(
        row(100, 7.0), row(10, 6.1, segment="body=a"), row(60, 7.1, segment="body=b"), row(50, 7.2, segment="body=c")
    )
    assert hidden(suppress(table, SETTINGS)) == ["a"]


def test_an_overlapping_segment_that_leaves_few_outside_is_hidden():
    table = table_of(row(100, 7.0), row(95, 7.1, segment="body=a"), row(60, 7.1, segment="body=b"))
    result = suppress(table, SETTINGS)
    assert hidden(result) == ["a"]
    assert "outside a" in result.report[0].why


def test_a_second_breakdown_with_the_same_total_does_not_give_the_first_away():
    rows = [row(310, 7.0)]
    for by in ("theme", "age"):
        rows += [
            row(n, value, segment=f"{by}={by[0]}{s}")
            for s, n, value in (("a", 10, 6.1), ("b", 90, 7.1), ("c", 210, 7.0))
        ]
    assert hidden(suppress(table_of(*rows), SETTINGS)) == ["aa", "ab", "ta", "tb"]


# earlier editions


FOUR = (("", 310), ("theme=a", 10), ("theme=b", 60), ("theme=c", 90), ("theme=d", 150))


def four():
    return table_of(*(row(n, 6 + n / 300, segment=s) for s, n in FOUR))


def test_what_an_earlier_edition_showed_cannot_hide_anything():
    table = four()
    known = table[table["segment"] == "b"]
    assert hidden(suppress(table, SETTINGS, known=known)) == ["a", "c"]


def test_a_figure_that_only_an_earlier_edition_has_counts_as_known():
    table = four()
    result = suppress(table[table["segment"] != "b"], SETTINGS, known=table[table["segment"] == "b"])
    assert hidden(result) == ["a", "c"]


def test_what_an_earlier_edition_hid_is_not_known():
    table = four()
    assert hidden(suppress(table, SETTINGS, known=suppress(table, SETTINGS).table[2:3])) == ["a", "b"]


def test_an_unsafe_figure_that_is_public_already_is_refused():
    table = four()
    assert refused(suppress, table, SETTINGS, known=table[table["segment"] == "a"]) == ["W173"]


def test_a_figure_that_everything_public_gives_away_is_refused():
    table = four()
    codes = refused(suppress, table, SETTINGS, known=table[table["segment"] != "a"])
    assert set(codes) == {"W174"}


def test_a_revision_that_tells_that_nobody_is_in_a_group_is_refused_where_others_follow_from_that():
    sizes = {"": 400, "theme=a": 40, "theme=b": 360, "event=moving": 40, "event=school": 200, "event=grant": 160}
    table = table_of(*(row(n, 6 + n / 300, segment=s) for s, n in sizes.items()))
    within = {(("event", event), ("theme", "b")) for event in ("school", "grant")}
    within.add((("event", "moving"), ("theme", "a")))
    revise = {"known": table[table["segment_by"] != "event"], "revising": True}
    # what the first table showed of theme a, it showed of its only event
    assert "moving" in hidden(suppress(table, Settings(50, "test", 50), within=within, **revise))
    # theme a has another event, and who saw the first table learns from the second that nobody is in it
    within.add((("event", "renting"), ("theme", "a")))
    assert set(refused(suppress, table, Settings(50, "test", 50), within=within, **revise)) == {"W174"}


# the result


def test_a_suppressed_row_keeps_its_key_and_no_number():
    table = table_of(row(100, 7.0), row(10, 6.1, segment="theme=a", n_effective=9, ci_low=6, ci_high=6.2))
    left = suppress(table, SETTINGS).table.set_index("segment").loc["a"]
    assert left["status"] == "suppressed"
    assert left[NUMBER_COLUMNS].isna().all()


def test_what_is_not_suppressed_does_not_change():
    table = table_of(*(row(n, 6 + n / 300, segment=s, ci_low=1.0, ci_high=9.0) for s, n in FOUR))
    table.index = [4, 4, 8, 1, 0]
    result = suppress(table, SETTINGS).table
    kept = (result["status"] != "suppressed").to_numpy()
    assert kept.sum() == 3
    pd.testing.assert_frame_equal(result[kept], table[COLUMNS][kept])
    pd.testing.assert_frame_equal(result[KEY_COLUMNS], table[KEY_COLUMNS])


def test_bases_that_are_whole_numbers_by_type_can_be_emptied():
    table = table_of(*(row(n, 6 + n / 300, segment=s) for s, n in FOUR))
    for kind in ("int64", "Int64"):
        left = suppress(table.astype({"n": kind}), SETTINGS).table["n"]
        assert left.isna().tolist() == [False, True, True, False, False]


def test_counts_and_contributions_are_not_passed_on():
    table = table_of(row(100, 40.0, unit="percent", n_cell=40, largest=1, second_largest=1, total=40))
    assert list(suppress(table, SETTINGS).table) == COLUMNS


def test_the_report_says_why_and_holds_no_number_of_the_group():
    table = table_of(row(100, 7.0), row(17, 6.1, segment="theme=a"), row(83, 7.1, segment="theme=b"))
    assert [str(item) for item in suppress(table, SETTINGS).report] == [
        "grade@theme=a,2016: fewer than 30 respondents",
        "grade@theme=b,2016: complement of grade@theme=a,2016",
    ]


def test_the_order_of_the_rows_does_not_matter():
    groups = [group for group in GROUPS if group[0] != "event"]
    table = estimates(respondents(np.random.default_rng(5), 500), indicators=["channel"], groups=groups)
    shuffled = table.sample(frac=1, random_state=1)
    found = suppress(table, SETTINGS)
    assert len(found.report) > primary(table, SETTINGS).ne("").sum() > 0
    pd.testing.assert_frame_equal(suppress(shuffled, SETTINGS).table.sort_index(), found.table)


@pytest.mark.parametrize(
    ("seed", "size", "indicators"),
    often([(1, 300, ("phone",)), (1, 600, ("grade", "phone")), (2, 600, ("grade", "phone"))], (1, 300, ("phone",))),
)
def test_a_stricter_setting_never_shows_more(seed, size, indicators):
    groups = GROUPS if len(indicators) > 1 else [group for group in GROUPS if group[0] != "body"]
    table = estimates(respondents(np.random.default_rng(seed), size), indicators=indicators, groups=groups)
    bases = [suppress(table, Settings(n, "test", 50), within=WITHIN) for n in (5, 15, 50)]
    ranges = [suppress(table, Settings(30, "test", 50, protection_range=r), within=WITHIN) for r in (5, 20)]
    for results in (bases, ranges):
        counts = [len(result.report) for result in results]
        assert counts == sorted(counts)
    assert len(bases[0].report) < len(bases[-1].report)


def test_a_stricter_setting_never_calls_an_unsafe_figure_safe():
    table = estimates(respondents(np.random.default_rng(3), 600, rare=0.1))
    unsafe = [primary(table, Settings(n, "test", 50)).ne("") for n in range(2, 80, 6)]
    assert all((more | ~less).all() for less, more in itertools.pairwise(unsafe))


def test_weighted_figures_with_item_nonresponse_are_protected_too():
    chance = np.random.default_rng(4)
    people = respondents(chance, 900)
    weights = chance.gamma(2, 0.5, len(people))
    parts = []
    for indicator in ANSWERS:
        answered = chance.random(len(people)) < 0.95
        parts.append(estimates(people[answered], weights[answered], [indicator]))
    table = pd.concat(parts, ignore_index=True)
    result = suppress(table, SETTINGS, within=WITHIN)
    primaries = primary(table, SETTINGS).ne("")
    assert (result.table.loc[primaries, "status"] == "suppressed").all()
    assert 0 < primaries.sum() < len(result.report)
    assert all(attack.safe for attack in audit(table, result.table, SETTINGS, within=WITHIN))


# the auditor


def test_the_auditor_computes_what_primary_suppression_alone_leaves_open():
    table = table_of(row(100, 7.0), row(10, 6.1, segment="theme=a"), row(90, 7.1, segment="theme=b"))
    published = table.copy()
    published.loc[1, "status"] = "suppressed"
    (attack,) = audit(table, published, SETTINGS)
    assert not attack.safe
    assert (attack.low, attack.high, attack.n_low, attack.n_high) == pytest.approx((6.1, 6.1, 10, 10))


def test_the_auditor_finds_an_unsafe_figure_that_is_shown():
    table = table_of(row(10, 6.1))
    assert [attack.safe for attack in audit(table, table, SETTINGS)] == [False]


# against an attacker who thinks in respondents, and shares nothing with the module


THEME = {"e1": "t1", "e2": "t1", "e3": "t2", "e4": "t2", "e5": "t3", "e6": "t3"}
WITHIN = {(("event", event), ("theme", theme)) for event, theme in THEME.items()}
GROUPS = [("", ""), *(("theme", t) for t in ("t1", "t2", "t3")), *(("event", e) for e in THEME)]
GROUPS += [("body", "tax"), ("body", "town")]
POPULATIONS = ("", "citizens", "businesses")
ANSWERS = {"grade": [""], "phone": [""], "channel": ["x", "y", "z"]}
GIVEN = {"grade": range(1, 11), "phone": ["yes", "no"], "channel": ["x", "y", "z"]}  # what a respondent can say


def respondents(chance, size, rare=1.0, spread=None):
    """Random people; a small ``rare`` makes for answers that nobody gives, a small ``spread`` for equal grades."""
    events = chance.dirichlet(np.full(6, 1.0))
    grades = chance.integers(1, 11, size) if spread is None else chance.normal(7, spread, size).round().clip(1, 10)
    people = pd.DataFrame(
        {
            "event": chance.choice(list(THEME), size, p=events),
            "population": chance.choice(["citizens", "businesses"], size, p=[0.8, 0.2]),
            "tax": chance.random(size) < 0.7,
            "town": chance.random(size) < 0.6,
            "grade": grades.astype(int),
            "phone": np.where(chance.random(size) < rare * 0.3, "yes", "no"),
            "channel": chance.choice(["x", "y", "z"], size, p=chance.dirichlet([4, 2, 2 * rare])),
        }
    )
    people["theme"] = people["event"].map(THEME)
    return people.astype(dict.fromkeys(("event", "theme", "population", "phone", "channel"), "category"))


def members(people, population, by, segment):
    mask = np.full(len(people), True) if population == "" else (people["population"] == population).to_numpy()
    if by == "body":
        return mask & people[segment].to_numpy()
    return mask & (people[by] == segment).to_numpy() if by else mask


def scored(answers, indicator, category):
    """What an answer counts for: a mark, or 1 for those who chose the category."""
    return answers.astype(float) if indicator == "grade" else (answers == (category or "yes")).astype(float)


def estimates(people, weights=None, indicators=tuple(ANSWERS), groups=GROUPS):
    """Every figure of every group, with error and effective number as a simple random sample has them."""
    rows = []
    for indicator, population, (by, segment) in itertools.product(indicators, POPULATIONS, groups):
        mask = members(people, population, by, segment) & people[indicator].notna().to_numpy()
        for category in ANSWERS[indicator] if mask.any() else ():
            unit, scale = ("grade", 1) if indicator == "grade" else ("percent", 100)
            values = scale * scored(people.loc[mask, indicator], indicator, category)
            value = np.average(values, weights=None if weights is None else weights[mask])
            key = {"indicator": indicator, "population": population, "category": category, "unit": unit}
            error = values.std() / np.sqrt(mask.sum()) if values.nunique() > 1 else np.nan
            key |= {"se": error, "n_effective": mask.sum() if error > 0 else np.nan}
            rows.append(row(mask.sum(), value, **key, segment=f"{by}={segment}"))
    return table_of(*rows)


def nobody(table):
    """Figures of the groups that have no row in ``table``: on no respondents at all."""
    keys = itertools.product(ANSWERS, POPULATIONS, GROUPS)
    rows = [row(0, 0.0, indicator=i, population=p, category=ANSWERS[i][0], segment="=".join(g)) for i, p, g in keys]
    names = KEY_COLUMNS[:-1]
    return table_of(*rows).merge(table[names], how="left", indicator="there").query("there == 'left_only'")[COLUMNS]


class Attacker:
    """Counts the respondents of every kind there may be, given what is published.

    A kind is a population, event, bodies, and the answer to each of ``indicators``, which may be none (``silent``).
    Of the base of an indicator he takes every row, as all are asked the same people; ``whole``: he knows that
    respondents do not come in parts, which is exact and slow.
    """

    def __init__(self, published, *indicators, bodies=(False, True), silent=False, whole=False, people=None):
        answers = [[*GIVEN[name], *([None] if silent else [])] for name in indicators]
        kinds = itertools.product(["citizens", "businesses"], THEME, bodies, bodies, *answers)
        self.kinds = pd.DataFrame(kinds, columns=["population", "event", "tax", "town", *indicators])
        self.kinds["theme"] = self.kinds["event"].map(THEME)
        self.whole, self.silent = whole, silent
        relations = [] if people is None else [(np.ones(len(self.kinds)), people)]
        for r in published[published["status"] != "suppressed"].itertuples():
            if r.indicator in indicators:
                base, count = self.of(r)
                total = r.n * r.value / (1 if r.indicator == "grade" else 100)
                relations += [(base, r.n), (count, round(total, 6))]
                if r.indicator == "grade" and r.n_effective > 0:
                    spread = r.se**2 * r.n_effective * (r.n - 1) + r.n * r.value**2
                    relations.append((count * count, round(spread, 6)))
            elif not silent:
                relations.append((members(self.kinds, r.population, r.segment_by, r.segment).astype(float), r.n))
        self.left = np.array([vector for vector, _ in relations]).reshape(-1, len(self.kinds))
        self.right = np.array([total for _, total in relations], float)

    def of(self, r):
        """Who of each kind is in the base of a figure, and what they count for in it."""
        base = members(self.kinds, r.population, r.segment_by, r.segment).astype(float)
        answers = self.kinds[r.indicator]
        base *= answers.notna().to_numpy()
        return base, np.where(base, scored(answers, r.indicator, r.category), 0)

    def _least(self, aim, left, right):
        found = linprog(aim, A_eq=left, b_eq=right, method="highs")
        assert found.status in (0, 3), found.message
        return found.fun if found.status == 0 else -np.inf

    def base(self, r):
        aim, _ = self.of(r)
        if self.whole:
            return self._whole(aim)[0], -self._whole(-aim)[0]
        return self._least(aim, self.left, self.right), -self._least(-aim, self.left, self.right)

    def value(self, r):
        """Bounds on count / base, made linear as Charnes and Cooper do: counts per head of the group."""
        base, count = self.of(r)
        if self.whole:
            return tuple(self._ratio(base, count, sign) for sign in (1, -1))
        left = np.vstack([np.column_stack([self.left, -self.right]), [*base, 0]])
        right = np.array([*np.zeros(len(self.left)), 1])
        return self._least(np.append(count, 0), left, right), -self._least(-np.append(count, 0), left, right)

    def _whole(self, aim, *limits):
        """The least of ``aim`` in whole respondents, and where that is; -inf where it has no end."""
        known = [LinearConstraint(self.left, self.right, self.right)] if len(self.left) else []
        found = milp(aim, constraints=[*known, *limits], integrality=np.ones(len(aim)))
        assert found.status in (0, 3, 4), found.message
        return (found.fun, np.rint(found.x)) if found.status == 0 else (-np.inf, None)

    def _ratio(self, base, count, sign):
        """Dinkelbach: the last ratio that count - ratio x base cannot beat, from one that is met on the way."""
        ratio, somebody = None, LinearConstraint(base[None, :], 1, np.inf)
        _, point = self._whole(base, somebody)
        while point is not None and (ratio is None or sign * (count @ point - ratio * (base @ point)) < -1e-7):
            ratio = count @ point / (base @ point)
            _, point = self._whole(sign * (count - ratio * base), somebody)
        return ratio if point is not None else -sign * np.inf


def shown(table):
    """The keys of what a table shows."""
    return set(table.loc[table["status"] != "suppressed", KEY_COLUMNS].itertuples(index=False, name=None))


def attack_all(table, published, seen, minimum, *, together=False, bases=True, skip=(), only=None, **how):
    """How many suppressed figures of ``published`` were attacked from all that is ``seen``, and those that gave way.

    ``together``: by one attacker of all indicators, else by one of each. ``bases``: the base of a group that is too
    small must stay unknown as well. ``skip`` holds keys that need no protection, ``only`` the most to attack.
    """
    broken, tried = [], 0
    why = primary(table, Settings(minimum, "test", 50))
    names = list(published["indicator"].unique())
    for indicators in [names] if together else [[name] for name in names]:
        attacker = Attacker(seen, *indicators, **how)
        mine = published["indicator"].isin(indicators) & (published["status"] == "suppressed")
        mine &= ~published[KEY_COLUMNS].apply(tuple, axis=1).isin(skip)
        for r in table[mine].head(only or len(table)).itertuples():
            tried += 1
            low, high = attacker.value(r)
            need = (9 if r.indicator == "grade" else 1) / 10 if why[r.Index] else 1e-8
            n_low, n_high = attacker.base(r) if bases and r.n < minimum else (0, minimum)
            if high - low < need * (1 - 1e-6) or n_high - n_low < minimum - 1e-6:
                broken.append((r, low, high, n_low, n_high))
    return tried, broken


def test_primary_suppression_alone_gives_way_to_this_attacker():
    table = estimates(respondents(np.random.default_rng(1), 400), indicators=["phone"])
    published = table.assign(status=np.where(primary(table, SETTINGS), "suppressed", "estimated"))
    tried, broken = attack_all(table, published, published, 30)
    assert tried
    assert len(broken) > tried / 10


def holds(table, settings, known=None, only=None):
    """How many suppressed figures of ``table`` were attacked, after each attack has failed; None when it is refused."""
    options = {"known": known, "within": WITHIN}
    try:
        published = suppress(table, settings, **options).table
    except ProblemsError:
        # right only if it gives way even when all that is not public yet is hidden
        everything = table.assign(status="suppressed")
        assert known is not None
        assert attack_all(table, everything, known, settings.minimum_base, skip=shown(known))[1]
        return None
    seen = pd.concat([published, known])
    tried, broken = attack_all(table, published, seen, settings.minimum_base, only=only)
    assert not broken, broken[0]
    kept = published["status"] != "suppressed"
    pd.testing.assert_frame_equal(published[kept], table[kept])
    assert all(attack.safe for attack in audit(table, published, settings, **options))
    return tried


def random_table(chance, most=1500, **more):
    """The table of a random survey and the rules for it; some of them ask what nearly all answer alike."""
    people = respondents(
        chance, int(chance.integers(200, most)), chance.choice([0.1, 1]), chance.choice([None, None, 0.3, 1.0])
    )
    return people, estimates(people, **more), Settings(int(chance.integers(5, 50)), "test", 50)


ATTACKED = "suppressed figures attacked and not computed back:"


def sweep(seeds, only=None):
    """Single editions, and second ones that add the life events to what the first showed."""
    single, second = [], []
    for seed in seeds:
        _, table, settings = random_table(np.random.default_rng(seed))
        single.append(holds(table, settings, only=only))
        first = suppress(table[table["segment_by"] != "event"], settings).table
        second.append(holds(table, settings, first, only))
    return single, [tried for tried in second if tried is not None]


def test_no_suppressed_figure_of_a_random_table_can_be_computed_back():
    single, second = sweep([4], only=7)
    assert sum(single) == sum(second) == 21


@pytest.mark.slow
def test_no_suppressed_figure_of_many_random_tables_can_be_computed_back(tally):
    single, second = sweep(range(100, 200))
    tally(f"{ATTACKED} random tables", sum(single))
    tally(f"{ATTACKED} second editions", sum(second))
    assert sum(single) > 5000
    assert sum(second) > 2000


def revisions(seeds, only=None):
    """Published tables and what takes their place, attacked by who kept both; how many figures were.

    A figure that the first table gave away is known no better now; a revision that would give one away is refused.
    Some people leave one life event, and the rules may be stricter than they were. What the first table showed of
    everybody else is still so.
    """
    tried = 0
    for seed in seeds:
        chance = np.random.default_rng(seed)
        people, table, settings = random_table(chance, 900)
        old = suppress(table[table["segment_by"].ne(chance.choice(["event", "body"]))], settings, within=WITHIN).table
        table = estimates(people[(people["event"] != "e1") | (chance.random(len(people)) < chance.choice([0.3, 1]))])
        settings = Settings(settings.minimum_base + int(chance.integers(0, 10)), "test", 50)
        if list(differences(old, table, settings, "")):
            continue
        still = old.merge(table, on=KEY_COLUMNS, suffixes=("", "_now"))
        still = still[np.isclose(still["value"], still["value_now"]) & (still["n"] == still["n_now"])][COLUMNS]
        try:
            new = suppress(table, settings, known=old, within=WITHIN, revising=True).table
        except ProblemsError:
            # right only if a group without a row, of which that tells that nobody is in it, gives the others away
            everything, seen = table.assign(status="suppressed"), pd.concat([still, nobody(table)])
            assert attack_all(table, everything, seen, settings.minimum_base, skip=shown(old))[1]
            continue
        seen = pd.concat([new, still])
        count, broken = attack_all(table, new, seen, settings.minimum_base, skip=shown(old), only=only)
        # what the first table gave away by itself, no second one can take back, but it must not add to it
        for r, low, high, n_low, n_high in broken:
            attacker = Attacker(still, r.indicator)
            wide = high - low >= (0.9 if r.indicator == "grade" else 0.1)
            assert wide or np.allclose((low, high), attacker.value(r), atol=0.01), (r, low, high)
            few = r.n < settings.minimum_base and n_high - n_low < settings.minimum_base - 1e-6
            assert not few or np.allclose((n_low, n_high), attacker.base(r), atol=0.01), (r, n_low, n_high)
        tried += count
    return tried


def test_a_revision_and_what_it_replaces_do_not_give_each_other_away():
    assert revisions([501], only=10) > 20


@pytest.mark.slow
def test_no_revision_of_many_gives_away_what_it_or_the_first_table_hides(tally):
    tried = revisions(range(500, 580))
    assert tried > 2000
    tally(f"{ATTACKED} revised tables, the first ones kept", tried)


def whole(seeds, only=None):
    """Small tables against an attacker who knows that respondents are whole (integer programmes, exact)."""
    tried = 0
    for seed in seeds:
        chance = np.random.default_rng(seed)
        people = respondents(chance, int(chance.integers(60, 300)), chance.choice([0.1, 1]))
        table = estimates(people, groups=[group for group in GROUPS if group[0] != "body"])
        settings = Settings(int(chance.integers(3, 15)), "test", 50)
        new = suppress(table, settings, within=WITHIN).table
        count, broken = attack_all(table, new, new, settings.minimum_base, bodies=(False,), whole=True, only=only)
        assert not broken, broken[0]
        tried += count
    return tried


def test_that_respondents_are_whole_does_not_help_the_attacker():
    assert whole([0], only=1) == 3


@pytest.mark.slow
def test_that_respondents_are_whole_helps_in_no_small_table_of_many(tally):
    tried = whole(range(700, 716), only=30)
    assert tried > 700
    tally(f"{ATTACKED} small tables, by integer programmes", tried)


def together(seeds, only=None):
    """Tables with item nonresponse against an attacker who knows that all questions were put to the same people.

    He knows how many there are, so the questions that a group answered more often tell him its size; what it
    answered stays unknown to him.
    """
    tried = 0
    for seed in seeds:
        chance = np.random.default_rng(seed)
        people = respondents(chance, int(chance.integers(120, 500)), spread=1.4)
        for indicator in ANSWERS:
            people[indicator] = people[indicator].astype(object).where(chance.random(len(people)) > 0.1, None)
        names, groups = ["grade", "phone"], [group for group in GROUPS if group[0] != "body"]
        table = estimates(people, indicators=names, groups=groups)
        settings = Settings(30, "test", 50)
        new = suppress(table, settings, within=WITHIN).table
        how = {"together": True, "silent": True, "people": len(people), "bodies": (False,)}
        count, broken = attack_all(table, new, new, 30, bases=False, only=only, **how)
        assert not broken, broken[0]
        tried += count
    return tried


def test_questions_put_to_the_same_people_do_not_give_each_other_away():
    assert together([3], only=10) == 10


@pytest.mark.slow
def test_questions_put_to_the_same_people_give_nothing_away_in_many_tables(tally):
    tried = together(range(900, 930))
    assert tried > 1000
    tally(f"{ATTACKED} tables, through all questions at once", tried)
