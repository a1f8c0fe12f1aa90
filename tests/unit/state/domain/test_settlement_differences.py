import polars as pl

from state.domain.settlement_differences import CHARGES, NET, differences

AMOUNTS = [charge.column for charge in (*CHARGES, NET)]
POUND = 10**8


def cashflows(*rows: tuple[int, str, int]) -> pl.DataFrame:
    """Party Cashflows whose energy imbalance is so many counted pounds, and nothing else."""
    return pl.DataFrame(
        [
            {
                "settlement_period": period,
                "party_id": party,
                **dict.fromkeys(AMOUNTS, 0),
                "energy_imbalance_cashflow_gbp": amount,
                "net_to_party_gbp": -amount,
            }
            for period, party, amount in rows
        ]
    )


def test_what_differs_by_charge_party_and_period() -> None:
    found = differences(
        cashflows((1, "A", 5 * POUND), (2, "A", 7 * POUND), (1, "B", 3 * POUND)),
        cashflows((1, "A", 5 * POUND), (2, "A", 9 * POUND), (1, "C", POUND)),
    )
    assert found.by_charge["charge"].to_list() == AMOUNTS
    imbalance = found.by_charge.filter(charge="energy_imbalance_cashflow_gbp")
    assert imbalance.row(0)[1:] == (15.0, 15.0, 0.0)
    by_party = found.by_party.filter(charge="net_to_party_gbp")
    assert by_party.rows() == [
        ("A", "net_to_party_gbp", -12.0, -14.0, -2.0),
        ("B", "net_to_party_gbp", -3.0, 0.0, 3.0),
        ("C", "net_to_party_gbp", 0.0, -1.0, -1.0),
    ]
    periods = found.by_period.filter(charge="net_to_party_gbp", party_id="A")
    assert periods["settlement_period"].to_list() == [2]


def test_equal_runs_differ_in_nothing() -> None:
    same = cashflows((1, "A", 5 * POUND))
    found = differences(same, same)
    assert found.by_party.is_empty()
    assert found.by_period.is_empty()
    assert found.by_charge["difference_gbp"].to_list() == [0.0] * len(AMOUNTS)
