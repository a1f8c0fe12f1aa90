import pytest

from state.domain.formats.email_address import normal, problem


@pytest.mark.parametrize("good", ["name@example.com", "a.b+c@sub.example", "Zoë@example.com"])
def test_good_addresses(good) -> None:
    assert problem(good) is None


@pytest.mark.parametrize("bad", ["name", "@x.example", "a b@x.example", "a@", "a@@x.example"])
def test_bad_addresses(bad) -> None:
    assert problem(bad) == "Enter an email address in the correct format, like name@example.com"
    assert normal(bad) == bad


def test_an_address_is_needed_and_short() -> None:
    assert problem("") == "Enter an email address"
    assert problem("a" * 75 + "@x.example") == "Email address must be 80 characters or fewer"


def test_the_domain_is_kept_in_small_letters() -> None:
    assert normal(" Name@EXAMPLE.com ") == "Name@example.com"
