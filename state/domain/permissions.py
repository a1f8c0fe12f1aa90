"""Who may do what: one dated table of activities against kinds of people (`customer.md` 3.4).

The table is `permission_matrix.csv`. What does not stand in it is not allowed. The page that tells
the public, the checks of every service and the tests are all made from it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Final


class Capacity(StrEnum):
    """What a person is for one company."""

    CATEGORY_A = "category_a"
    SIGNATORY = "signatory"
    ASSISTANT = "assistant"
    VIEWER = "viewer"
    INDIVIDUAL = "individual"


SIGNS: Final = frozenset({Capacity.CATEGORY_A, Capacity.SIGNATORY})
"""Who signs for a company."""


class StaffRole(StrEnum):
    """What a person is for the operator."""

    MARKET_ENTRY = "market_entry"
    PARTICIPANT_MANAGEMENT = "participant_management"
    SETTLEMENT_OPERATIONS = "settlement_operations"
    INSIGHTS_PUBLISHER = "insights_publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One activity of the table, by its key."""

    INSIGHTS_READ = "insights.read"
    ALERT_KEEP = "alert.keep"
    QUERY_SAVE = "query.save"
    SIGN_IN = "session.sign_in"
    SESSION_OWN = "session.own"
    INVITATION_ACCEPT = "invitation.accept"
    DECLARATION_SIGN = "declaration.sign"
    IDENTITY_PROVE = "identity.prove"
    EOI_SUBMIT = "eoi.submit"
    EOI_VIEW = "eoi.view"
    EOI_TRIAGE = "eoi.triage"
    ORG_VIEW = "org.view"
    ORG_PREPARE = "org.prepare"
    ORG_APPROVE = "org.approve"
    CONTACT_PREPARE = "contact.prepare"
    CONTACT_APPROVE = "contact.approve"
    ADDRESS_PREPARE = "address.prepare"
    ADDRESS_APPROVE = "address.approve"
    SIGNATORY_PREPARE = "signatory.prepare"
    SIGNATORY_APPROVE = "signatory.approve"
    SIGNATORY_CONFIRM = "signatory.confirm"
    ACCESS_VIEW = "access.view"
    ACCESS_GRANT = "access.grant"
    ACCESS_GRANT_FIRST = "access.grant_first"
    BANK_VIEW = "bank.view"
    BANK_PREPARE = "bank.prepare"
    BANK_APPROVE = "bank.approve"
    BANK_REVEAL = "bank.reveal"
    BANK_STOP = "bank.stop"
    BANK_VERIFY = "bank.verify"
    BANK_ACTIVATE = "bank.activate"
    CHARGES_VIEW = "charges.view"
    ASSET_VIEW = "asset.view"
    INFORMATION_VIEW = "information.view"
    INFORMATION_ANSWER = "information.answer"
    INFORMATION_ASK = "information.ask"
    EXIT_VIEW = "exit.view"
    EXIT_INITIATE = "exit.initiate"
    EXIT_DECIDE = "exit.decide"
    SETTLEMENT_VIEW = "settlement.view"
    SETTLEMENT_RUN_VIEW = "settlement.run_view"
    SETTLEMENT_RUN_START = "settlement.run_start"
    SETTLEMENT_RUN_WORK = "settlement.run_work"
    SETTLEMENT_RUN_PUBLISH = "settlement.run_publish"
    AUDIT_VIEW_OWN = "audit.view_own"
    AUDIT_VIEW_ALL = "audit.view_all"
    DATA_EXPORT = "data.export"
    API_CLIENT_VIEW = "api_client.view"
    API_CLIENT_MANAGE = "api_client.manage"
    WEBHOOK_MANAGE = "webhook.manage"
    DATA_INGEST = "data.ingest"
    PUBLISHER_MANAGE = "publisher.manage"
    PUBLISHER_PROPOSE = "publisher.propose"
    FEED_VIEW = "feed.view"
    FEED_MANAGE = "feed.manage"
    PUBLISHING_VIEW = "publishing.view"
    PUBLISHING_PROPOSE = "publishing.propose"
    PUBLISHING_APPROVE = "publishing.approve"
    PEOPLE_VIEW = "people.view"
    PEOPLE_SUSPEND = "people.suspend"
    CUSTOMER_VIEW_AS = "customer.view_as"
    REFERENCE_VIEW = "reference.view"
    REFERENCE_PROPOSE = "reference.propose"
    REFERENCE_APPROVE = "reference.approve"
    CONTENT_READ = "content.read"
    CONTENT_VIEW = "content.view"
    CONTENT_PREPARE = "content.prepare"
    CONTENT_PUBLISH = "content.publish"
    FEEDBACK_SEND = "feedback.send"
    FEEDBACK_VIEW = "feedback.view"
    FEEDBACK_TRIAGE = "feedback.triage"
    USER_GROUP_JOIN = "user_group.join"
    SUPPORT_MANAGER_ASSIGN = "support_manager.assign"
    STAFF_ROLE_MANAGE = "staff_role.manage"
    MARKET_SEED = "market.seed"
    INSTALLATION_RUN = "installation.run"
    OUTBOX_WORK = "outbox.work"


class Right(StrEnum):
    """Whether, and how: `again` is only after signing in again within the last minutes."""

    NO = ""
    YES = "yes"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Activity:
    """One row of the table, in force from a date: the right of each kind of person."""

    permission: Permission
    words: str
    since: date
    until: date | None
    rights: Mapping[str, Right]
    categories: Mapping[str, Right]

    def right_of(self, kind: str) -> Right:
        """The right of a kind of person: a column of the table."""
        return self.rights.get(kind, Right.NO)


NEWEST: Final = date.max
"""The table as it stands in the end."""

KINDS: Final = (
    "anyone", "signed_in", "viewer", "signatory", "assistant", "category_a", "individual",
    "market_entry", "participant_management", "settlement_operations", "insights_publisher",
    "administrator", "auditor", "console", "clock", "invented",
)  # fmt: skip
"""The kinds of people, and of what is no person, that have a column."""


@lru_cache(maxsize=64)
def activities_on(day: date) -> Mapping[Permission, Activity]:
    """The table in force on a day."""
    return {
        row.permission: row
        for row in _matrix()
        if row.since <= day and (row.until is None or day <= row.until)
    }


def right_of_category(permission: Permission, letter: str, day: date) -> Right:
    """What a signatory of a category may do; Category A may do whatever any category may."""
    activity = activities_on(day).get(permission)
    return Right.NO if activity is None else activity.categories.get(letter, Right.NO)


def right_of(permission: Permission, kind: str, day: date) -> Right:
    """What a kind of person may do on a day."""
    activity = activities_on(day).get(permission)
    return Right.NO if activity is None else activity.right_of(kind)


@cache
def _matrix() -> tuple[Activity, ...]:
    text = (resources.files("state.domain") / "permission_matrix.csv").read_text("utf-8")
    return tuple(_activity(row) for row in csv.DictReader(text.splitlines()))


def _activity(row: dict[str, str]) -> Activity:
    return Activity(
        permission=Permission(row["activity"]),
        words=row["words"],
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        rights={kind: Right(row[kind]) for kind in KINDS},
        categories={
            cell.removesuffix("!"): Right.AGAIN if cell.endswith("!") else Right.YES
            for cell in row["categories"].split()
        },
    )
