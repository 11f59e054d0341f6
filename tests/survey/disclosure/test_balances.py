import pandas as pd
from estimates import row, table_of

from wavebook.survey.disclosure import balances

MADE_OF = {"nps": ("advice.up", "advice.down")}


def rows(**status):
    """The rows of two groups, with the status of shares by ``category_group``."""
    return table_of(
        *(
            row(90, 40, indicator="advice", unit="percent", category=c, segment=f"mode={s}")
            | {"status": status.get(f"{c}_{s}", "estimated")}
            for c in ("up", "down")
            for s in ("bike", "train")
        )
    )


def test_a_balance_is_shown_where_all_its_shares_are():
    derived = table_of(*(row(90, 5, indicator="nps", unit="balance", segment=f"mode={s}") for s in ("bike", "train")))
    found = balances.following(derived, rows(down_bike="suppressed"), MADE_OF)
    assert found["status"].tolist() == ["suppressed", "estimated"]
    assert found["value"].isna().tolist() == [True, False]
    assert found["n"].isna().tolist() == [True, False]
    assert derived["value"].notna().all()


def test_shares_are_protected_without_their_balances():
    both = pd.concat([rows(), table_of(row(90, 5, indicator="nps", unit="balance"))])
    assert balances.without(both, MADE_OF)["indicator"].unique().tolist() == ["advice"]
    assert balances.without(None, MADE_OF) is None


def test_a_balance_has_no_more_decimals_than_its_shares():
    places = {"nps": 0, "advice": 1}
    assert balances.decimals(MADE_OF, places, {"advice": 1}) == {"nps": 2}
    assert balances.decimals(MADE_OF, {"nps": 2, "advice": 0}, {"advice": 1}) == {"nps": 0}


def test_a_balance_with_noise_is_refused():
    assert [problem.code for problem in balances.refused(["nps"])] == ["W217"]
