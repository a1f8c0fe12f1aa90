from state.domain.permissions import Capacity
from state.persistence.models.person import PersonRow
from state.persistence.transaction import transaction
from state.ui.party.account import AccountState
from state.ui.party.certificate import CertificateState
from state.ui.party.signatories import SignatoriesState
from tests.market import tiny_market
from tests.screens import event, go_to, screen_at


async def _loaded(market) -> SignatoriesState:
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A")
    screen = await screen_at(SignatoriesState, ann, "/account/signatories")
    await event(screen, "load")
    return screen


async def test_an_overdue_list_is_confirmed_and_the_banner_goes(database) -> None:
    screen = await _loaded(tiny_market())
    account = await screen.get_state(AccountState)
    await event(account, "load")
    assert account.overdue == "1 Jan 2021"
    assert screen.duty["overdue"] == "The list should have been confirmed by 1 Jan 2021."
    assert screen.signs
    went = await event(screen, "confirm")
    certificate = await screen.get_state(CertificateState)
    go_to(certificate, went.args[0][1]._var_value)
    await event(certificate, "load")
    assert [line["name"] for line in certificate.lines] == ["Amy", "Ann", "Nick"]
    assert certificate.facts["by"] == "Ann"
    await event(account, "load")
    assert account.overdue == ""
    go_to(screen, "/account/signatories")
    await event(screen, "load")
    assert (screen.duty["overdue"], screen.duty["soon"]) == ("", "")


async def test_a_list_that_moved_on_is_shown_again(database) -> None:
    market = tiny_market()
    screen = await _loaded(market)
    with transaction() as session:
        nick = session.get_one(PersonRow, market.people["nick"])
        nick.name = "Nicholas"
        session.add(nick)
    await event(screen, "confirm")
    assert "changed since" in screen.problems[""]
    assert [line["name"] for line in screen.lines] == ["Amy", "Ann", "Nicholas"]


async def test_an_assistant_confirms_nothing_and_has_no_phrase(database) -> None:
    al = tiny_market().acting("al", "ALPHA", Capacity.ASSISTANT)
    screen = await screen_at(SignatoriesState, al, "/account/signatories")
    await event(screen, "load")
    assert (screen.duty["may"], screen.signs) == ("", False)
