"""Anyone learns what the service is, finds help, says what they think, and finds where to begin."""

import re
import urllib.request

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.people import sign_in_as
from tests.e2e.sessions import never_here
from tests.raw_socket import sign_in
from tests.served import Served


def heading(page: Page, name: str, level: int = 1):
    return page.get_by_role("heading", level=level, name=name, exact=True)


def staff_page(context: BrowserContext, page: Page, path: str) -> Page:
    """The page as somebody of Participant management sees it, in a browser of their own."""
    origin = re.match(r"https?://[^/]+", page.url).group()
    other = context.browser.new_context(base_url=origin, locale="en-GB").new_page()
    other.set_default_timeout(10_000)
    sign_in_as(other, "Parveen Maddox")
    other.goto(path)
    return other


def test_the_service_in_four_cards_three_areas_and_two_introductions(page: Page) -> None:
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="About the service").click()
    expect(heading(page, "About the service")).to_be_visible()
    cards = page.locator(".k-cards-two article")
    expect(cards.get_by_role("heading")).to_have_text(
        ["Enter the market", "Register assets", "Manage your account", "Leave the market"]
    )
    links = [cards.get_by_role("link").nth(at).get_attribute("href") for at in range(4)]
    areas = page.locator(".k-steps-three").get_by_role("link")
    expect(areas).to_have_count(3)
    links += [areas.nth(at).get_attribute("href") for at in range(3)]

    # The list of contents moves the focus to a heading.
    page.get_by_role("navigation", name="On this page").get_by_role(
        "link", name="Introductions"
    ).press("Enter")
    expect(heading(page, "Introductions", 2)).to_be_focused()
    expect(heading(page, "Introductions", 2)).to_be_in_viewport()

    # Without a film its words are there, by keyboard.
    words = page.get_by_text("You begin by telling us who you are.")
    expect(words).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(words).to_be_visible()

    for link in links:
        page.goto(link)
        expect(page.locator("main h1")).to_be_visible()
        expect(page).not_to_have_url(re.compile("/(404|not-allowed)"))
        expect(heading(page, "There is no page here")).to_have_count(0)


def test_every_public_page_of_many_parts_lists_them(page: Page) -> None:
    for path in ("/customer/help", "/who-can-do-what", "/insights/data"):
        page.goto(path)
        parts = page.get_by_role("navigation", name="On this page").get_by_role("link")
        expect(page.locator("main h2").first).to_be_visible()
        assert parts.all_inner_texts() == page.locator("main h2").all_inner_texts()
        parts.last.click()
        expect(page.locator("main h2").last).to_be_focused()


def test_help_is_searched_and_forms_lead_to_it(page: Page) -> None:
    page.goto("/customer/help")
    page.get_by_label("Search help").fill("verification")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("1 entry found for “verification”")).to_be_visible()
    expect(page.get_by_text("they never see the phrase itself")).to_be_visible()
    page.get_by_label("Search help").fill("zebra")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing fits. Try another word, or ask us below.")).to_be_visible()

    page.goto("/market-entry")
    page.get_by_role("link", name="Help: joining the market").click()
    expect(page.get_by_text("found about Joining the market")).to_be_visible()
    expect(heading(page, "How do I become a Party?", 3)).to_be_visible()
    expect(heading(page, "Who can see our account number?", 3)).to_have_count(0)


def test_staff_publish_change_and_retire_what_everyone_reads(
    page: Page, context: BrowserContext
) -> None:
    page.goto("/customer/roadmap")
    expect(heading(page, "Register assets online", 3)).to_be_visible()
    staff = staff_page(context, page, "/staff/content")
    staff.get_by_role("link", name="Add a plan").click()
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Enter a title",
            "Enter some text",
            "Select how far it is",
            "Enter a quarter, like 2027 Q1",
        ]
    )
    staff.get_by_label("Title").fill("Maps of assets")
    staff.get_by_label("Text").fill("Where everything stands.")
    staff.get_by_label("Planned").check()
    staff.get_by_label("Quarter").fill("2027 q4")
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_text("“Maps of assets” is published.")).to_be_visible()
    page.reload()
    plan = page.get_by_role("listitem").filter(has_text="Maps of assets")
    expect(plan).to_contain_text("October to December 2027")

    staff.get_by_role("link", name="Maps of assets").click()
    staff.get_by_label("Title").fill("Maps of all assets")
    staff.get_by_label("The staff only").check()
    staff.get_by_role("button", name="Save").click()
    expect(staff.get_by_text("“Maps of all assets” is kept as a draft.")).to_be_visible()
    page.reload()
    expect(heading(page, "Maps of assets", 3)).to_be_visible()

    staff.get_by_role("link", name="Maps of all assets").click()
    expect(staff.get_by_role("region", name="Versions").get_by_role("row")).to_have_count(3)
    staff.get_by_role("button", name="Retire this entry").click()
    expect(staff.get_by_text("“Maps of all assets” is retired.")).to_be_visible()
    page.reload()
    expect(heading(page, "Register assets online", 3)).to_be_visible()
    expect(heading(page, "Maps of assets", 3)).to_have_count(0)
    staff.context.close()


