from datetime import timedelta

import pytest
from sqlmodel import select

from state.domain.actor import ANYONE, NotSignedInError
from state.domain.permissions import Capacity
from state.persistence.models.alert import AlertRow
from state.persistence.transaction import reading
from state.services.alerts import (
    AlertRefusedError,
    NoSuchAlertError,
    datasets_with_timetable,
    own_alerts,
    pause_alert,
    remove_alert,
    resume_alert,
    set_late_alert,
    set_value_alert,
)
from tests.market import NOW, tiny_market

PRICE = "system_prices.system_buy_price_gbp_per_mwh"


@pytest.fixture
def market(either_database):
    return tiny_market()


@pytest.fixture
def ann(market):
    return market.acting("ann", "ALPHA", Capacity.VIEWER)


def on_price(actor, line: str, now=NOW) -> str:
    return set_value_alert(actor=actor, series=PRICE, side="above", line=line, now=now)


def test_an_alert_is_listed_paused_resumed_and_removed_by_its_person_alone(ann, market) -> None:
    alert = on_price(ann, "200")
    late = set_late_alert(actor=ann, name="system_prices", now=NOW + timedelta(minutes=1))
    assert [(one.public_id, one.kind, one.line) for one in own_alerts(actor=ann)] == [
        (late, "late", 0.0),
        (alert, "above", 200.0),
    ]
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    assert own_alerts(actor=ben) == ()
    for change in (pause_alert, resume_alert, remove_alert):
        with pytest.raises(NoSuchAlertError):
            change(actor=ben, public_id=alert, now=NOW)
    pause_alert(actor=ann, public_id=alert, now=NOW)
    assert own_alerts(actor=ann)[1].paused
    resume_alert(actor=ann, public_id=alert, now=NOW)
    assert not own_alerts(actor=ann)[1].paused
    remove_alert(actor=ann, public_id=alert, now=NOW)
    assert [one.public_id for one in own_alerts(actor=ann)] == [late]


def test_the_same_alert_is_not_set_twice_and_there_is_room_for_so_many(ann) -> None:
    on_price(ann, "200")
    with pytest.raises(AlertRefusedError, match="You have this alert already"):
        on_price(ann, "200.0")
    for line in range(1, 50):
        on_price(ann, str(line))
    with pytest.raises(AlertRefusedError, match="50 alerts, which is all there is room for"):
        on_price(ann, "300")
    with reading() as session:
        assert len(session.exec(select(AlertRow)).all()) == 50


def test_only_a_public_dataset_with_a_timetable_can_be_late(ann) -> None:
    for name in ("", "nothing", "outage_messages", "metered_volumes"):
        with pytest.raises(AlertRefusedError):
            set_late_alert(actor=ann, name=name, now=NOW)


def test_everybody_may_know_what_can_be_late_and_nobody_signed_out_sets_anything() -> None:
    names = {one.name for one in datasets_with_timetable(actor=ANYONE)}
    assert "system_prices" in names
    assert "outage_messages" not in names
    with pytest.raises(NotSignedInError):
        on_price(ANYONE, "200")
