"""What the public reads and writes, on both databases, and what is forgotten of it."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from kinnect_app.jobs.schedules import SCHEDULES
from state.domain.actor import ANYONE
from state.domain.permissions import StaffRole
from state.persistence.models.feedback import FeedbackRow
from state.persistence.models.user_group import UserGroupMemberRow
from state.persistence.transaction import reading
from state.services import content_entries, feedback, public_content, user_group
from state.services.service_figures import service_figures
from tests.database.test_both_databases import RACERS, race
from tests.market import NOW, tiny_market
from tests.unit.state.services.test_content_entries import QUESTION
from tests.unit.state.services.test_feedback import GOOD
from tests.unit.state.services.test_user_group import KAY


def test_of_racing_versions_of_an_entry_one_is_stored(either_database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    public_id = content_entries.save_entry(actor=peter, entry=QUESTION, publish=True, now=NOW)
    ends = race(
        lambda number: content_entries.save_entry(
            actor=peter,
            entry=replace(QUESTION, title=f"Title {number}"),
            publish=True,
            now=NOW,
            public_id=public_id,
            version=1,
        )
    )
    assert ends == (1, RACERS - 1)
    (shown,) = public_content.help_entries(actor=ANYONE, now=NOW)
    assert shown.entry.title.startswith("Title")
    assert service_figures(actor=ANYONE, now=NOW).active_people is None


def test_an_address_that_asks_many_times_at_once_has_one_mail(either_database) -> None:
    ends = race(lambda _: user_group.ask_to_join(actor=ANYONE, newcomer=KAY, now=NOW))
    assert ends == (RACERS, 0)
    with reading() as session:
        assert len(session.exec(select(UserGroupMemberRow)).all()) == 1


def test_the_clock_forgets_who_wrote_long_ago(either_database) -> None:
    feedback.send_feedback(actor=ANYONE, feedback=GOOD, now=NOW)
    user_group.ask_to_join(actor=ANYONE, newcomer=KAY, now=NOW)
    forget(NOW + timedelta(days=6))
    assert held() == ("kay@x.example", 1)
    forget(NOW + timedelta(days=7))
    assert held() == ("kay@x.example", 0)
    forget(NOW + timedelta(days=365))
    assert held() == ("", 0)


def forget(now) -> None:
    schedule = next(one for one in SCHEDULES if one.name == "forget who wrote to us long ago")
    schedule.do(now, *[False])


def held() -> tuple[str, int]:
    with reading() as session:
        address = session.exec(select(FeedbackRow.email)).one()
        return address, len(session.exec(select(UserGroupMemberRow)).all())
