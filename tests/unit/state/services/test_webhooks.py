import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, THE_CLOCK, NotAllowedError
from state.domain.changes import ChangeAction, ChangeKind
from state.domain.permissions import Capacity
from state.domain.webhooks import EVENTS
from state.persistence.models.notices import NoticeRow
from state.persistence.models.webhooks import WebhookDeliveryRow, WebhookEndpointRow
from state.persistence.transaction import reading, transaction
from state.persistence.webhooks import put_webhooks
from state.services import change_decisions, change_views, changes, webhook_deliveries, webhooks
from state.services.changes import Proposal
from state.services.webhooks import WebhookRefusedError
from tests.market import NOW, tiny_market
from tests.programs import acting_for, ann, made_program

URL = "https://hooks.alpha.example/kinnect"
CONTACT = {
    "name": "Caro of ALPHA",
    "job_title": "Secretary",
    "email": "carol@alpha.example",
    "phone": "+441632960001",
    "mobile": "",
    "out_of_hours": "no",
    "purposes": "notices",
}


@pytest.fixture
def market(either_database):
    return tiny_market()


def added(actor, url=URL, events=tuple(EVENTS)):
    return webhooks.add_webhook(
        actor=actor, organisation_id=actor.organisation_id, url=url, events=events, now=NOW
    )


def sent_change(actor):
    where = {"actor": actor, "organisation_id": actor.organisation_id}
    proposal = Proposal(ChangeKind.CONTACT, ChangeAction.CHANGE, "contact-alpha", CONTACT, 1)
    public_id = changes.prepare_change(**where, proposal=proposal, now=NOW)
    digest = change_views.change_to_see(**where, public_id=public_id).digest
    changes.submit_change(**where, public_id=public_id, digest=digest, now=NOW)
    return public_id


def al(market):
    return market.acting("al", "ALPHA", Capacity.ASSISTANT)


def waiting(now=NOW):
    return webhook_deliveries.delivery_to_send(actor=THE_CLOCK, now=now)


def deliveries():
    with reading() as session:
        return session.exec(select(WebhookDeliveryRow).order_by(WebhookDeliveryRow.id)).all()


def listed(market):
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    return webhooks.webhooks_of(**where)


def test_a_change_is_told_in_ids_and_states_alone(market) -> None:
    added(ann(market))
    change = sent_change(al(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    digest = change_views.change_to_see(**where, public_id=change).digest
    change_decisions.approve_change(**where, public_id=change, digest=digest, now=NOW)
    rows = deliveries()
    assert [row.event for row in rows] == ["change.submitted", "change.applied"]
    assert json.loads(rows[1].payload)["data"] == {
        "change": change,
        "organisation": "alpha",
        "kind": "contact",
        "action": "change",
        "status": "applied",
    }
    assert not any(word in rows[0].payload for word in ("Caro", "carol", "1632", "contact-alpha"))


def test_another_company_and_other_events_are_told_nothing(market) -> None:
    added(market.acting("ben", "BETA", Capacity.CATEGORY_A, "A"))
    added(ann(market), events=["change.stopped", "change.withdrawn"])
    change = sent_change(al(market))
    assert deliveries() == []
    where = {"actor": al(market), "organisation_id": market.organisations["ALPHA"]}
    change_decisions.withdraw_change(**where, public_id=change, now=NOW)
    assert [row.event for row in deliveries()] == ["change.withdrawn"]


def test_what_is_undone_is_not_told(market, monkeypatch) -> None:
    added(ann(market))
    monkeypatch.setattr("state.services.changes.announce", _told_and_broken)
    with pytest.raises(ZeroDivisionError):
        sent_change(al(market))
    assert deliveries() == []


def _told_and_broken(session, actor, row, now):
    put_webhooks(session, row, now)
    raise ZeroDivisionError


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://alpha.example/",
        "ftp://alpha.example/",
        "https://",
        "https://user:word@alpha.example/",
        "https://alpha.example:22/",
        "https://alpha.example:x/",
        "https://alpha.example/\r\nX: 1",
        "https://alpha.example/é",
        "https://alpha.example/#part",
        "https://alpha.example/" + "x" * 400,
        "javascript:alert(1)",
    ],
)
def test_an_address_that_cannot_be_is_refused(market, url) -> None:
    with pytest.raises(WebhookRefusedError) as refused:
        added(ann(market), url=url, events=["change.made_up"])
    assert {reason.field for reason in refused.value.reasons} == {"url", "events"}


def test_an_address_is_added_once_and_there_are_only_so_many(market) -> None:
    added(ann(market))
    with pytest.raises(WebhookRefusedError, match="already"):
        added(ann(market))
    for number in range(9):
        added(ann(market), url=f"{URL}/{number}")
    with pytest.raises(WebhookRefusedError, match="too many"):
        added(ann(market), url=f"{URL}/more")


