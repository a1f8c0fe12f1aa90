"""A program of a company: what may be said of it when it is made."""

import ipaddress
import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from state.domain.api_scopes import COMPANY, scopes_on
from state.domain.refusal import Refusal

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
_MOST_NETWORKS: Final = 20


def client_refusals(
    name: str,
    scopes: Iterable[str],
    networks: str,
    taken: Iterable[str],
    today: date,
    *,
    holder: str = COMPANY,
) -> tuple[Refusal, ...]:
    """Every reason to refuse a new program."""
    found: list[Refusal] = []
    if not _NAME.fullmatch(name):
        found.append(
            Refusal(
                "name", "Enter a name of up to 40 letters, figures, spaces, dots, dashes, like ERP"
            )
        )
    elif name.casefold() in {one.casefold() for one in taken}:
        found.append(Refusal("name", "Another program has that name. Choose another"))
    chosen = set(scopes)
    if not chosen or chosen - {one.scope for one in scopes_on(today, holder)}:
        found.append(Refusal("scopes", "Select what the program may do"))
    if wrong := _wrong_network(networks):
        found.append(Refusal("networks", wrong))
    return tuple(found)


def normal_networks(text: str) -> str:
    """The networks as they are kept: each in its normal form, with spaces between.

    Raises:
        ValueError: One is no network.
    """
    parts = text.replace(",", " ").split()
    return " ".join(str(ipaddress.ip_network(part, strict=False)) for part in parts)


def comes_from(address: str, networks: str) -> bool:
    """Whether an address lies in one of the networks; with none, any does."""
    if not networks:
        return True
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return any(mapped in ipaddress.ip_network(one) for one in networks.split())


def _wrong_network(text: str) -> str:
    try:
        networks = normal_networks(text)
    except ValueError:
        return "Write addresses like 192.0.2.7 or networks like 192.0.2.0/24, with spaces between"
    if len(networks.split()) > _MOST_NETWORKS:
        return f"Name {_MOST_NETWORKS} networks at most"
    return ""
