"""A company reads what it was paid and charged, down to what was given; nobody else can."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import serious
from tests.e2e.people import open_as, sign_in_as
from tests.served import Served

CORRECTED = re.compile(r"^[+−]£")


def pence(text: str) -> int:
    """`−£1,234.56` as −123456."""
    return int(text.replace("−", "-").translate(str.maketrans("", "", "£,.")))


def open_the_restated_day(page: Page) -> str:
    """The day that two runs disagree about, at its comparison; gives the Settlement Date."""
    page.get_by_role("link", name="Settlement", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Settlement")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=CORRECTED))
    expect(row).to_have_count(1)
    row.get_by_role("link", name=CORRECTED).click()
    expect(page.get_by_role("heading", name="By charge")).to_be_visible()
    return str(page.evaluate("new URLSearchParams(location.search).get('date')"))


def test_two_runs_are_compared_and_a_figure_is_followed_to_what_was_given(page: Page) -> None:
    open_as(page, "Alice Harrowgate")
    open_the_restated_day(page)
    charges = page.get_by_role("table").first
    before, after, change = (
        pence(charges.get_by_role("row").last.get_by_role("cell").nth(place).inner_text())
        for place in (1, 2, 3)
    )
    assert after - before == change != 0
    said = "better" if change > 0 else "worse"
    expect(page.get_by_text(re.compile(rf"£[\d,.]+ {said} for you than by Inte"))).to_be_visible()

    page.get_by_role("link", name="Charges", exact=True).click()
    expect(page.locator(".k-ledger .k-amount")).to_have_count(6)
    amounts = [pence(text) for text in page.locator(".k-ledger .k-amount").all_inner_texts()]
    assert sum(amounts[:-1]) == amounts[-1] == after
    expect(page.locator(".k-headline .k-fig-value")).to_have_text(
        page.locator(".k-ledger .k-amount").last.inner_text()
    )

    page.get_by_role("row", name="Energy imbalance").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Daily Party Charges")).to_be_visible()
    page.get_by_role("link", name=re.compile("^20 ?: explain this")).click()
    expect(page.get_by_role("heading", level=1, name="Party Cashflow")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Production ?: explain this Energy Imb")).click()
    expect(page.get_by_role("heading", level=1, name="Energy Imbalance Cashflow")).to_be_visible()
    expect(page.locator(".k-formula sub").first).to_have_text("aj")
    page.get_by_role("region", name="Energy Imbalance Volume").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Energy Imbalance Volume")).to_be_visible()
    given = page.locator(".k-inline").filter(has_text="Contract volumes")
    expect(given).to_contain_text("Given")
    page.get_by_label("The way here").get_by_role("link", name="Daily Party Charges").click()
    expect(page.get_by_role("heading", level=1, name="Daily Party Charges")).to_be_visible()


def test_a_chart_has_its_table_and_a_download_says_what_the_page_says(
    page: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "Agnes Whitlow")
    page.goto("/settlement/day")
    figure = page.get_by_role("figure", name=re.compile("^Charges by Settlement Period"))
    figure.get_by_role("button", name="Table").click()
    expect(figure.get_by_role("row")).to_have_count(49)
    net = pence(page.locator(".k-headline .k-fig-value").inner_text())
    page.get_by_role("link", name="Download", exact=True).click()
    with page.expect_download() as kept:
        page.get_by_role("link", name="CSV of Daily Party Charges").click()
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d-[A-Z0-9]+-\d+-daily_party_charges\.csv", kept.value.suggested_filename
    )
    path = tmp_path / "kept.csv"
    kept.value.save_as(path)
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert {row["party_id"] for row in rows} == {"ALBION"}
    paid = ("bm_unit_cashflow_gbp", "residual_cashflow_gbp")
    charged = ("non_delivery_charge_gbp", "energy_imbalance_cashflow_gbp")
    total = sum(float(row[name]) for row in rows for name in paid)
    total -= sum(float(row[name]) for row in rows for name in charged)
    assert round(100 * total) == net


def test_another_company_finds_none_of_it(page: Page) -> None:
    sign_in_as(page, "Alice Harrowgate")
    page.goto("/settlement/units")
    unit = page.locator("td a").first.get_attribute("href") or ""
    page.goto("/settlement/day")
    figure = page.locator(".k-ledger a").first.get_attribute("href") or ""
    run = re.search(r"run=([^&]+)", figure)
    date = re.search(r"settlement_date=([^&]+)", figure)
    assert run
    assert date
    name = unit.rsplit("unit=", 1)[1]
    api = f"/api/v1/settlement/{date[1]}/runs/{run[1]}/units/{name}"
    assert page.request.get(api).status == 200
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.request.get(api).status == 401
    page.goto(figure)
    expect(page).to_have_url(re.compile(r"/sign-in/?\?next=%2F"))

    sign_in_as(page, "Nadia Thornbury")
    page.goto(figure)
    expect(
        page.get_by_text("There is no such figure, or it is not your company's.")
    ).to_be_visible()
    page.goto(unit)
    expect(page.get_by_text("Your company had no such BM Unit on this day.")).to_be_visible()
    assert page.request.get(api).status == 404
    page.goto("/settlement/day?date=2026-01-01")
    expect(page.get_by_text("Your company has no such settled day.")).to_be_visible()


def test_no_page_of_a_settled_day_has_a_serious_fault(served: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=served.origin)
    page = context.new_page()
    open_as(page, "Alice Harrowgate")
    date = open_the_restated_day(page)
    faults = {"compare": serious(page)}
    page.goto(f"/settlement/day?date={date}")
    page.get_by_role("button", name="Table").click()
    faults["day"] = serious(page)
    page.locator(".k-ledger a").last.click()
    expect(page.locator(".k-formula")).to_be_visible()
    faults["explain"] = serious(page)
    page.goto(f"/settlement/units?date={date}")
    page.locator("td a").last.click()
    page.get_by_role("button", name="Table").click()
    faults["unit"] = serious(page)
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
