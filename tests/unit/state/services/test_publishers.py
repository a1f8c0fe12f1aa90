import pytest

from state.domain.actor import CONSOLE_OPERATOR, NotAllowedError
from state.domain.permissions import Capacity, Permission, StaffRole
from state.services.api_clients import ProgramRefusedError
from state.services.publishers import (
    NoPublisherError,
    PublisherRefusedError,
    add_publisher,
    end_publisher,
    publishers,
)
from tests.market import NOW, tiny_market
from tests.programs import acting_for, made_program, made_publisher


@pytest.fixture
def market(either_database):
    return tiny_market()


def test_a_publisher_is_let_in_listed_and_ended(market) -> None:
    made = made_publisher(market)
    actor = acting_for(made)
    assert actor.may(Permission.DATA_INGEST)
    assert not actor.may(Permission.FEED_MANAGE)
    assert not actor.may(Permission.DATA_INGEST, market.organisations["ALPHA"])
    [held] = publishers(actor=CONSOLE_OPERATOR)
    assert (held.public_id, held.name, held.until) == (made.public_id, "Prices", None)
    assert end_publisher(actor=CONSOLE_OPERATOR, public_id=made.public_id, now=NOW) == "Prices"
    assert publishers(actor=CONSOLE_OPERATOR)[0].until == NOW.date()
    with pytest.raises(NoPublisherError):
        end_publisher(actor=CONSOLE_OPERATOR, public_id=made.public_id, now=NOW)


def test_it_acts_for_somebody_who_takes_data_in_and_has_a_name_of_its_own(market) -> None:
    made_publisher(market)
    with pytest.raises(PublisherRefusedError) as refused:
        add_publisher(
            actor=CONSOLE_OPERATOR,
            name="Prices",
            acts_for="stella@example.test",
            allowed_addresses="here",
            now=NOW,
        )
    assert {one.field for one in refused.value.reasons} == {"name", "networks", "acts_for"}


def test_a_company_cannot_give_its_programs_the_scope(market) -> None:
    with pytest.raises(ProgramRefusedError):
        made_program(market, scopes=("data:publish",))


def test_nobody_but_the_console_lets_one_in(market) -> None:
    for actor in (
        market.acting("ann", "ALPHA", Capacity.CATEGORY_A, "A"),
        market.staff("ada", StaffRole.ADMINISTRATOR, StaffRole.INSIGHTS_PUBLISHER),
    ):
        with pytest.raises(NotAllowedError):
            publishers(actor=actor)
