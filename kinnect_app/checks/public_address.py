"""Where we may go: to public addresses alone, looked up once and then held to."""

import ipaddress
import socket
from typing import Final

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class NotPublicError(Exception):
    """The host has no address that we may go to."""


def public_address_of(host: str, port: int) -> str:
    """The address of a host; all that it has must be public, so that none can be chosen for us.

    Raises:
        NotPublicError: One is not, or there is none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotPublicError("the host has no address") from None
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(is_public(one) for one in addresses):
        raise NotPublicError("the host has an address that is not public")
    return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is one of the public net, however it is written."""
    try:
        address = _inner(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: _Address) -> _Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return (
        address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address
    )
