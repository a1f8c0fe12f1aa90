from dataclasses import replace
from datetime import date, timedelta

import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity, StaffRole
from state.domain.public_content import Entry, EntryKind
from state.services import audit, content_entries, public_content
from state.services.content_entries import ContentRefusedError
from tests.market import NOW, tiny_market

TODAY = NOW.date()
QUESTION = Entry(
    EntryKind.QUESTION, "What is a phrase?", "A verification.", TODAY, ("access",), "anyone"
)
PLAN = Entry(EntryKind.PLAN, "Assets", "Online.", TODAY, stage="planned", quarter="2027 Q1")


def titles(now=NOW, **asked) -> list[str]:
    found = public_content.help_entries(actor=ANYONE, now=now, **asked)
    return [one.entry.title for one in found]


@pytest.fixture
def peter(database):
    return tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)


def test_what_is_published_is_read_searched_and_found_by_topic(peter) -> None:
    other = replace(QUESTION, title="Where is my money?", body="Safe.", topics=("bank",))
    for entry in (QUESTION, other, PLAN):
        content_entries.save_entry(actor=peter, entry=entry, publish=True, now=NOW)
    assert titles() == ["What is a phrase?", "Where is my money?"]
    assert titles(search="VERIFICATION") == ["What is a phrase?"]
    assert titles(topic="bank") == ["Where is my money?"]
    assert titles(search="verification", topic="bank") == []
    assert [one.entry for one in public_content.plans(actor=ANYONE, now=NOW)] == [PLAN]


def test_plans_are_ordered_by_how_far_and_how_soon_they_are(peter) -> None:
    for title, stage, quarter in (
        ("Old", "done", "2026 Q1"),
        ("New", "done", "2026 Q3"),
        ("Late", "planned", "2027 Q4"),
        ("Soon", "planned", "2027 Q2"),
        ("Now", "underway", "2027 Q1"),
    ):
        entry = replace(PLAN, title=title, stage=stage, quarter=quarter)
        content_entries.save_entry(actor=peter, entry=entry, publish=True, now=NOW)
    shown = public_content.plans(actor=ANYONE, now=NOW)
    assert [one.entry.title for one in shown] == ["Now", "Soon", "Late", "New", "Old"]


def test_a_draft_is_read_by_staff_alone_until_somebody_publishes_it(peter) -> None:
    stella = replace(peter, staff_roles=frozenset({StaffRole.MARKET_ENTRY}))
    with pytest.raises(NotAllowedError):
        content_entries.save_entry(actor=stella, entry=QUESTION, publish=True, now=NOW)
    public_id = content_entries.save_entry(actor=stella, entry=QUESTION, publish=False, now=NOW)
    assert titles() == []
    (held,) = content_entries.held_entries(actor=stella, now=NOW)
    assert (held.status, held.version) == ("Draft", 1)
    content_entries.save_entry(
        actor=peter, entry=QUESTION, publish=True, now=NOW, public_id=public_id, version=1
    )
    assert titles() == ["What is a phrase?"]


def test_a_new_version_counts_from_its_date_and_the_old_one_stays(peter) -> None:
    public_id = content_entries.save_entry(actor=peter, entry=QUESTION, publish=True, now=NOW)
    later = TODAY + timedelta(days=3)
    changed = replace(QUESTION, title="A better title", since=later)
    content_entries.save_entry(
        actor=peter, entry=changed, publish=True, now=NOW, public_id=public_id, version=1
    )
    assert titles() == ["What is a phrase?"]
    assert titles(now=NOW + timedelta(days=3)) == ["A better title"]
    versions = content_entries.versions_of_entry(actor=peter, public_id=public_id, now=NOW)
    assert [(one.version, one.status) for one in versions] == [
        (2, "From 24 Nov 2026"),
        (1, "Published"),
    ]
    trail = audit.audit_trail(actor=replace(peter, kind="console", person_id=None), search="")
    assert trail.total == 2


def test_who_was_overtaken_is_told_and_nothing_is_stored(peter) -> None:
    public_id = content_entries.save_entry(actor=peter, entry=QUESTION, publish=True, now=NOW)
    for version in (0, 2):
        with pytest.raises(ContentRefusedError, match="Somebody changed this entry"):
            content_entries.save_entry(
                actor=peter,
                entry=QUESTION,
                publish=True,
                now=NOW,
                public_id=public_id,
                version=version,
            )
    with pytest.raises(ContentRefusedError, match="title: Enter a title"):
        content_entries.save_entry(
            actor=peter, entry=replace(QUESTION, title=" "), publish=True, now=NOW
        )
    assert len(content_entries.versions_of_entry(actor=peter, public_id=public_id, now=NOW)) == 1


def test_an_entry_is_retired_at_once_or_after_its_last_day(peter) -> None:
    public_id = content_entries.save_entry(actor=peter, entry=QUESTION, publish=True, now=NOW)
    which = {"actor": peter, "public_id": public_id, "now": NOW}
    with pytest.raises(ContentRefusedError, match="today or later"):
        content_entries.retire_entry(**which, version=1, last_day=TODAY - timedelta(days=1))
    with pytest.raises(ContentRefusedError, match="Somebody changed"):
        content_entries.retire_entry(**which, version=2, last_day=None)
    content_entries.retire_entry(**which, version=1, last_day=TODAY)
    assert titles() == ["What is a phrase?"]
    assert titles(now=NOW + timedelta(days=1)) == []
    content_entries.retire_entry(**which, version=1, last_day=None)
    assert titles() == []
    (held,) = content_entries.held_entries(actor=peter, now=NOW)
    assert held.status == "Retired"


def test_a_draft_cannot_be_retired(peter) -> None:
    public_id = content_entries.save_entry(actor=peter, entry=QUESTION, publish=False, now=NOW)
    with pytest.raises(ContentRefusedError, match="never published"):
        content_entries.retire_entry(
            actor=peter, public_id=public_id, version=1, last_day=date.max, now=NOW
        )


def test_strangers_and_companies_see_no_drafts(peter) -> None:
    ann = tiny_actor(peter)
    for actor, refusal in ((ANYONE, NotSignedInError), (ann, NotAllowedError)):
        with pytest.raises(refusal):
            content_entries.held_entries(actor=actor, now=NOW)


def tiny_actor(peter):
    return replace(peter, staff_roles=frozenset(), capacity=Capacity.CATEGORY_A, organisation_id=1)
