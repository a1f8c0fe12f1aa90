"""The changes that a program can ask for: strict, each kind with the fields of its form."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, WithJsonSchema

from state.domain.change_forms import questions_of
from state.domain.changes import ChangeKind


def _day(given: object) -> object:
    """A date is text of one form; a number of seconds is none."""
    if given is None:
        return None
    if not isinstance(given, str):
        raise ValueError("write the date as 2026-11-22")  # noqa: TRY004  # pydantic's way
    return date.fromisoformat(given)


def _values_schema(kind: ChangeKind) -> dict[str, Any]:
    """The answers of the form; those left out stay as they are, but for private ones."""
    if kind is ChangeKind.SIGNATORY:
        told = "Categories with spaces between: A, or F/VP/2026-12-01/2027-12-31."
        one = {"type": "string", "maxLength": 400, "description": told}
        return {"type": "object", "properties": {"categories": one}, "additionalProperties": False}
    schema = questions_of(kind).json_schema()
    return {key: value for key, value in schema.items() if key not in {"required", "allOf"}}


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    subject: str = Field(
        default="",
        pattern=r"^[0-9A-Za-z_-]{0,40}$",
        description="The record's id; of a bank account its purpose; empty for what is added.",
    )
    effective_on: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="From which day; the first possible one if left out."
    )
    reason: str = Field(default="", max_length=500)


class ContactAsked(_Asked):
    """A change of a contact."""

    kind: Literal["contact"]
    action: Literal["add", "change", "end"]
    values: Annotated[dict[str, str], WithJsonSchema(_values_schema(ChangeKind.CONTACT))] = {}


class AddressAsked(_Asked):
    """A change of an address."""

    kind: Literal["address"]
    action: Literal["add", "change", "end"]
    values: Annotated[dict[str, str], WithJsonSchema(_values_schema(ChangeKind.ADDRESS))] = {}


class CompanyAsked(_Asked):
    """A change of the company's own details."""

    kind: Literal["company"]
    action: Literal["change"]
    values: Annotated[dict[str, str], WithJsonSchema(_values_schema(ChangeKind.COMPANY))] = {}


class SignatoryAsked(_Asked):
    """A change of what a colleague may sign for."""

    kind: Literal["signatory"]
    action: Literal["change", "end"]
    values: Annotated[dict[str, str], WithJsonSchema(_values_schema(ChangeKind.SIGNATORY))] = {}


class BankAccountAsked(_Asked):
    """A change of the account for a purpose."""

    kind: Literal["bank_account"]
    action: Literal["add", "change", "end"]
    values: Annotated[dict[str, str], WithJsonSchema(_values_schema(ChangeKind.BANK_ACCOUNT))] = {}


AskedBody = Annotated[
    ContactAsked | AddressAsked | CompanyAsked | SignatoryAsked | BankAccountAsked,
    Discriminator("kind"),
]
"""A change that a program asks for: what its values may be depends on its kind."""
