"""The client of the register against answers of its shapes (customer.md 4.2): no network."""

import base64
from datetime import date

import httpx
import pytest

from kinnect_app.checks.companies_house import CompaniesHouse, RegisterUnavailableError
from kinnect_app.checks.development_register import development_register
from state.domain.director_match import ClaimedDirector, Officer, verdict

PROFILE = {
    "company_name": "LANTERN LANE SUPPLY LTD",
    "company_number": "90000102",
    "company_status": "active",
    "type": "ltd",
    "etag": "abc",
    "registered_office_address": {"premises": "1", "locality": "Great Marling"},
}
OFFICER = {
    "name": "OKONJO, Ngozi Adaeze",
    "officer_role": "director",
    "appointed_on": "2019-01-07",
    "date_of_birth": {"month": 4, "year": 1975},
    "nationality": "British",
    "links": {"officer": {"appointments": "/officers/x/appointments"}},
}
RESIGNED = {
    "name": "RAVENSCAR, Piers",
    "officer_role": "secretary",
    "appointed_on": "2001-01-07",
    "resigned_on": "2024-05-01",
}
GONE = {"errors": [{"error": "company-profile-not-found", "type": "ch:service"}]}


class FakeRegister:
    """Answers from a list, and remembers what it was asked."""

    def __init__(self, officers=(OFFICER, RESIGNED), profile=PROFILE, status=200):
        self.officers, self.profile, self.status = list(officers), profile, status
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.status != 200:
            return httpx.Response(self.status, json=GONE, headers={"X-Ratelimit-Remain": "0"})
        if request.url.path == "/company/90000102":
            return httpx.Response(200, json=self.profile)
        start = int(request.url.params["start_index"])
        page = self.officers[start : start + int(request.url.params["items_per_page"])]
        return httpx.Response(200, json={"items": page, "total_results": len(self.officers)})

    def client(self) -> CompaniesHouse:
        return CompaniesHouse(
            "https://register.example", "the-key", transport=httpx.MockTransport(self)
        )


def test_an_entry_with_its_officers_is_read() -> None:
    fake = FakeRegister()
    answer = fake.client().company("90000102")
    assert answer.source == "Companies House"
    assert answer.company.status == "active"
    assert answer.company.officers == (
        Officer("OKONJO, Ngozi Adaeze", "director", date(2019, 1, 7), None, 4, 1975),
        Officer("RAVENSCAR, Piers", "secretary", date(2001, 1, 7), date(2024, 5, 1)),
    )
    assert len(answer.digest) == 64
    assert answer.digest != FakeRegister(officers=()).client().company("90000102").digest


def test_the_key_is_the_name_and_there_is_no_password() -> None:
    fake = FakeRegister()
    fake.client().company("90000102")
    expected = "Basic " + base64.b64encode(b"the-key:").decode()
    assert {one.headers["authorization"] for one in fake.asked} == {expected}


def test_a_large_board_is_read_to_its_last_page() -> None:
    fake = FakeRegister(officers=[RESIGNED] * 79 + [OFFICER])
    answer = fake.client().company("90000102")
    assert len(answer.company.officers) == 80
    assert answer.company.officers[-1].name == OFFICER["name"]
    assert [one.url.params.get("start_index") for one in fake.asked] == [None, "0", "35", "70"]


def test_a_company_that_is_not_there_is_an_answer_too() -> None:
    assert FakeRegister(status=404).client().company("90000102").company is None


@pytest.mark.parametrize("status", [401, 429, 500, 503, 302])
def test_any_other_answer_is_none(status) -> None:
    with pytest.raises(RegisterUnavailableError, match=str(status)):
        FakeRegister(status=status).client().company("90000102")


@pytest.mark.parametrize("profile", [{}, {"company_number": "1", "company_name": "A"}, [], "x"])
def test_an_answer_of_another_shape_is_none(profile) -> None:
    with pytest.raises(RegisterUnavailableError, match="another shape"):
        FakeRegister(profile=profile).client().company("90000102")


def test_a_register_that_cannot_be_reached_is_said_so() -> None:
    def broken(request):
        raise httpx.ConnectTimeout("too long")

    client = CompaniesHouse("https://register.example", "k", transport=httpx.MockTransport(broken))
    with pytest.raises(RegisterUnavailableError, match="ConnectTimeout"):
        client.company("90000102")


@pytest.mark.parametrize(
    ("number", "name", "born", "code"),
    [
        ("90000102", "Ngozi Okonjo", (4, 1975), "director_current"),
        ("90000102", "Piers Ravenscar", (2, 1960), "director_resigned"),
        ("90000104", "Morag Eskdale", (7, 1971), "striking_off"),
        ("90000105", "Idris Farrowby", (11, 1959), "company_insolvent"),
        ("OC400001", "Loveday Penhallow", (1, 1980), "director_current"),
        ("99999999", "Ngozi Okonjo", (4, 1975), "company_not_found"),
    ],
)
def test_the_development_register_answers_alike_and_says_that_it_is_made_up(
    number, name, born, code
) -> None:
    answer = development_register().company(number)
    assert "made up" in answer.source
    found = verdict(answer.company, ClaimedDirector(name, *born), today=date(2026, 11, 21))
    assert found.code == code


def test_a_company_without_officers_has_none_and_an_endless_board_is_no_answer() -> None:
    def no_officers(request):
        if request.url.path.endswith("/officers"):
            return httpx.Response(404, json=GONE)
        return httpx.Response(200, json=PROFILE)

    client = CompaniesHouse(
        "https://register.example", "k", transport=httpx.MockTransport(no_officers)
    )
    assert client.company("90000102").company.officers == ()
    endless = FakeRegister(officers=[RESIGNED] * (35 * 30 + 1))
    with pytest.raises(RegisterUnavailableError, match="more officers"):
        endless.client().company("90000102")
