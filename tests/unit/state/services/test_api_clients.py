from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import NotAllowedError, SignInAgainError
from state.domain.permissions import Capacity
from state.persistence.models.api_clients import ApiClientRow, ApiTokenRow
from state.persistence.models.audit import AuditEntryRow
from state.persistence.models.notices import NoticeRow
from state.persistence.transaction import reading
from state.services import api_clients
from state.services.api_clients import ProgramRefusedError
from tests.market import NOW, tiny_market
from tests.programs import acting_for, ann, made_program, token_of


@pytest.fixture
def market(either_database):
    return tiny_market()


def programs(market, actor=None):
    actor = actor or ann(market)
    return api_clients.programs_of(
        actor=actor, organisation_id=actor.organisation_id, now=NOW + timedelta(hours=1)
    )


def test_a_category_a_gives_a_program_access_and_all_of_them_are_told(market) -> None:
    made = made_program(market, addresses="192.0.2.0/24, 198.51.100.7")
    [found] = programs(market)
    assert (found.name, found.client_id, found.has_secret, found.acts) == (
        "ERP",
        made.client_id,
        True,
        True,
    )
    assert found.allowed_addresses == "192.0.2.0/24 198.51.100.7/32"
    assert "Prepare changes and send them for approval" in found.may
    with reading() as session:
        told = session.exec(select(NoticeRow).where(NoticeRow.key == "api_client.created")).all()
        events = session.exec(select(AuditEntryRow.event)).all()
    assert {row.person_id for row in told} == {market.people["ann"], market.people["amy"]}
    assert events == ["api_client.created", "api_client.secret_made"]


def test_the_secret_is_nowhere_in_the_record(market) -> None:
    made = made_program(market)
    token = token_of(made)
    with reading() as session:
        rows = [*session.exec(select(ApiClientRow)), *session.exec(select(ApiTokenRow))]
        trail = session.exec(select(AuditEntryRow)).all()
    kept = repr([row.model_dump() for row in [*rows, *trail]])
    assert made.secret not in kept
    assert token not in kept


def test_everything_that_is_wrong_is_said_at_once(market) -> None:
    with pytest.raises(ProgramRefusedError) as refused:
        made_program(market, name="<script>", scopes=["bank:approve"], addresses="300.1.1.1")
    assert [reason.field for reason in refused.value.reasons] == ["name", "scopes", "networks"]
    made_program(market)
    with pytest.raises(ProgramRefusedError, match="Another program has that name"):
        made_program(market, name="erp")
    with pytest.raises(ProgramRefusedError, match="20 networks"):
        made_program(market, name="x", addresses=" ".join(f"192.0.2.{n}" for n in range(21)))


def test_a_company_has_only_so_many_programs(market) -> None:
    for number in range(20):
        made_program(market, name=f"ERP {number}")
    with pytest.raises(ProgramRefusedError, match="too many"):
        made_program(market, name="One more")


def test_who_may_not_makes_none(market) -> None:
    for actor in (
        market.acting("al", "ALPHA", Capacity.ASSISTANT),
        market.acting("nick", "ALPHA", Capacity.SIGNATORY, "N"),
        acting_for(made_program(market)),
    ):
        with pytest.raises(NotAllowedError):
            made_program(market, name="Mine", by=actor)
    with pytest.raises(SignInAgainError):
        made_program(market, name="Mine", by=replace(ann(market), fresh=False))


def test_another_companys_program_is_like_one_that_does_not_exist(market) -> None:
    made = made_program(market)
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    where = {"actor": ben, "organisation_id": ben.organisation_id, "now": NOW}
    for service in (api_clients.end_program, api_clients.new_program_secret):
        with pytest.raises(NotAllowedError, match="no such program"):
            service(**where, public_id=made.public_id)
    assert programs(market, ben) == ()


def test_an_ended_program_stays_in_the_list_and_its_name_is_free_again(market) -> None:
    made = made_program(market)
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"], "now": NOW}
    assert api_clients.end_program(**where, public_id=made.public_id) == "ERP"
    with pytest.raises(NotAllowedError):
        api_clients.end_program(**where, public_id=made.public_id)
    made_program(market)
    assert [one.acts for one in programs(market)] == [True, False]
