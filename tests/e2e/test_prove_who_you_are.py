"""A director signs by a link; the register confirms them, or people look; individuals join too."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.people import sign_in_as


def test_a_director_signs_and_the_first_category_a_is_invited(
    page: Page, another: Page, person: Page
) -> None:
    _invite_the_first(page, "COPKETTL", "Lena Marshall", "lena.marshall@copkettl.example")
    _ask(another, page.url, "Una Thistlewood", "una.thistlewood@copkettl.example")

    _open_mail(person, "una.thistlewood@copkettl.example")
    expect(person.get_by_role("heading", name="Declare for COPPERKETTLE POWER LTD")).to_be_visible()
    expect(person.get_by_role("button", name="Sign out")).to_have_count(0)  # nobody signed in
    expect(person.get_by_text("I declare that Lena Marshall")).to_be_visible()
    person.get_by_label("Your full name").fill("Lena Marshall")
    person.get_by_role("button", name="Go on").click()
    expect(person.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Sign with the name that this was sent to: Una Thistlewood",
            "Enter the month and year of your birth, like 3 1975",
            "Confirm that you have read the declaration and that it is true",
        ]
    )
    _sign(person, "Una Thistlewood", "9", "1968")
    expect(person.get_by_role("heading", name="You have signed")).to_be_visible()
    expect(person.get_by_text("I declare that Lena Marshall")).to_be_visible()

    _await_the_register(another, "Verified")
    expect(another.get_by_text("Development register (made up)")).to_be_visible()
    expect(another.get_by_text("does not wait for a director any more")).to_be_visible()
    person.goto("/development/mailbox")
    expect(person.get_by_text("to lena.marshall@copkettl.example").first).to_be_visible()


def test_a_director_whom_the_register_does_not_confirm_is_for_people_to_look_at(
    page: Page, another: Page, person: Page
) -> None:
    _invite_the_first(page, "DAYBREAK", "Dean Ash", "dean.ash@daybreak.example")
    _ask(another, page.url, "Idris Farrowby", "idris@daybreak.example")
    _open_mail(person, "idris@daybreak.example")
    _sign(person, "Idris Farrowby", "11", "1959")
    expect(person.get_by_role("heading", name="You have signed")).to_be_visible()
    _await_the_register(another, "Could not verify")
    expect(another.get_by_text("insolvency procedure")).to_be_visible()
    another.get_by_role("link", name="Access for the company").click()
    another.get_by_label("Reference of the letter").fill("LET-2026-0200")
    another.get_by_role("button", name="Confirm the letter, and send the invitation").click()
    expect(another.get_by_text("The letter is confirmed")).to_be_visible()


def test_a_link_of_no_declaration_tells_a_stranger_nothing(page: Page) -> None:
    page.goto("/auth/declaration/" + "x" * 43)
    expect(page.get_by_text("This link is of no declaration that waits")).to_be_visible()


def test_a_private_individual_joins_without_a_company_number(page: Page) -> None:
    page.goto("/market-entry")
    expect(page.get_by_label("Company or registration number")).to_be_visible()
    page.get_by_label("A private individual").check()
    expect(page.get_by_label("Company or registration number")).to_have_count(0)
    page.get_by_role("button", name="Send your expression of interest").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Enter your full name",
            "Your date of birth must be a real date, like 27 3 1984",
            "Target date must be a real date, like 27 3 2027",
            "Enter an email address",
            "Enter a telephone number",
            "Confirm that this is about yourself",
        ]
    )


def test_who_proves_who_they_are_is_accepted(page: Page, another: Page) -> None:
    reference = _express(page, "Wilma Sandal", "wilma@people.example")
    _look_at(another, reference)
    _accept(another)
    alert = another.get_by_role("alert").filter(has_text="There is a problem")
    expect(alert).to_contain_text("Accept only when their identity check is verified")
    _ask_for_identity(another)

    _open_identity_mail(page, "wilma@people.example")
    expect(page.get_by_text("Development provider (checks nobody)")).to_be_visible()
    page.get_by_role("link", name="Begin the check").click()
    expect(page.get_by_role("heading", name="Your identity is verified")).to_be_visible()

    another.reload()
    expect(another.get_by_text("Verified", exact=True)).to_be_visible()
    expect(another.get_by_text("Development provider (checks nobody)")).to_be_visible()
    _accept(another)
    expect(another.get_by_text(f"{reference} is accepted.")).to_be_visible()


def test_who_fails_a_check_may_try_again_and_staff_confirm_by_hand(
    page: Page, another: Page
) -> None:
    reference = _express(page, "Ursula Unverified", "ursula@people.example")
    _look_at(another, reference)
    _ask_for_identity(another)
    _open_identity_mail(page, "ursula@people.example")
    page.get_by_role("link", name="Begin the check").click()
    for _ in range(2):
        expect(page.get_by_text("We could not verify you that time")).to_be_visible()
        page.get_by_role("link", name="Try again").click()
    heading = page.get_by_role("heading", name="We could not verify your identity")
    expect(heading).to_be_visible()

    another.reload()
    expect(another.get_by_text("The provider could not confirm who they are")).to_be_visible()
    another.get_by_text("Decide by hand who they are").click()
    another.get_by_label("Confirm it").check()
    another.get_by_label("What you saw, or why").fill("Seen by video, with a passport.")
    another.get_by_role("button", name="Keep this decision").click()
    expect(another.get_by_text("Your decision on their identity is kept.")).to_be_visible()
    expect(another.get_by_text("Verified", exact=True)).to_be_visible()


def test_a_company_says_what_else_it_is_known_by(page: Page) -> None:
    sign_in_as(page, "Alice Harrowgate")
    page.goto("/account/identifiers")
    page.get_by_role("link", name="Add an identifier").click()
    page.get_by_label("Energy Identification Code (EIC)").check()
    page.get_by_label("EIC", exact=True).fill("48X-NORTHFLEX-1N")
    page.get_by_role("button", name="Continue").click()
    alert = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(alert).to_contain_text("Check the EIC – the last character does not match")
    page.get_by_label("EIC", exact=True).fill("48X-NORTHFLEX-1M")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check before you send")).to_be_visible()
    page.get_by_role("button", name="Make this change").click()
    expect(page.get_by_text("Done. It counts now.")).to_be_visible()
    page.goto("/account/identifiers")
    expect(page.get_by_text("48X-NORTHFLEX-1M")).to_be_visible()


def _express(page: Page, name: str, email: str) -> str:
    """Express an interest in one's own name; gives the reference."""
    page.goto("/market-entry?as=individual")
    answers = {
        "contact_name": name,
        "born_on_day": "27",
        "born_on_month": "3",
        "born_on_year": "1984",
        "target_date_day": "1",
        "target_date_month": "9",
        "target_date_year": "2027",
        "email": email,
        "phone": "01632 960 001",
    }
    for box, typed in answers.items():
        page.locator(f"[name={box}]").fill(typed)
    page.get_by_label("What I tell you is about myself").check()
    page.get_by_role("button", name="Send your expression of interest").click()
    return page.get_by_text(re.compile(r"^EOI-\d{4}-\d{6}$")).inner_text()


