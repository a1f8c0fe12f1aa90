"""Who may do what: one table of activities against capacities and staff roles.

Activity keys and matrix are those of `customer.md` 3.4. What does not stand here is not allowed.
"""

from enum import StrEnum


class Capacity(StrEnum):
    """What a person is for one company."""

    CATEGORY_A = "category_a"
    ASSISTANT = "assistant"
    VIEWER = "viewer"


class StaffRole(StrEnum):
    """What a person is for the operator."""

    MARKET_ENTRY = "market_entry"
    PARTICIPANT_MANAGEMENT = "participant_management"
    SETTLEMENT_OPERATIONS = "settlement_operations"
    INSIGHTS_PUBLISHER = "insights_publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One activity, as `customer.md` 3.4 names it."""

    INSIGHTS_READ = "insights.read"
    SIGN_IN = "session.sign_in"
    SESSION_OWN = "session.own"
    EOI_SUBMIT = "eoi.submit"
    EOI_VIEW = "eoi.view"
    EOI_TRIAGE = "eoi.triage"
    ORG_VIEW = "org.view"
    CONTACT_MANAGE = "contact.manage"
    ASSET_VIEW = "asset.view"
    EXIT_VIEW = "exit.view"
    EXIT_INITIATE = "exit.initiate"
    EXIT_DECIDE = "exit.decide"
    AUDIT_VIEW_OWN = "audit.view_own"
    AUDIT_VIEW_ALL = "audit.view_all"
    DATA_INGEST = "data.ingest"
    SETTLEMENT_RUN_VIEW = "settlement.run_view"
    SETTLEMENT_RUN_START = "settlement.run_start"
    SETTLEMENT_RUN_WORK = "settlement.run_work"
    SETTLEMENT_RUN_PUBLISH = "settlement.run_publish"
    SETTLEMENT_VIEW = "settlement.view"
    MARKET_SEED = "market.seed"
    INSTALLATION_RUN = "installation.run"


PUBLIC = frozenset({Permission.INSIGHTS_READ, Permission.EOI_SUBMIT, Permission.SIGN_IN})
"""What anyone may do."""

SIGNED_IN = frozenset({Permission.SESSION_OWN})
"""What every signed-in person may do, for themselves."""

_OWN_READ = frozenset(
    {
        Permission.ORG_VIEW,
        Permission.ASSET_VIEW,
        Permission.EXIT_VIEW,
        Permission.AUDIT_VIEW_OWN,
        Permission.SETTLEMENT_VIEW,
    }
)

BY_CAPACITY: dict[Capacity, frozenset[Permission]] = {
    Capacity.VIEWER: _OWN_READ,
    Capacity.ASSISTANT: _OWN_READ,
    Capacity.CATEGORY_A: _OWN_READ | {Permission.CONTACT_MANAGE, Permission.EXIT_INITIATE},
}
"""What a person may do for the company they act for, and for no other."""

_REGISTERS = frozenset({Permission.ORG_VIEW, Permission.ASSET_VIEW, Permission.EXIT_VIEW})

BY_STAFF_ROLE: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.MARKET_ENTRY: _REGISTERS | {Permission.EOI_VIEW, Permission.EOI_TRIAGE},
    StaffRole.PARTICIPANT_MANAGEMENT: _REGISTERS
    | {Permission.EOI_VIEW, Permission.EOI_TRIAGE, Permission.EXIT_DECIDE},
    StaffRole.SETTLEMENT_OPERATIONS: _REGISTERS
    | {
        Permission.SETTLEMENT_RUN_VIEW,
        Permission.SETTLEMENT_RUN_START,
        Permission.SETTLEMENT_RUN_PUBLISH,
    },
    StaffRole.INSIGHTS_PUBLISHER: frozenset({Permission.DATA_INGEST}),
    StaffRole.ADMINISTRATOR: frozenset({Permission.AUDIT_VIEW_ALL}),
    StaffRole.AUDITOR: _REGISTERS
    | {Permission.EOI_VIEW, Permission.AUDIT_VIEW_ALL, Permission.SETTLEMENT_RUN_VIEW},
}
"""What a member of staff may do, for every company."""

CONSOLE = frozenset(
    {
        Permission.INSIGHTS_READ,
        Permission.DATA_INGEST,
        Permission.MARKET_SEED,
        Permission.INSTALLATION_RUN,
        Permission.AUDIT_VIEW_ALL,
    }
)
"""What the person at the server's own command line may do."""

CLOCK = frozenset(
    {
        Permission.SETTLEMENT_RUN_VIEW,
        Permission.SETTLEMENT_RUN_START,
        Permission.SETTLEMENT_RUN_WORK,
        Permission.INSTALLATION_RUN,
    }
)
"""What the timetable asks for, and what the worker does about it. The clock publishes nothing."""

INVENTED = frozenset({Permission.SETTLEMENT_RUN_PUBLISH})
"""What the operator of the demo market did before anybody came to look at it."""
