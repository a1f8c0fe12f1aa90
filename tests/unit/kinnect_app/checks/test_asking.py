import httpx
import pytest
from sqlmodel import select

from kinnect_app.checks import asking
from kinnect_app.checks.companies_house import CompaniesHouse
from kinnect_app.neighbours import register_settings
from state.persistence.models.organisation import OrganisationRow
from state.persistence.models.proofs import RegisterCheckRow
from state.persistence.transaction import reading, transaction
from tests.declared import asked, prepared, secret_of, signed, without_category_a
from tests.market import NOW, tiny_market


@pytest.fixture
def configured(monkeypatch):
    """Sets what the register is configured to be; nothing is remembered between tests."""

    def configure(**settings):
        for name in ("ENV", "COMPANIES_HOUSE_KEY", "COMPANIES_HOUSE_URL"):
            monkeypatch.delenv(f"KINNECT_{name}", raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(f"KINNECT_{name.upper()}", value)
        register_settings.cache_clear()
        asking._register.cache_clear()

    yield configure
    register_settings.cache_clear()
    asking._register.cache_clear()


@pytest.fixture
def signed_for_beta(database):
    market = tiny_market()
    without_category_a(market)
    with transaction() as session:
        company = session.get_one(OrganisationRow, market.organisations["BETA"])
        company.company_number = "90000102"
        session.add(company)
    asked(market, prepared(market))
    signed(secret_of("declaration"))


def check() -> RegisterCheckRow:
    with reading() as session:
        return session.exec(select(RegisterCheckRow)).one()


def test_in_development_the_made_up_register_is_asked(configured, signed_for_beta) -> None:
    configured(env="development")
    assert asking.ask_registers(NOW) == 1
    assert asking.ask_registers(NOW) == 0
    assert (check().status, check().source) == ("passed", "Development register (made up)")


def test_in_production_without_a_key_people_look(configured, signed_for_beta) -> None:
    configured(env="production")
    assert asking.ask_registers(NOW) == 0
    assert (check().status, check().tries) == ("waiting", 1)


def test_with_a_key_the_register_itself_is_asked(configured, monkeypatch) -> None:
    configured(env="production", companies_house_key="k" * 36)
    register = asking._register()
    assert isinstance(register, CompaniesHouse)
    assert register._client.base_url == httpx.URL("https://api.company-information.service.gov.uk")


def test_the_key_goes_over_tls_alone_in_production(configured) -> None:
    configured(env="production", companies_house_url="http://register.example")
    with pytest.raises(ValueError, match="must be https"):
        register_settings()


def test_a_round_is_begun_once_until_it_ends(monkeypatch) -> None:
    rounds = []
    monkeypatch.setattr(asking, "ask_registers", lambda now: rounds.append(now) or 0)
    clerk = asking.RegisterClerk()
    clerk.go(NOW)
    clerk._round.result(5)
    clerk.go(NOW)
    clerk._round.result(5)
    assert rounds == [NOW, NOW]
