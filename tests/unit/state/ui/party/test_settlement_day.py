import pytest

from state.ui.party.settlement_day import SettlementDayState
from state.ui.settled_day import NO_SUCH_DAY, NO_SUCH_RUN
from tests.screens import event, screen_at


def pence(text: str) -> int:
    return int(text.replace("−", "-").replace("£", "").replace(",", "").replace(".", ""))


async def test_the_charges_as_the_party_sees_them_sum_to_the_net(settled, day) -> None:
    screen = await screen_at(SettlementDayState, settled.actor(), f"/settlement/day?date={day}")
    await event(screen, "load")
    amounts = [pence(row["amount"]) for row in screen.charges]
    assert sum(amounts[:-1]) == amounts[-1] != 0
    assert screen.charges[-1]["amount"] == screen.net
    for row, amount in zip(screen.charges, amounts, strict=True):
        wanted = "You are paid" if amount > 0 else "You pay" if amount < 0 else "Nothing"
        assert row["direction"] == wanted
    run = settled.runs["second"]
    assert screen.run_name == "Initial Settlement (SF)"
    assert screen.src == f"/api/v1/settlement/{day}/runs/{run}/charges"
    assert screen.charges[1]["href"] == (
        f"/settlement/explain?run={run}&quantity=daily_party_charges&settlement_date={day}"
        "&party_id=ALPHA&of=non_delivery_charge_gbp"
    )


async def test_an_earlier_run_is_chosen_and_said_to_be_replaced(settled, day) -> None:
    first = settled.runs["first"]
    where = f"/settlement/day?date={day}&run={first}"
    screen = await screen_at(SettlementDayState, settled.actor(), where)
    await event(screen, "load")
    assert screen.run_name == "Interim Information (II)"
    assert screen.replaced.startswith("Replaced by Initial Settlement (SF) on ")
    assert [(run["text"], run["current"]) for run in screen.runs] == [
        ("II", "page"),
        ("SF", "false"),
    ]
    assert [tab["text"] for tab in screen.tabs] == [
        "Charges",
        "Imbalance",
        "BM Units",
        "Compare",
        "Download",
    ]
    assert all(f"run={first}" in tab["href"] for tab in screen.tabs)
    assert screen.previous == "/settlement/day?date=2026-10-24"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("date=2026-10-22", NO_SUCH_DAY),
        ("date=never", NO_SUCH_DAY),
        ("date=2026-10-25&run=0000", NO_SUCH_RUN),
        ("date=2026-10-25&run=' OR 1=1 --", NO_SUCH_RUN),
    ],
)
async def test_what_is_not_there_is_not_found(settled, query, said) -> None:
    screen = await screen_at(SettlementDayState, settled.actor(), f"/settlement/day?{query}")
    await event(screen, "load")
    assert screen.missing == said
    assert screen.charges == []


async def test_a_run_of_another_day_is_not_found(settled, day) -> None:
    where = f"/settlement/day?date={day}&run={settled.runs['other']}"
    screen = await screen_at(SettlementDayState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == NO_SUCH_RUN
