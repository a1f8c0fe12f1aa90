"""Every page, for every kind of person: it shows itself to those whom the matrix lets see it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from reflex.event import EventHandler
from reflex_base.event import Event
from reflex_base.registry import RegistrationContext

import kinnect_app.kinnect_app as assembled
from kinnect_app.identity.gate import _answer
from kinnect_app.routes import Audience, Route
from settlement_engine.frames import keys
from settlement_engine.trading_charges import TRADING_CHARGES
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.corrections import Cell
from state.domain.permissions import Capacity, StaffRole
from state.services import change_views, changes, corrections, signatory_confirmations
from state.services.changes import Proposal
from state.services.corrections import Correction, RowsWanted
from state.services.sessions import WAYS_IN, WhoIsHere
from state.ui.access import opened_to
from state.ui.figure_links import figure_address
from tests.changing import contact_sent
from tests.databases import fresh_installation
from tests.invited import OF_MONEY, invite
from tests.market import NOW, TinyMarket, tiny_market
from tests.permissions.people import NO_PERSON, TABLE, Kind, kinds
from tests.public_data import DAY, store_a_row_of_everything
from tests.screens import screen_at

PAGES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "pages.yaml").read_text()
)
ROUTES = {route.path: route for route in assembled.PAGES}
ELSEWHERE = re.compile(r"/(not-allowed|sign-in|choose-company)")
NO_MATTER_WHICH = {"anyone", "staff"}


def test_every_page_has_an_entry_and_every_entry_a_page() -> None:
    assert set(PAGES) == set(ROUTES)
    assert {entry["needs"] for entry in PAGES.values()} <= set(TABLE) | NO_MATTER_WHICH


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> Iterator[tuple[TinyMarket, dict[str, str]]]:
    """One for every page: what an address names is there, so that nothing else is in the way."""
    with (
        fresh_installation(tmp_path_factory.mktemp("pages")),
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(WAYS_IN, "development", True)
        made = tiny_market()
        yield made, _named(made)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_for_those_whom_the_matrix_lets_see_it(path: str, market) -> None:
    made, named = market
    entry, route = PAGES[path], ROUTES[path]
    address = path + entry.get("at", "").format(**named)
    on_load = assembled.PAGES[route].on_load
    if on_load is None:
        assert entry["needs"] == "anyone"
        return
    for name, kind in kinds(made).items():
        if name in NO_PERSON or kind.actor.program:
            continue  # they open no pages
        opens, held = await _opened(on_load, kind, address)
        says = entry.get("says", {})
        sees = opens and not any(held.get(key) == value for key, value in says.items())
        assert sees is _should_see(route, kind, entry["needs"]), f"{name} at {address}"
        if opens and says:
            assert set(says) <= set(held)


async def _opened(on_load: EventHandler, kind: Kind, address: str) -> tuple[bool, dict[str, Any]]:
    """Whether the gate and the handler let them stay, and what the screen then holds."""
    event = Event(name="load", payload={})
    if _answer(opened_to(on_load.fn), WhoIsHere(kind.actor), event, address) is not None:
        return False, {}
    screen_kind = RegistrationContext.get().base_states[on_load.state_full_name]
    screen = await screen_at(screen_kind, kind.actor, address)
    came = await on_load.fn(screen)
    while isinstance(came, EventHandler) and came.state_full_name == on_load.state_full_name:
        # the screen goes on to look
        came = await came.fn(screen)
    held = {name: getattr(screen, name) for name in screen_kind.base_vars}
    return not ELSEWHERE.search(str(came)), held


def _should_see(route: Route, kind: Kind, needs: str) -> bool:
    actor = kind.actor
    if route.audience is Audience.STAFF:
        is_for = bool(actor.staff_roles)
        return is_for and (needs == "staff" or (kind.may(needs) and not actor.looking_only))
    if needs == "anyone":
        return True
    if route.audience is Audience.PEOPLE and needs != "session.own":
        return actor.organisation_id is not None and kind.may(needs)
    return kind.may(needs)


def _named(market: TinyMarket) -> dict[str, str]:
    """The ids that the addresses of the entries name."""
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    al = market.acting("al", "ALPHA", Capacity.ASSISTANT)
    own = {"actor": ann, "organisation_id": ann.organisation_id, "now": NOW}
    listed = signatory_confirmations.list_to_confirm(**own)
    certificate = signatory_confirmations.confirm_signatories(**own, digest=listed.digest)
    change, _ = contact_sent(al, name="Caro")
    return {
        "certificate": certificate,
        "change": change,
        "reference_change": _reference_change(market),
        "data_change": _correction(market),
        "figure": _figure(),
        "invitation": invite(market, OF_MONEY).public_id,
    }


def _reference_change(market: TinyMarket) -> str:
    own = {"actor": market.staff("stella", StaffRole.MARKET_ENTRY), "organisation_id": None}
    proposal = Proposal(
        ChangeKind.REFERENCE,
        ChangeAction.CHANGE,
        "fee:accession",
        {"value": "550", "source": "Panel 344/05"},
        base_version=1,
        effective_on=NOW.date() + timedelta(days=10),
    )
    public_id = changes.prepare_change(**own, proposal=proposal, now=NOW)
    digest = change_views.change_to_see(**own, public_id=public_id).digest
    changes.submit_change(**own, public_id=public_id, digest=digest, now=NOW)
    return public_id


def _correction(market: TinyMarket) -> str:
    store_a_row_of_everything("system_prices")
    own = {"actor": market.staff("stella", StaffRole.INSIGHTS_PUBLISHER)}
    cell = Cell((str(DAY), "19"), "net_imbalance_volume_mwh").name
    seen = corrections.rows_to_correct(**own, wanted=RowsWanted("system_prices", DAY)).rows[0].cells
    correction = Correction("system_prices", DAY, {cell: "12.5"}, seen, "Misread")
    public_id = corrections.propose_correction(**own, correction=correction, now=NOW)
    own |= {"organisation_id": None, "public_id": public_id}
    changes.submit_change(**own, digest=change_views.change_to_see(**own).digest, now=NOW)
    return public_id


def _figure() -> str:
    """The query of a figure that could be there, of the first quantity of the calculation."""
    quantity = TRADING_CHARGES.rules[0].name
    key = [(column, _value(column)) for column in keys(TRADING_CHARGES.frame_types()[quantity])]
    return figure_address("", "a-run", quantity, key)


def _value(column: str) -> object:
    if column.endswith("date"):
        return NOW.date()
    return 1 if column.endswith(("period", "number", "sequence")) else "ALPHA"
