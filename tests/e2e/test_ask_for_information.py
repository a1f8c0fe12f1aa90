"""Staff ask a company for information, its people answer with a file, and staff accept it."""

import re

from playwright.sync_api import Page, expect

from tests.asked import PDF
from tests.e2e.people import sign_in_as

PROGRAM = b"MZ\x90\x00 This program cannot be run in DOS mode"


def pdf(name: str, content: bytes = PDF) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def ask(page: Page) -> None:
    page.goto("/staff/people?search=SWARMWEL")
    page.get_by_role("link", name="SWARMWELL LTD").click()
    page.get_by_role("link", name="Ask for information").click()
    page.get_by_role("button", name="Single line diagram").click()
    expect(page.get_by_label("Title")).to_have_value("Single line diagram")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter a title")
    page.get_by_label("Title").fill("Diagram of the power station")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text(re.compile(r"INF-\d{4}-\d{6} is sent"))).to_be_visible()


def choose_files(page: Page) -> None:
    """One that is no PDF is refused, one is taken away again; nothing typed is lost."""
    box = page.get_by_label("Add files")
    box.set_input_files([pdf("setup.pdf", PROGRAM), pdf("diagram.pdf")])
    expect(page.get_by_role("link", name="diagram.pdf")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_text(
        "Error: setup.pdf: The selected file must be a PDF"
    )
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("1 file is added.")).to_be_visible()
    box.set_input_files([pdf("wrong.pdf")])
    page.get_by_role("button", name="Take away wrong.pdf").click()
    expect(page.get_by_text("wrong.pdf is taken away.")).to_be_visible()


def accept(page: Page) -> None:
    expect(page.get_by_text("The diagram is attached.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="diagram.pdf").click()
    assert download.value.suggested_filename == "diagram.pdf"
    assert download.value.path().read_bytes() == PDF
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Select whether you accept or return")
    page.get_by_label("Accept it").check()
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text("The answer is accepted. The company is told.")).to_be_visible()


def test_from_request_to_accepted_answer(page: Page, another: Page) -> None:
    sign_in_as(page, "Parveen Maddox")
    ask(page)

    sign_in_as(another, "Sunita Greaves")
    another.goto("/notices")
    expect(another.get_by_role("heading", name="The operator asks for")).to_be_visible()
    another.goto("/account/information")
    another.get_by_role("link", name="Diagram of the power station").click()
    another.get_by_label("Your answer").fill("The diagram is attached.")
    choose_files(another)
    expect(another.get_by_label("Your answer")).to_have_value("The diagram is attached.")
    another.get_by_role("button", name="Send the answer").click()
    expect(another.get_by_text("We look at it and answer here.")).to_be_visible()
    expect(another.get_by_role("button", name="Send the answer")).to_have_count(0)

    page.goto("/staff")
    row = page.get_by_role("row").filter(has_text="Diagram of the power station")
    expect(row).to_contain_text("Answered")
    row.get_by_role("link").click()
    accept(page)

    another.goto("/account/information")
    row = another.get_by_role("row").filter(has_text="Diagram of the power station")
    expect(row).to_contain_text("Accepted")