def test_who_may_not_keeps_no_webhooks(market) -> None:
    public_id = added(ann(market))
    for actor in (al(market), ANYONE):
        with pytest.raises(NotAllowedError):
            webhooks.add_webhook(
                actor=actor,
                organisation_id=market.organisations["ALPHA"],
                url=URL,
                events=["change.applied"],
                now=NOW,
            )
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A, "A")
    where = {"actor": ben, "organisation_id": ben.organisation_id, "public_id": public_id}
    for service in (webhooks.ping_webhook, webhooks.end_webhook, webhooks.signing_secret):
        with pytest.raises(NotAllowedError, match="no such webhook"):
            service(**where, now=NOW)


def test_a_program_with_the_scope_keeps_webhooks(market) -> None:
    program = acting_for(made_program(market), "webhooks:manage")
    assert added(program)
    assert [one.url for one in listed(market)] == [URL]


def test_the_secret_is_sealed_and_signs(market) -> None:
    public_id = added(ann(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    shown = webhooks.signing_secret(**where, public_id=public_id, now=NOW)
    assert shown.secret.startswith("whsec_")
    with reading() as session:
        assert shown.secret not in session.exec(select(WebhookEndpointRow)).one().secret
    webhooks.ping_webhook(**where, public_id=public_id, now=NOW)
    assert waiting().secret == shown.secret


def test_of_many_workers_one_sends_it(market) -> None:
    public_id = added(ann(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    webhooks.ping_webhook(**where, public_id=public_id, now=NOW)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: waiting(), range(8)))
    assert len([one for one in found if one]) == 1


def test_it_is_tried_ten_times_and_then_given_up(market) -> None:
    public_id = added(ann(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    webhooks.ping_webhook(**where, public_id=public_id, now=NOW)
    now, waits = NOW, []
    while found := waiting(now):
        webhook_deliveries.delivery_failed(
            actor=THE_CLOCK, delivery_id=found.delivery_id, answer="it answered 500", now=now
        )
        [row] = deliveries()
        if row.next_try_at is None:
            break
        waits.append(row.next_try_at - now)
        now = row.next_try_at
    assert (len(waits), waits[0], waits[-1]) == (9, timedelta(seconds=5), timedelta(hours=24))
    assert waits == sorted(waits)
    [delivery] = listed(market)[0].deliveries
    assert (delivery.tries, delivery.next_try_at) == (10, None)
    webhooks.replay_delivery(**where, public_id=delivery.public_id, now=now)
    again = waiting(now)
    assert again.message_id == delivery.public_id
    webhook_deliveries.delivery_done(
        actor=THE_CLOCK, delivery_id=again.delivery_id, answer="it answered 200", now=now
    )
    [hook] = listed(market)
    assert hook.failing_since is None
    assert hook.deliveries[0].delivered_at == now


def test_after_three_days_of_failing_it_is_switched_off_and_all_who_keep_it_are_told(
    market,
) -> None:
    public_id = added(ann(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    for day in range(4):
        now = NOW + timedelta(days=day)
        webhooks.ping_webhook(**where, public_id=public_id, now=now)
        found = waiting(now)
        webhook_deliveries.delivery_failed(
            actor=THE_CLOCK, delivery_id=found.delivery_id, answer="ConnectError", now=now
        )
    assert listed(market)[0].disabled_at == NOW + timedelta(days=3)
    assert waiting(NOW + timedelta(days=9)) is None
    with reading() as session:
        told = session.exec(
            select(NoticeRow.person_id).where(NoticeRow.key == "webhooks.failing")
        ).all()
    assert set(told) == {market.people["ann"], market.people["amy"]}
    webhooks.ping_webhook(**where, public_id=public_id, now=NOW + timedelta(days=9))
    assert waiting(NOW + timedelta(days=9)) is not None
    assert listed(market)[0].disabled_at is None


def test_what_has_ended_is_sent_nothing_and_what_is_old_is_forgotten(market) -> None:
    public_id = added(ann(market))
    where = {"actor": ann(market), "organisation_id": market.organisations["ALPHA"]}
    webhooks.ping_webhook(**where, public_id=public_id, now=NOW)
    found = waiting()
    webhook_deliveries.delivery_done(
        actor=THE_CLOCK, delivery_id=found.delivery_id, answer="it answered 200", now=NOW
    )
    assert webhooks.end_webhook(**where, public_id=public_id, now=NOW) == URL
    with pytest.raises(NotAllowedError):
        webhooks.replay_delivery(**where, public_id=deliveries()[0].public_id, now=NOW)
    later = NOW + timedelta(days=31)
    assert webhook_deliveries.remove_old_deliveries(actor=THE_CLOCK, now=later) == 1
    with transaction() as session:
        assert session.exec(select(WebhookDeliveryRow)).all() == []
