"""Ask the public data in SQL: write, run, draw, take away, save and share; and be told no."""

import re
from urllib.parse import quote_plus

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as
from tests.served import Served

PRICES = """\
SELECT settlement_date, avg(system_buy_price_gbp_per_mwh) AS average_price
FROM system_prices
GROUP BY settlement_date
ORDER BY settlement_date"""


def written(page: Page, sql: str) -> None:
    editor = page.get_by_role("textbox", name="Query in SQL")
    editor.fill(sql)
    editor.press("Control+Enter")


def test_a_question_is_answered_drawn_and_taken_away(page: Page, served: Served) -> None:
    page.goto("/insights/data")
    page.get_by_role("link", name="Ask in SQL", exact=True).click()
    expect(page.get_by_role("heading", name="Ask in SQL")).to_be_visible()
    written(page, PRICES)
    expect(page.get_by_text("7 rows in")).to_be_visible()
    expect(page).to_have_url(re.compile(r"sql=SELECT\+settlement_date"))
    expect(page.get_by_role("region", name="Rows of the answer").get_by_role("row")).to_have_count(
        8
    )
    chart = page.get_by_role("figure", name="The answer over time")
    expect(chart).to_have_attribute("data-status", "ready")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    lines = taken.value.path().read_text().splitlines()
    assert lines[0] == "settlement_date,average_price"
    assert len(lines) == 8


def test_the_list_of_tables_writes_names_where_the_caret_is(page: Page) -> None:
    page.goto("/insights/query")
    editor = page.get_by_role("textbox", name="Query in SQL")
    editor.fill("SELECT count(*) AS prices FROM")
    page.get_by_label("Find a table or a column").fill("imbalance volume DISEBSP")
    page.get_by_role("button", name="system_prices").click()
    page.get_by_role("button", name="system_prices", exact=True).click()
    expect(editor).to_have_value("SELECT count(*) AS prices FROM system_prices")
    expect(editor).to_be_focused()
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.get_by_role("region", name="Rows of the answer")).to_contain_text("338")


def test_what_may_not_be_asked_is_refused_in_words_and_the_page_lives(page: Page) -> None:
    page.goto("/insights/query")
    for sql, words in (
        ("SELECT * FROM sytem_prices", "Did you mean system_prices?"),
        ("SELECT * FROM read_csv('/etc/passwd')", "neither files, nor the network"),
        ("DROP TABLE system_prices", "A query begins with SELECT"),
        ("SELECT list(range) FROM range(1000000000)", "needed more than 1,000 MB of memory"),
    ):
        written(page, sql)
        expect(page.get_by_role("alert")).to_contain_text(words)
    written(page, "SELECT 42 AS answer")
    expect(page.get_by_text("1 row in")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_saved_query_is_shared_by_its_link(page: Page, another: Page, served: Served) -> None:
    sign_in_as(page, "Alice Harrowgate")
    page.goto(f"/insights/query?sql={quote_plus(PRICES)}")
    page.get_by_label("Save it as").fill("Price of each day")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Price of each day")).to_be_visible()
    expect(page.get_by_text("7 rows in")).to_be_visible()
    another.goto(page.url)
    expect(another.get_by_role("heading", name="Price of each day")).to_be_visible()
    expect(another.get_by_text("7 rows in")).to_be_visible()
    page.get_by_role("button", name="Delete Price of each day").click()
    expect(page.get_by_role("heading", name="Your saved queries")).to_have_count(0)
    another.reload()
    expect(another.get_by_text("No query is kept here")).to_be_visible()
