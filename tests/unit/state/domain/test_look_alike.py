import pytest

from state.domain.look_alike import domain_of, looks_like_another

KNOWN = {"albion-power.example", "northflex.co.uk"}


@pytest.mark.parametrize(
    "domain",
    [
        "a1bion-power.example",
        "albionpower.example",
        "albion-povver.example",
        "albion-p\u043ewer.example",
        "albion-p\u043ewer.example".encode("idna").decode(),
        "albion-powers.example",
        "ablion-power.example",
        "albion-power.test",
        "northflex.com",
        "nortflex.co.uk",
    ],
)
def test_what_could_be_taken_for_a_domain_of_the_company(domain: str) -> None:
    assert looks_like_another(domain, KNOWN)


@pytest.mark.parametrize(
    ("domain", "known"),
    [
        ("albion-power.example", KNOWN),
        ("mail.albion-power.example", KNOWN),
        ("example", KNOWN),
        ("people.example", {"alpha.example"}),
        ("ab.example", {"ac.example"}),
        ("mail.one.example", {"mail.two.example"}),
        ("", KNOWN),
        ("albion-power.example", set()),
        ("xn--\u00ff.example", KNOWN),
    ],
)
def test_what_is_simply_another_domain(domain: str, known: set[str]) -> None:
    assert not looks_like_another(domain, known)


def test_the_domain_of_an_address() -> None:
    assert domain_of("Ann@Alpha.EXAMPLE ") == "alpha.example"
    assert domain_of("no address") == ""
