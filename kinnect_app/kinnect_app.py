"""The one place that puts pages, API, identity and look together."""

import reflex as rx
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from components import tokens
from components.fonts import fonts
from kinnect_app import routes
from kinnect_app.api.edge import Edge
from kinnect_app.api.routers import ROUTERS
from kinnect_app.identity.doors import doors, with_login_cookie
from kinnect_app.identity.faults import answer_fault, note_page_fault
from kinnect_app.identity.gate import Gate
from kinnect_app.identity.handshake import Handshake
from kinnect_app.pages.party import (
    account,
    address,
    addresses,
    assets,
    audit_trail,
    bank_account,
    bank_accounts,
    certificate,
    change,
    changes,
    charges,
    choose_company,
    company,
    contact,
    contacts,
    data_export,
    identifier,
    identifiers,
    information_request,
    information_requests,
    invite,
    market_exit,
    notice_preferences,
    notices,
    people,
    programs,
    settlement,
    settlement_comparison,
    settlement_day,
    settlement_explanation,
    settlement_files,
    settlement_imbalance,
    settlement_unit,
    settlement_units,
    sign_ins,
    signatories,
    signatory,
)
from kinnect_app.pages.public import (
    about,
    alerts,
    balancing_actions,
    data,
    declaration,
    feedback,
    generation,
    guidance,
    home,
    identity_check,
    join,
    mailbox,
    market_entry,
    market_entry_sent,
    market_entry_track,
    not_allowed,
    not_found,
    outages,
    overview,
    price_stack,
    query,
    roadmap,
    series,
    sign_in,
    sign_in_again,
    start,
    status,
    system_price,
    units,
    user_group,
    who_can_do_what,
)
from kinnect_app.pages.staff import (
    all_people,
    ask_for_information,
    audit,
    bank_checks,
    company_access,
    content,
    content_entry,
    correction,
    data_change,
    director,
    feed,
    feedback_received,
    feeds,
    information,
    interest,
    person,
    phrase,
    published_data,
    publishers,
    publishing_setting,
    queues,
    reference,
    reference_change,
    reference_value,
    run,
    run_comparison,
    run_explanation,
    runs,
    staff_roles,
    view_as,
    withdrawal,
)
from kinnect_app.settings import settings
from kinnect_app.welcome import welcome
from state.ui.bell import BellState

