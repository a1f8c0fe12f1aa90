"""What a company does each year, and the copy that it takes of its data."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
from playwright.sync_api import Page, expect
from sqlmodel import select

from state.persistence.models.organisation import ContactRow
from state.persistence.transaction import transaction
from tests.databases import installation
from tests.e2e.people import sign_in_as
from tests.served import Served


def test_a_category_a_confirms_the_signatories_and_keeps_the_certificate(page: Page) -> None:
    sign_in_as(page, "Nadia Thornbury")
    page.goto("/account")
    expect(page.get_by_text("The list of your signatories should have been")).to_be_visible()
    page.get_by_role("link", name="Look at it and confirm it").click()
    expect(page.get_by_text("The list should have been confirmed by")).to_be_visible()
    page.get_by_role("button", name="Confirm this list").click()
    expect(
        page.get_by_role("heading", level=1, name="Authorised signatories, confirmed")
    ).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Nadia Thornbury")).to_contain_text(
        "Authorised for everything (A)"
    )
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("The list of your signatories should have been")).to_have_count(0)


def test_a_signatory_is_known_on_the_telephone(page: Page, another: Page) -> None:
    frames: list[str] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda one: frames.append(str(one)))
    )
    sign_in_as(page, "Fergus Tait")
    page.goto("/account/signatories")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    page.get_by_role("button", name="Make me a new phrase").click()
    phrase = page.locator("#phrase dd").inner_text()
    assert re.fullmatch(r"([a-z]+ ){3}[a-z]+", phrase)
    assert not any(phrase in frame for frame in frames)
    page.reload()
    expect(page.get_by_text("You made yours on")).to_be_visible()
    expect(page.get_by_text(phrase)).to_have_count(0)

    sign_in_as(another, "Esther Newcombe")
    another.goto("/staff/phrase")
    another.get_by_label("The caller's email address").fill("fergus.tait@albion.example")
    another.get_by_label("The phrase that they say").fill("four other plain words")
    another.get_by_role("button", name="Check it").click()
    expect(another.get_by_text("Not right.")).to_be_visible()
    another.get_by_label("The caller's email address").fill("fergus.tait@albion.example")
    another.get_by_label("The phrase that they say").fill(phrase)
    another.get_by_role("button", name="Check it").click()
    expect(another.get_by_text("Right. You are speaking to Fergus Tait.")).to_be_visible()


def test_a_contact_is_still_right(page: Page, served: Served) -> None:
    sign_in_as(page, "Tamsin Yelland")
    with installation(served.data), transaction() as session:
        for contact in session.exec(select(ContactRow)):
            contact.reviewed_on = date(2020, 1, 31)
            session.add(contact)
    page.goto("/account/contacts")
    asked = page.get_by_role("button", name=re.compile("^Still right"))
    expect(asked.first).to_be_visible()
    before = asked.count()
    asked.first.click()
    expect(page.get_by_text("is noted as still right")).to_be_visible()
    expect(asked).to_have_count(before - 1)
    expect(page.get_by_text("To be reviewed since 31 Jan 2022")).to_have_count(before - 1)


def test_a_copy_of_all_that_is_held_is_made_and_opened(
    page: Page, another: Page, tmp_path: Path
) -> None:
    sign_in_as(page, "Alice Harrowgate")
    page.goto("/account")
    page.get_by_role("link", name="A copy of all that we hold about your company").click()
    page.get_by_role("button", name="Make me a copy").click()
    link = page.get_by_role("link", name=re.compile("^Download"))
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as downloading:
        link.click()
    path = tmp_path / "copy.zip"
    downloading.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        frames = {
            name.removesuffix(".parquet"): pl.read_parquet(io.BytesIO(archive.read(name)))
            for name in archive.namelist()
            if name.endswith(".parquet")
        }
    assert frames["company"]["legal_name"].to_list() == ["ALBION POWER LTD"]
    for name, frame in frames.items():
        row = page.get_by_role("row").filter(has_text=re.compile(rf"^{name}\.json"))
        expect(row.get_by_role("cell").last).to_have_text(f"{frame.height:,}")

    address = link.get_attribute("href") or ""
    sign_in_as(another, "Ada Lonsdale")
    assert another.request.get(address).status == 403
    page.goto("/notices")
    told = page.get_by_role("heading", name="The copy of the data of ALBION POWER LTD is ready")
    expect(told).to_be_visible()
