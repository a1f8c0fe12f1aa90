"""Join the market: the expression of interest."""

import reflex as rx

from components.button import button
from components.error_summary import error_summary
from components.field import choices, date_field, field, radio_box, text_area
from components.loading import once_loaded
from components.page_header import page_header
from components.trap import trap
from kinnect_app import routes
from kinnect_app.pages.layout import help_for, public_page
from state.domain.market_entry import NOT_SURE, Applicant
from state.domain.roles import OPEN_TO_INTEREST
from state.ui.public.market_entry import MarketEntryState as Screen

on_load = Screen.load

_REGISTRATIONS = [
    ("uk", "In the United Kingdom", ""),
    ("elsewhere", "In another country", ""),
]
_APPLICANTS = [
    (Applicant.ORGANISATION, "An organisation", "A company, a partnership or a public body"),
    (Applicant.INDIVIDUAL, "A private individual", "You own an asset in your own name"),
]


def page() -> rx.Component:
    """The whole page."""
    return public_page(
        page_header(
            "Join the market",
            lead="Tell us who you are and what you would like to do. It takes about five minutes, "
            "commits you to nothing, and we answer within two working days.",
        ),
        rx.el.div(
            once_loaded(Screen.loaded, _form()),
            _guidance(),
            class_name="k-two-thirds",
        ),
    )


def _form() -> rx.Component:
    return rx.el.div(
        error_summary(Screen.problems),
        rx.el.form(
            _applicant(),
            rx.cond(Screen.is_individual, _individual(), rx.fragment(_organisation(), _roles())),
            _plans(),
            _person(),
            trap(),
            button("Send your expression of interest", type="submit"),
            on_submit=Screen.send,
            no_validate=True,
            class_name="k-form",
        ),
    )


def _applicant() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("Who wishes to join?", class_name="k-label"),
        rx.el.div(
            *(
                radio_box(
                    "applicant",
                    value.value,
                    label,
                    hint=hint,
                    ticked=Screen.is_individual == (value is Applicant.INDIVIDUAL),
                    on_change=Screen.choose_applicant(value.value),
                )
                for value, label, hint in _APPLICANTS
            ),
            class_name="k-choices",
        ),
        class_name="k-field",
    )


def _individual() -> rx.Component:
    return rx.el.section(
        rx.el.h2("You", class_name="k-form-title"),
        field(
            "contact_name",
            "Full name",
            hint="As it stands on your passport or driving licence",
            problems=Screen.problems,
            auto_complete="name",
        ),
        date_field(
            "born_on",
            "Date of birth",
            hint="For example, 27 3 1984. We compare it with an identity check, then remove it",
            problems=Screen.problems,
        ),
    )


def _organisation() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Your organisation", class_name="k-form-title"),
        field(
            "legal_name",
            "Legal name",
            hint="As it is registered, for example Albion Power Limited",
            problems=Screen.problems,
            auto_complete="organization",
        ),
        rx.el.fieldset(
            rx.el.legend("Where is it registered?", class_name="k-label"),
            rx.el.div(
                *(
                    rx.el.div(
                        rx.el.input(
                            id=f"registered-{value}",
                            name="registered",
                            type="radio",
                            value=value,
                            default_checked=value == "uk",
                            on_change=Screen.choose_registration(value),
                            class_name="k-check",
                        ),
                        rx.el.label(label, html_for=f"registered-{value}"),
                        class_name="k-choice",
                    )
                    for value, label, _ in _REGISTRATIONS
                ),
                class_name="k-choices",
            ),
            class_name="k-field",
        ),
        rx.cond(
            Screen.in_uk,
            rx.fragment(),
            field(
                "country",
                "Country of registration",
                problems=Screen.problems,
                auto_complete="country-name",
            ),
        ),
        field(
            "company_number",
            "Company or registration number",
            hint="In the UK, the number at Companies House, like 01234567 or SC123456",
            problems=Screen.problems,
            width="20",
        ),
    )


def _roles() -> rx.Component:
    roles = [(role.code, role.name, role.does) for role in OPEN_TO_INTEREST]
    return choices(
        "role_codes",
        "Which roles interest you?",
        [*roles, (NOT_SURE, "I am not sure", "We will help you find out")],
        hint="Select all that apply",
        problems=Screen.problems,
    )


def _plans() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Your plans", class_name="k-form-title"),
        date_field(
            "target_date",
            "When would you like to be live?",
            hint="For example, 27 3 2027",
            problems=Screen.problems,
        ),
        text_area(
            "description",
            "Anything else we should know (optional)",
            hint="Up to 1,000 characters",
            problems=Screen.problems,
        ),
    )


def _person() -> rx.Component:
    return rx.el.section(
        rx.el.h2("How we reach you", class_name="k-form-title"),
        rx.cond(Screen.is_individual, rx.fragment(), _name_and_job()),
        field(
            "email",
            "Email address",
            hint="We only use it to answer you",
            problems=Screen.problems,
            input_mode="email",
            auto_complete="email",
        ),
        field(
            "phone",
            "Telephone number",
            problems=Screen.problems,
            width="20",
            input_mode="tel",
            auto_complete="tel",
        ),
        choices(
            "may_act",
            "Your declaration",
            [
                (
                    "yes",
                    rx.cond(
                        Screen.is_individual,
                        "What I tell you is about myself, and is true",
                        "I am allowed to act for this organisation",
                    ),
                    "",
                )
            ],
            problems=Screen.problems,
        ),
    )


def _name_and_job() -> rx.Component:
    return rx.fragment(
        field("contact_name", "Full name", problems=Screen.problems, auto_complete="name"),
        field(
            "job_title",
            "Job title (optional)",
            problems=Screen.problems,
            auto_complete="organization-title",
        ),
    )


def _guidance() -> rx.Component:
    return rx.el.aside(
        rx.el.h2("What happens next", class_name="k-form-title"),
        rx.el.ol(
            rx.el.li(
                "You get a reference. Keep it: with your email address it shows where we are."
            ),
            rx.el.li("Our market entry team reads it, and accepts it or tells you why not."),
            rx.el.li(
                rx.cond(
                    Screen.is_individual,
                    "You prove who you are with an identity check. We keep its result, and no "
                    "document.",
                    "You get access to prepare your accession online.",
                )
            ),
        ),
        rx.el.p(
            "Sent one already? ",
            rx.el.a("See where it has got to", href=routes.MARKET_ENTRY_TRACK.path),
            ".",
        ),
        help_for("joining"),
        class_name="k-guidance",
    )
