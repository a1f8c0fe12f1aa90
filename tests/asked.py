"""A request for information and its answer, for tests."""

from dataclasses import replace
from datetime import timedelta

from state.domain.information_requests import WantedInformation
from state.services import information_answers, information_requests

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
DIAGRAM = WantedInformation(
    "technical", "Single line diagram", "Send us the diagram of the site.", None
)


def ask_alpha(staff, wanted=DIAGRAM, *, now, company: str = "alpha", days: int = 6) -> str:
    wanted = replace(wanted, due_on=now.date() + timedelta(days=days))
    return information_requests.ask_for_information(
        actor=staff, public_id=company, wanted=wanted, now=now
    )


def add_file(actor, reference: str, *, now, name="diagram.pdf", content=PDF) -> str:
    return information_answers.attach_file(
        actor=actor,
        organisation_id=actor.organisation_id,
        reference=reference,
        name=name,
        content=content,
        now=now,
    )


def answer_of(actor, reference: str, *, now, text="Here it is.") -> None:
    add_file(actor, reference, now=now)
    information_answers.answer_request(
        actor=actor,
        organisation_id=actor.organisation_id,
        reference=reference,
        text=text,
        now=now,
    )