def test_feedback_has_a_reference_and_stands_in_the_staffs_queue(
    page: Page, context: BrowserContext
) -> None:
    page.goto("/customer/feedback")
    page.get_by_label("Email address").fill("kay@")
    page.get_by_role("button", name="Send your feedback").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Select what your feedback is about",
            "Select how good it is",
            "Enter your feedback",
            "Enter an email address in the correct format, like name@example.com",
        ]
    )
    page.get_by_label("What is it about?").select_option("Settlement")
    page.get_by_label("Poor", exact=True).check()
    page.get_by_label("Your feedback").fill("I could not find <b>my</b> charge.")
    page.get_by_label("Email address").fill("kay@keyboard.example")
    page.get_by_role("button", name="Send your feedback").click()
    reference = page.get_by_text(re.compile(r"^FB-\d{4}-\d{6}$")).inner_text()
    expect(page.get_by_text("We will answer by")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Join the user group")).to_be_visible()

    staff = staff_page(context, page, "/staff/feedback")
    staff.get_by_role("link", name=reference).click()
    expect(staff.get_by_text("I could not find <b>my</b> charge.")).to_be_visible()
    staff.get_by_label("What did we do about it?").fill("Made the link larger.")
    staff.get_by_role("button", name="It is dealt with").click()
    expect(staff.get_by_text(f"{reference} is dealt with.")).to_be_visible()
    expect(staff.get_by_role("row").filter(has_text=reference)).to_contain_text("Dealt with")
    staff.context.close()


def test_who_joins_the_user_group_confirms_by_mail_and_can_leave(
    page: Page, context: BrowserContext
) -> None:
    page.goto("/customer/user-group")
    page.get_by_label("Full name").fill("Kay Boardman")
    page.get_by_label("Email address").fill("kay.group@keyboard.example")
    page.get_by_label("Data and charts").check()
    page.get_by_role("button", name="Ask to join").click()
    expect(heading(page, "Look at your mail")).to_be_visible()

    page.goto("/development/mailbox")
    mail = page.get_by_role("listitem").filter(has_text="kay.group@keyboard.example")
    link = mail.get_by_role("link").get_attribute("href")
    assert "/customer/user-group?link=" in link
    page.goto(link)
    expect(page.get_by_text("k•••@keyboard.example")).to_be_visible()
    page.get_by_role("button", name="Yes, I join").click()
    expect(heading(page, "You are in the user group")).to_be_visible()
    staff = staff_page(context, page, "/staff/feedback")
    expect(staff.get_by_role("row").filter(has_text="kay.group@keyboard.example")).to_be_visible()
    staff.context.close()

    page.goto(link)
    page.get_by_role("button", name="Leave the user group").click()
    expect(heading(page, "You have left the user group")).to_be_visible()
    page.goto(link)
    expect(page.get_by_text("This link no longer leads anywhere.")).to_be_visible()


def test_whom_to_ask_hides_addresses_from_programs_and_names_ones_support_manager(
    page: Page, served: Served
) -> None:
    for path in ("/customer/", "/customer/help/"):
        with urllib.request.urlopen(served.origin + path) as plain:
            assert b"@kinnect.example" not in plain.read()
    page.goto("/customer")
    button = page.get_by_role("button", name="Show the email address of the Market entry team")
    expect(page.locator("body")).not_to_contain_text("@kinnect.example")
    expect(page.get_by_text("operational support manager")).to_have_count(0)
    button.click()
    address = page.get_by_role("link", name="market.entry@kinnect.example")
    expect(address).to_have_attribute("href", "mailto:market.entry@kinnect.example")
    expect(page.get_by_text("9:00 to 17:00 (London)").first).to_be_visible()

    sign_in_as(page, "Alice Harrowgate")
    page.goto("/customer/help")
    expect(
        page.get_by_text("Your company's operational support manager is Parveen Maddox.")
    ).to_be_visible()


def test_the_figures_of_the_service_change_when_people_sign_in(page: Page, served: Served) -> None:
    page.goto("/customer")
    figure = page.locator(".k-performance .k-fig").filter(has_text="People who used it")
    figure = figure.locator(".k-fig-value")
    expect(figure).not_to_be_empty()
    before = figure.inner_text()
    newcomers = never_here(served)[:6]
    for person in newcomers:
        sign_in(served.origin, person)
    page.goto("/customer")
    counted = before.isdecimal()
    after = str(int(before) + len(newcomers)) if counted else re.compile(r"^([6-9]|\d\d+)$")
    assert newcomers
    expect(figure).to_have_text(after)


def test_sign_up_leads_each_to_where_they_begin(page: Page) -> None:
    for situation, begins in {
        "My company already takes part": "Sign in",
        "My company is new": "Join the market",
        "I operate a facility": "Operating a facility that takes electricity",
        "I am a private individual": "Taking part as a private individual",
    }.items():
        page.goto("/customer")
        page.get_by_role("link", name="Sign up now").click()
        page.get_by_role("link", name=situation).click()
        expect(page.get_by_role("heading", name=begins, exact=True)).to_be_visible()


def test_a_support_manager_is_named_by_staff(page: Page, context: BrowserContext) -> None:
    page.goto("/customer")
    staff = staff_page(context, page, "/staff/people?search=calder")
    staff.get_by_role("link", name="CALDER GENERATION LLP").click()
    staff.get_by_label("Parveen Maddox").check()
    staff.get_by_role("button", name="Name them").click()
    expect(staff.get_by_text("The company's support manager is named.")).to_be_visible()
    staff.context.close()
