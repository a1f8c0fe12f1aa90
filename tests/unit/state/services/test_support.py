import pytest

from state.domain.actor import ANYONE, NotAllowedError, NotSignedInError
from state.domain.permissions import Capacity, StaffRole
from state.domain.public_content import Entry, EntryKind
from state.services import content_entries, support
from state.services.support import SupportRefusedError
from tests.market import NOW, tiny_market

TEAM = Entry(
    EntryKind.TEAM, "Team", "Joining.", NOW.date(), mailbox="team@x.example", hours="Weekdays"
)


def test_a_team_is_listed_without_its_address_which_is_told_when_asked_for(database) -> None:
    peter = tiny_market().staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    content_entries.save_entry(actor=peter, entry=TEAM, publish=True, now=NOW)
    (team,) = support.teams_to_ask(actor=ANYONE, now=NOW)
    assert (team.name, team.helps_with, team.hours) == ("Team", "Joining.", "Weekdays")
    assert "@" not in repr(team)
    asked = {"actor": ANYONE, "now": NOW}
    assert support.mailbox_of_team(public_id=team.public_id, **asked) == "team@x.example"
    assert support.mailbox_of_team(public_id="another", **asked) == ""


def test_a_company_reads_who_supports_it_and_another_does_not(database) -> None:
    market = tiny_market()
    peter = market.staff("peter", StaffRole.PARTICIPANT_MANAGEMENT)
    ann = market.acting("ann", "ALPHA", Capacity.CATEGORY_A)
    alpha = market.organisations["ALPHA"]
    assert support.support_manager(actor=ann, organisation_id=alpha) == ""
    choice = support.support_choice(actor=peter, public_id="alpha", now=NOW)
    assert (choice.now, choice.choices) == ("", (("p-peter", "Peter"),))
    for person in ("p-stella", ""):
        with pytest.raises(SupportRefusedError, match="Participant management"):
            support.assign_support_manager(actor=peter, public_id="alpha", person=person, now=NOW)
    assigned = {"actor": peter, "public_id": "alpha", "person": "p-peter", "now": NOW}
    assert support.assign_support_manager(**assigned) == "Peter"
    assert support.assign_support_manager(**assigned) == "Peter"
    assert support.support_manager(actor=ann, organisation_id=alpha) == "Peter"
    ben = market.acting("ben", "BETA", Capacity.CATEGORY_A)
    for actor, refusal in ((ben, NotAllowedError), (ANYONE, NotSignedInError)):
        with pytest.raises(refusal):
            support.support_manager(actor=actor, organisation_id=alpha)
    with pytest.raises(NotAllowedError):
        support.support_choice(actor=ann, public_id="alpha", now=NOW)
    with pytest.raises(NotAllowedError, match="no such company"):
        support.support_choice(actor=peter, public_id="none", now=NOW)
