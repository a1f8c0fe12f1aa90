"""The capacities in which a company can take part (`customer.md` 2.3)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """One capacity, by its code in the register and the words for it."""

    code: str
    name: str
    does: str


ROLES = (
    Role("TS", "Supplier", "Supplies electricity to homes and businesses"),
    Role("TG", "Generator", "Generates or stores electricity"),
    Role("TN", "Non-Physical Trader", "Trades energy without generating or supplying it"),
    Role("TI", "Interconnector User", "Moves energy over a link to another country"),
    Role("VP", "Virtual Lead Party", "Brings together flexibility behind other people's meters"),
    Role("AV", "Asset Metering Virtual Lead Party", "Meters assets behind a boundary meter"),
    Role("VT", "Virtual Trading Party", "Trades flexibility in the wholesale market"),
    Role("DSO", "Distribution System Operator", "Runs a distribution network"),
    Role("IA", "Interconnector Administrator", "Administers an interconnector"),
    Role("IE", "Interconnector Error Administrator", "Settles an interconnector's errors"),
    Role("EN", "Energy Contract Volume Notification Agent", "Notifies contracts for others"),
    Role(
        "MV", "Metered Volume Reallocation Notification Agent", "Notifies reallocations for others"
    ),
    Role("MI", "Market Index Data Provider", "Provides the market index price"),
    Role("NETSO", "System Operator", "Balances the national system"),
    Role("BP", "BSC Party", "Party to the Code in no trading capacity"),
)

ROLE_NAMES = {role.code: role.name for role in ROLES}
"""The words for each code."""

OPEN_TO_INTEREST = tuple(
    role for role in ROLES if role.code not in {"AV", "IE", "MI", "NETSO", "BP"}
)
"""What a newcomer may say they wish to be; the others are appointed or come with another role."""