PAGES = {
    routes.HOME: home,
    routes.OVERVIEW: overview,
    routes.GENERATION: generation,
    routes.SYSTEM_PRICE: system_price,
    routes.SERIES: series,
    routes.UNITS: units,
    routes.BALANCING_ACTIONS: balancing_actions,
    routes.OUTAGES: outages,
    routes.PRICE_STACK: price_stack,
    routes.DATA: data,
    routes.QUERY: query,
    routes.ALERTS: alerts,
    routes.STATUS: status,
    routes.MARKET_ENTRY: market_entry,
    routes.MARKET_ENTRY_SENT: market_entry_sent,
    routes.MARKET_ENTRY_TRACK: market_entry_track,
    routes.ABOUT: about,
    routes.START: start,
    routes.GUIDANCE: guidance,
    routes.ROADMAP: roadmap,
    routes.FEEDBACK: feedback,
    routes.USER_GROUP: user_group,
    routes.WHO_CAN_DO_WHAT: who_can_do_what,
    routes.SIGN_IN: sign_in,
    routes.SIGN_IN_AGAIN: sign_in_again,
    routes.JOIN: join,
    routes.DECLARATION: declaration,
    routes.IDENTITY_CHECK: identity_check,
    routes.MAILBOX: mailbox,
    routes.NOT_ALLOWED: not_allowed,
    routes.NOT_FOUND: not_found,
    routes.CHOOSE_COMPANY: choose_company,
    routes.ACCOUNT: account,
    routes.COMPANY: company,
    routes.CONTACTS: contacts,
    routes.CONTACT: contact,
    routes.ADDRESSES: addresses,
    routes.ADDRESS: address,
    routes.IDENTIFIERS: identifiers,
    routes.IDENTIFIER: identifier,
    routes.SIGNATORIES: signatories,
    routes.SIGNATORY: signatory,
    routes.CERTIFICATE: certificate,
    routes.CHARGES: charges,
    routes.DATA_EXPORT: data_export,
    routes.BANK_ACCOUNTS: bank_accounts,
    routes.BANK_ACCOUNT: bank_account,
    routes.AUDIT_TRAIL: audit_trail,
    routes.CHANGES: changes,
    routes.CHANGE: change,
    routes.PEOPLE: people,
    routes.INVITE: invite,
    routes.PROGRAMS: programs,
    routes.NOTICE_PREFERENCES: notice_preferences,
    routes.NOTICES: notices,
    routes.SIGN_INS: sign_ins,
    routes.ASSETS: assets,
    routes.SETTLEMENT: settlement,
    routes.SETTLEMENT_DAY: settlement_day,
    routes.SETTLEMENT_IMBALANCE: settlement_imbalance,
    routes.SETTLEMENT_UNITS: settlement_units,
    routes.SETTLEMENT_UNIT: settlement_unit,
    routes.SETTLEMENT_COMPARISON: settlement_comparison,
    routes.SETTLEMENT_EXPLANATION: settlement_explanation,
    routes.SETTLEMENT_FILES: settlement_files,
    routes.INFORMATION_REQUESTS: information_requests,
    routes.INFORMATION_REQUEST: information_request,
    routes.MARKET_EXIT: market_exit,
    routes.QUEUES: queues,
    routes.INTEREST: interest,
    routes.WITHDRAWAL: withdrawal,
    routes.INFORMATION: information,
    routes.ASK_FOR_INFORMATION: ask_for_information,
    routes.BANK_CHECKS: bank_checks,
    routes.RUNS: runs,
    routes.RUN: run,
    routes.RUN_COMPARISON: run_comparison,
    routes.RUN_EXPLANATION: run_explanation,
    routes.ALL_PEOPLE: all_people,
    routes.PERSON: person,
    routes.COMPANY_ACCESS: company_access,
    routes.DIRECTOR: director,
    routes.STAFF_ROLES: staff_roles,
    routes.VIEW_AS: view_as,
    routes.PHRASE: phrase,
    routes.FEEDS: feeds,
    routes.FEED: feed,
    routes.REFERENCE: reference,
    routes.REFERENCE_VALUE: reference_value,
    routes.REFERENCE_CHANGE: reference_change,
    routes.PUBLISHED_DATA: published_data,
    routes.PUBLISHERS: publishers,
    routes.CORRECTION: correction,
    routes.PUBLISHING_SETTING: publishing_setting,
    routes.DATA_CHANGE: data_change,
    routes.CONTENT: content,
    routes.CONTENT_ENTRY: content_entry,
    routes.FEEDBACK_RECEIVED: feedback_received,
    routes.AUDIT: audit,
}
"""Every page, and the module that draws it."""


def _api() -> FastAPI:
    api = FastAPI(
        title="Kinnect",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    for router in (doors(), *ROUTERS):
        api.include_router(router)
    return api


def _outer(app: ASGIApp) -> ASGIApp:
    inside = with_login_cookie(app) if settings().has_oidc else app
    return Edge(Handshake(GZipMiddleware(inside, minimum_size=1_000)))


app = rx.App(
    api_transformer=[_api(), _outer],
    html_lang="en-GB",
    stylesheets=["/kinnect.css"],
    head_components=[
        rx.el.style(tokens.stylesheet()),
        *(
            rx.el.script(src=f"/{name}.js", custom_attrs={"defer": True})
            for name in (
                "early",
                "search",
                "focus",
                "session",
                "drafts",
                "reveal",
                "query",
                "upload",
            )
        ),
    ],
    backend_exception_handler=answer_fault,
    frontend_exception_handler=note_page_fault,
    extra_app_wraps={(1, "Fonts"): fonts},
    toaster=None,
)
app.add_middleware(Gate(), index=0)
app.register_lifespan_task(welcome)
for _route, _page in PAGES.items():
    app.add_page(
        _page.page,
        route=_route.path,
        title=_route.tab_title,
        on_load=[*([_page.on_load] if _page.on_load else []), BellState.look],
    )