def _look_at(staff: Page, reference: str) -> None:
    sign_in_as(staff, "Esther Newcombe")
    staff.goto("/staff")
    row = staff.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Private individual")
    row.get_by_role("link", name=reference).click()
    expect(staff.get_by_text("Within two working days")).to_be_visible()


def _accept(staff: Page) -> None:
    staff.get_by_label("Accept").check()
    staff.get_by_role("button", name="Send the decision").click()


def _ask_for_identity(staff: Page) -> None:
    staff.get_by_role("button", name="Ask for an identity check").click()
    expect(staff.get_by_text("The link of the identity check is on its way.")).to_be_visible()


def _open_identity_mail(page: Page, address: str) -> None:
    page.goto("/development/mailbox")
    page.get_by_role("link", name=f"Open the link of the mail to {address}").click()


def _invite_the_first(page: Page, party_id: str, name: str, email: str) -> None:
    sign_in_as(page, "Esther Newcombe")
    page.goto(f"/staff/people?search={party_id}")
    page.locator("a[href*='company-access']").first.click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Email address").fill(email)
    page.locator("#kind-category_a").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("Another of us now asks a director of the company")).to_be_visible()


def _ask(staff: Page, company: str, name: str, email: str) -> None:
    sign_in_as(staff, "Parveen Maddox")
    staff.goto(company)
    staff.get_by_role("link", name="Ask a director to confirm").click()
    staff.get_by_role("button", name="Send the link").click()
    expect(staff.get_by_role("alert").get_by_role("link")).to_have_count(3)
    staff.get_by_label("The director's full name").fill(name)
    staff.get_by_label("The director's email address").fill(email)
    staff.locator("#director_role-director").check()
    staff.get_by_role("button", name="Send the link").click()
    expect(staff.get_by_text("The link is on its way to the director.")).to_be_visible()


def _await_the_register(staff: Page, word: str) -> None:
    """The worker asks within a second or two; the page says so when it is loaded again."""
    found = staff.get_by_text(word, exact=True)
    for _ in range(10):
        staff.reload()
        expect(staff.get_by_text("Prepared by")).to_be_visible()
        if found.count():
            return
        staff.wait_for_timeout(500)
    expect(found).to_be_visible()


def _open_mail(person: Page, address: str) -> None:
    person.goto("/development/mailbox")
    person.get_by_role("link", name=f"Open the link of the mail to {address}").click()
    expect(person).to_have_url(re.compile(r"/declaration/?\?declaration=[0-9a-f]{24}$"))


def _sign(person: Page, name: str, month: str, year: str) -> None:
    person.get_by_label("Your full name").fill(name)
    person.get_by_label("Month").fill(month)
    person.get_by_label("Year").fill(year)
    person.get_by_label("I have read the declaration").check()
    person.get_by_role("button", name="Go on").click()
    person.get_by_role("button", name="Sign the declaration").click()
