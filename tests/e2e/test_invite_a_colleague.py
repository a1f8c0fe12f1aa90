"""A colleague is invited by mail, joins in a browser of their own, and is out when access ends."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.people import open_as, sign_in_as
from tests.served import Served


def test_a_colleague_is_invited_joins_and_is_out_when_access_ends(
    page: Page, browser: Browser, served: Served
) -> None:
    open_as(page, "Alice Harrowgate")
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("Full name").fill("Nell Newcomer")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["Enter an email address", "Select what they may do"]
    )
    page.locator("#email").fill("nell.newcomer@albion.example")
    page.locator("#kind-viewer").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Nell Newcomer is invited: a link is on its way")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Nell Newcomer")
    expect(row).to_contain_text("Sent")

    other = browser.new_context(base_url=served.origin, locale="en-GB").new_page()
    _joins(other, served)
    _sees_only_theirs(other)

    page.goto("/notices")
    expect(page.get_by_text("Nell Newcomer accepted the invitation")).to_be_visible()
    page.goto("/account/people")
    page.get_by_role("link", name="Make a signatory Nell Newcomer").click()
    expect(page.get_by_label("BM Units (F)")).to_be_visible()
    page.goto("/account/contacts")
    page.get_by_role("button", name=re.compile("^Make a signatory")).first.click()
    expect(page).to_have_url(re.compile("/account/(signatory|people/invite)/?\\?(id|contact)="))
    page.goto("/account/people")
    page.get_by_role("button", name="End access Nell Newcomer").click()
    page.get_by_role("button", name="End the access", exact=True).click()
    expect(page.get_by_text("The access of Nell Newcomer ends as you said.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"^Ended \(1\)"))).to_be_visible()

    _is_out(other)


def test_the_last_category_a_stays_and_a_signatory_of_money_waits_for_a_second(
    page: Page, browser: Browser, served: Served
) -> None:
    sign_in_as(page, "Caleb Ormerod")
    page.goto("/account/people")
    page.get_by_role("button", name="End access Caleb Ormerod").click()
    page.get_by_role("button", name="End the access", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(
        "must always have a Category A signatory. Choose a replacement first"
    )
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Make assistant Cosmo Ferrand").click()
    expect(page.get_by_text("Their access is changed.")).to_be_visible()
    page.get_by_label("Cosmo Ferrand").check()
    page.get_by_role("button", name="Confirm these people still need access").click()
    expect(page.get_by_text("You confirmed 1 person.")).to_be_visible()

    other = browser.new_context(base_url=served.origin).new_page()
    sign_in_as(other, "Alice Harrowgate")
    other.goto("/account/people?show=invited")
    waiting = other.get_by_role("row").filter(has_text="Greta Holm")
    expect(waiting).to_contain_text("Awaits a second Category A")
    waiting.get_by_role("button", name="Approve and send Greta Holm").click()
    expect(waiting).to_contain_text("Sent")


def test_several_are_invited_at_once_and_each_is_answered(page: Page) -> None:
    sign_in_as(page, "Nadia Thornbury")
    page.goto("/account/people/invite")
    page.get_by_label("Email addresses").fill("one@northflex.example\nnot-an-address")
    page.locator("#batch_kind-assistant").check()
    page.get_by_role("button", name="Invite them all").click()
    expect(page.get_by_role("row").filter(has_text="one@northflex.example")).to_contain_text(
        "Invited"
    )
    expect(page.get_by_role("row").filter(has_text="not-an-address")).not_to_contain_text("Invited")
    page.goto("/account/people?show=invited")
    expect(page.get_by_role("row").filter(has_text="one@northflex.example")).to_contain_text("Sent")


def test_a_link_that_is_no_more_can_be_asked_for_and_tells_a_stranger_nothing(page: Page) -> None:
    page.goto("/auth/join/" + "x" * 43)
    expect(page.get_by_text("This link is of no invitation")).to_be_visible()
    page.get_by_label("Email address").fill("nobody@albion.example")
    page.get_by_role("button", name="Send me a new link").click()
    expect(page.get_by_text("If there is an invitation for that address")).to_be_visible()


def test_people_choose_which_mail_to_have(page: Page) -> None:
    sign_in_as(page, "Ada Lonsdale")
    page.goto("/account/notices")
    expect(page.get_by_text("It protects you and your company").first).to_be_visible()
    page.get_by_label("People and access").uncheck()
    page.get_by_role("button", name="Save the choice").click()
    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("People and access")).not_to_be_checked()
    page.get_by_role("link", name="Notices", exact=False).first.click()
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("All notices are marked as read.")).to_be_visible()


def _joins(other: Page, served: Served) -> None:
    other.goto("/development/mailbox")
    other.get_by_role(
        "link", name="Open the link of the mail to nell.newcomer@albion.example"
    ).click()
    expect(other).to_have_url(re.compile(r"/join/?\?invitation=[0-9a-f]{24}$"))
    expect(other.get_by_role("heading", name="Act for ALBION POWER LTD")).to_be_visible()
    expect(other.get_by_text("Alice Harrowgate")).to_be_visible()
    expect(other.get_by_text("n•••@albion.example")).to_be_visible()
    kept = other.context.cookies([served.origin + "/auth"])
    cookies = {cookie["name"]: cookie for cookie in kept}
    assert cookies["kinnect_invitation"]["httpOnly"]
    assert cookies["kinnect_invitation"]["value"] not in other.content()
    other.get_by_role("button", name="Join as the invited person").click()
    expect(other.get_by_role("heading", level=1, name="ALBION POWER LTD")).to_be_visible()
    expect(other.get_by_text("as Viewer")).to_be_visible()
    other.goto("/account/contacts")
    expect(other.get_by_role("link", name="Add a contact")).to_have_count(0)


def _sees_only_theirs(other: Page) -> None:
    other.goto("/account/people")
    expect(other.get_by_text("A Category A colleague gives and ends access.")).to_be_visible()
    expect(other.get_by_text("@albion.example")).to_have_count(0)
    other.goto("/account/people/invite")
    expect(other.get_by_text("A Category A colleague can invite people.")).to_be_visible()
    other.goto("/staff")
    expect(other).to_have_url(re.compile(r"/not-allowed/?(\?|$)"))
    other.goto("/account/people")
    expect(other.get_by_role("heading", name="People and access")).to_be_visible()


def _is_out(other: Page) -> None:
    other.get_by_role("link", name="Invited").click()
    out = other.get_by_text("You are not acting for a company.")
    expect(out.or_(other.get_by_text("You do not belong to a company yet."))).to_be_visible()
    expect(other.get_by_text("Rosa Eddington")).to_have_count(0)
    other.goto("/notices")
    ended = other.get_by_role("heading", name="Access for ALBION POWER LTD has ended")
    expect(ended).to_be_visible()
    other.context.close()
