import pytest

from state.domain.api_client import client_refusals, comes_from, normal_networks
from tests.market import NOW


@pytest.mark.parametrize(
    ("address", "networks", "lets_in"),
    [
        ("192.0.2.1", "", True),
        ("192.0.2.1", "192.0.2.0/24", True),
        ("192.0.3.1", "192.0.2.0/24", False),
        ("::ffff:192.0.2.1", "192.0.2.0/24", True),
        ("2001:db8::1", "192.0.2.0/24 2001:db8::/32", True),
        ("", "192.0.2.0/24", False),
    ],
)
def test_where_a_program_comes_from(address, networks, lets_in) -> None:
    assert comes_from(address, networks) is lets_in


def test_networks_are_kept_in_one_form() -> None:
    assert normal_networks("192.0.2.7, 2001:DB8::1/32") == "192.0.2.7/32 2001:db8::/32"


@pytest.mark.parametrize("name", ["", " ERP", "a" * 41, "é", "a\nb", "-x", "<b>"])
def test_a_name_is_plain(name) -> None:
    [refusal] = client_refusals(name, ["registry:read"], "", [], NOW.date())
    assert refusal.field == "name"
