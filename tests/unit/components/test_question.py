import re

import pytest
import reflex as rx

from components.question import hint_of, question
from state.domain.field_catalogue import FORM_NAMES, form

FIELDS = [(name, field) for name in FORM_NAMES for field in form(name).fields]
PROBLEMS = rx.Var("problems").to(dict[str, str])
VALUES = rx.Var("values").to(dict[str, str])
CONFIRMATIONS = rx.Var("confirmations").to(dict[str, str])


def drawn(field, **more) -> str:
    left, chosen = [], []
    made = question(
        field,
        problems=PROBLEMS,
        values=VALUES,
        confirmations=CONFIRMATIONS,
        on_leave=lambda name, typed: left.append((name, typed)) or rx.console_log(name),
        on_choose=lambda name, value: chosen.append((name, value)) or rx.console_log(name),
        **more,
    )
    return str(made.render())


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=lambda it: getattr(it, "name", it))
def test_every_field_of_the_catalogue_is_drawn_in_full(name, field) -> None:
    text = drawn(field)
    for words in (field.question, hint_of(field), field.why, *(c.label for c in field.choices)):
        assert re.split(r"""[^ -~]|['\"]""", words)[0] in text  # the rest is escaped
    assert ("Why we ask" in text) == bool(field.why)
    assert ("-confirmation" in text) == (field.is_confirmed and not field.is_chosen)
    assert f"{field.name}-problem" in text


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=lambda it: getattr(it, "name", it))
def test_what_is_private_is_never_filled_in(name, field) -> None:
    assert ("values" in drawn(field)) == (not field.private)


def test_a_hint_says_an_example_once() -> None:
    contact = form("contact")
    assert hint_of(contact.field("phone")) == (
        "Include the country code if it is not a British number. For example, 01632 960 001"
    )
    assert hint_of(contact.field("email")) == "For example, name@example.com"
    assert hint_of(form("signatory").field("since")) == "For example, 27 3 2027"
    assert hint_of(contact.field("purposes")) == "Select all that apply"
