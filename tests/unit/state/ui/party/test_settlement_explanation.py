import pytest

from state.ui.party.settlement_explanation import NO_SUCH_FIGURE, SettlementExplanationState
from tests.screens import event, go_to, screen_at


def address(run: str, day: str, quantity: str = "daily_party_charges", **key: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in key.items())
    return f"/settlement/explain?run={run}&quantity={quantity}&settlement_date={day}{more}"


def ways(screen) -> list[str]:
    return [cell["href"] for rows in screen.rows for row in rows for cell in row if cell["href"]]


async def test_a_figure_down_to_what_was_given_and_back_up(settled, day) -> None:
    run, of = settled.runs["second"], "energy_imbalance_cashflow_gbp"
    screen = await screen_at(
        SettlementExplanationState, settled.actor(), address(run, day, party_id="ALPHA", of=of)
    )
    await event(screen, "load")
    assert screen.title == "Daily Party Charges"
    assert screen.version["source"] == "BSC Section T5"
    assert screen.headline_name == "Energy imbalance cashflow"
    assert screen.headline_direction in {"You are paid", "You pay"}
    assert len(screen.rows[0]) == 50
    wanted = ("party_cashflow", "energy_imbalance_cashflow&", "energy_imbalance_volume&")
    for quantity in wanted:
        go_to(screen, next(way for way in ways(screen) if f"quantity={quantity}" in way))
        await event(screen, "load")
        assert screen.missing == ""
    assert [step["text"] for step in screen.trail[:3]] == [
        "Settlement",
        "Sun 25 Oct 2026, SF",
        "Daily Party Charges",
    ]
    assert len(screen.trail) == 6
    assert any({"text": "QAEI", "kind": "text"} in part for part in screen.symbols)
    given = [frame for frame in screen.read if frame["given"] == "true"]
    assert "Contract volumes" in {frame["name"] for frame in given}
    go_to(screen, screen.trail[3]["href"])
    await event(screen, "load")
    assert len(screen.trail) == 4


async def test_rows_of_other_parties_are_counted_and_not_shown(settled, day) -> None:
    key = {"settlement_period": "20"}
    where = address(settled.runs["second"], day, "transmission_loss_adjustment", **key)
    screen = await screen_at(SettlementExplanationState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == ""
    assert any("of other Parties." in frame["left_out"] for frame in screen.read)
    assert "BETA" not in str(screen.rows)
    assert len(screen.read) == len(screen.rows) == len(screen.columns)


PERIOD = "run={run}&quantity=party_cashflow&settlement_date=2026-10-25&party_id=ALPHA"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "run=x",
        "run={run}&quantity=daily_party_charges",
        "run={run}&quantity=daily_party_charges&settlement_date=2026-10-25&party_id=BETA",
        "run={run}&quantity=daily_party_charges&settlement_date=soon&party_id=ALPHA",
        "run={run}&quantity=daily_party_charges&settlement_date=2026-10-25&party_id=ALPHA&x=1",
        "run={run}&quantity=daily_party_charges&settlement_date=2026-10-25&party_id=ALPHA&of=x",
        "run={run}&quantity=contract_volumes&settlement_date=2026-10-25",
        PERIOD + "&settlement_period=1e3",
        PERIOD + "&settlement_period=51",
        "run=0000&quantity=daily_party_charges&settlement_date=2026-10-25&party_id=ALPHA",
    ],
)
async def test_any_other_address_is_not_found(settled, query) -> None:
    where = "/settlement/explain?" + query.format(run=settled.runs["second"])
    screen = await screen_at(SettlementExplanationState, settled.actor(), where)
    await event(screen, "load")
    assert screen.missing == NO_SUCH_FIGURE
    assert screen.rows == []
