import pytest

from state.domain.next_page import leading_to, safe_next


@pytest.mark.parametrize(
    "wanted",
    ["/account", "/account/", "/market-exit?step=2", "/staff/runs/run?id=R-1&x=%20y"],
)
def test_a_page_of_ours_is_gone_back_to(wanted: str) -> None:
    assert safe_next(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example",
        "https:evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        "/account\r\nLocation: https://evil.example",
        "javascript:alert(1)",
        " /account",
        "account",
        "/account#part",
        "/account/../auth/sign-out",
        "/a/%2e%2e/auth/again",
        "/auth/again",
        "/api/v1/runs",
        "/sign-in",
        "/sign-in-again?next=/x",
        "/_event",
        "/" + "a" * 600,
        "/",
        "",
        None,
    ],
)
def test_nothing_else_is(wanted: str | None) -> None:
    assert safe_next(wanted) == ""
    assert leading_to("/sign-in", wanted or "") == "/sign-in"


def test_the_way_on_is_written_so_that_nothing_of_it_is_read_as_ours() -> None:
    assert leading_to("/sign-in", "/a?b=1&c=2") == "/sign-in?next=%2Fa%3Fb%3D1%26c%3D2"
