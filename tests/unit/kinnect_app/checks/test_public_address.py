import pytest

from kinnect_app.checks.public_address import NotPublicError, is_public, public_address_of

INNER = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
    "2001:db8::1",
    "localhost",
    "",
]


@pytest.mark.parametrize("address", INNER)
def test_an_address_of_ours_or_of_nobody_is_not_public(address) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_of_the_net_is_public(address) -> None:
    assert is_public(address)


def looked_up(*addresses):
    return lambda *_args, **_named: [(2, 1, 6, "", (one, 443)) for one in addresses]


def test_a_host_with_one_inner_address_is_refused_whole(monkeypatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", looked_up("93.184.216.34", "10.0.0.1"))
    with pytest.raises(NotPublicError, match="not public"):
        public_address_of("rebound.example", 443)
    monkeypatch.setattr("socket.getaddrinfo", looked_up("93.184.216.34"))
    assert public_address_of("good.example", 443) == "93.184.216.34"
    monkeypatch.setattr("socket.getaddrinfo", looked_up())
    with pytest.raises(NotPublicError):
        public_address_of("nobody.example", 443)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_ways_to_write_this_machine_do_not_help(socket_enabled, host) -> None:
    with pytest.raises(NotPublicError):
        public_address_of(host, 443)
