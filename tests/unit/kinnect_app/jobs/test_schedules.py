import json
from datetime import timedelta

from sqlmodel import select

from kinnect_app.jobs.schedules import SCHEDULES
from state.domain.changes import ChangeAction, ChangeKind, ChangeStatus
from state.domain.permissions import Capacity
from state.persistence.models.change import ChangeRow
from state.persistence.transaction import reading
from state.services import change_views, changes
from state.services.changes import Proposal
from tests.changing import CAROL
from tests.market import NOW, tiny_market


def do(name: str, now, *, first: bool = False) -> None:
    next(one for one in SCHEDULES if one.name == name).do(now, first)


def test_a_change_that_waits_for_its_date_counts_when_the_clock_comes_to_it(database) -> None:
    ann = tiny_market().acting("ann", "ALPHA", Capacity.CATEGORY_A)
    own = {"actor": ann, "organisation_id": ann.organisation_id}
    proposal = Proposal(
        ChangeKind.CONTACT,
        ChangeAction.CHANGE,
        "contact-alpha",
        CAROL | {"job_title": "Clerk"},
        base_version=1,
        effective_on=NOW.date() + timedelta(days=2),
    )
    public_id = changes.prepare_change(**own, proposal=proposal, now=NOW)
    digest = change_views.change_to_see(**own, public_id=public_id).digest
    changes.submit_change(**own, public_id=public_id, digest=digest, now=NOW)
    for days, status in ((1, ChangeStatus.SCHEDULED), (2, ChangeStatus.APPLIED)):
        do("take up the changes that are due", NOW + timedelta(days=days))
        with reading() as session:
            row = session.exec(select(ChangeRow)).one()
        assert row.status == status
        assert json.loads(row.after)["job_title"] == "Clerk"
