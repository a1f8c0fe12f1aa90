"""Asking in SQL, on screen: the query that the address names, its answer, what can be asked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

import reflex as rx

from state.domain.next_page import leading_to, safe_next
from state.domain.query import SQL, Question, truncated_words
from state.domain.query_examples import EXAMPLES
from state.domain.query_series import series_of
from state.domain.refusal import RefusedError
from state.services import query, saved_queries
from state.services.query import NoSandboxError, QueryAnswer, TooManyQueriesError
from state.services.saved_queries import NoSuchQueryError
from state.ui.access import for_anyone, for_people
from state.ui.forms import answer, problems_of
from state.ui.public.query_words import (
    answer_words,
    shown_columns,
    shown_rows,
    shown_saved,
    shown_table,
    shown_tables,
)
from state.ui.session import SessionState, address_of, ask, ask_at_length, clock, here

PATH: Final = "/insights/query"
API: Final = "/api/v1/insights/query"
LONGEST_ADDRESS: Final = 6_000
"""Of a link that anything between a browser and us lets through."""
_LONGEST_TEXT: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, and the saved query that it is, if it is one."""

    question: Question
    saved: str = ""


class QueryState(rx.State):
    """One query and its answer; the chart reads its lines itself."""

    loaded: bool = False
    running: bool = False
    sql: str = EXAMPLES[0].sql
    as_of: str = ""
    box: int = 0
    problems: dict[str, str] = {}
    missing: str = ""
    answered: bool = False
    words: str = ""
    more: str = ""
    columns: list[dict[str, str]] = []
    rows: list[list[str]] = []
    chart_src: str = ""
    downloads: str = ""
    link: str = ""
    sign_in: str = "/sign-in"
    name: str = ""
    saved: str = ""
    own: list[dict[str, str]] = []
    tables: list[dict[str, str]] = []
    wanted: str = ""
    opened: str = ""
    table: dict[str, str] = {}
    table_columns: list[dict[str, str]] = []

    @rx.event
    @for_anyone
    async def load(self):
        """Read the address: show the query that it names, and run it."""
        if not self.tables:
            self.tables = shown_tables(await ask(query.askable, actor=await here(self)), "")
        await _show_own(self)
        self.loaded = True
        asked = self.router.url.query_parameters
        self.problems, self.missing = {}, ""
        saved, sql = str(asked.get("saved", ""))[:40], str(asked.get("sql", ""))[:_LONGEST_TEXT]
        if saved:
            return await _open_saved(self, saved)
        self.name = self.saved = ""
        if not sql:
            self.answered = False
            return None
        as_of = _moment(str(asked.get("as_of", "")))
        return _begin(self, _Asked(Question(sql, as_of)))

    @rx.event
    @for_anyone
    async def run(self, form: dict):
        """Run what is written; what is short enough stands in the address, so it can be shared."""
        asked = _Asked(_written(form))
        self.sql, self.as_of = asked.question.sql, _boxed(asked.question.as_of)
        address = _address(asked)
        if not address or address == _here(self):
            self.saved = self.name = ""
            return _begin(self, asked)
        return rx.redirect(address)

    @rx.event
    @for_anyone
    async def look(self):
        """Have it answered."""
        asked = _Asked(Question(self.sql, _moment(self.as_of)), self.saved)
        try:
            found = await ask_at_length(
                query.answer_query,
                actor=await here(self),
                question=asked.question,
                asker=address_of(self),
                on=clock().date(),
            )
        except RefusedError as refused:
            self.problems = problems_of(refused)
        except (TooManyQueriesError, NoSandboxError) as later:
            self.problems = {SQL: str(later)}
        else:
            _show(self, asked, found)
        self.running = False

    @rx.event
    @for_people
    async def save(self, form: dict):
        """Keep the query that was run, under a name; its link is the address of the page."""
        try:
            kept = await ask(
                saved_queries.save_query,
                actor=await here(self),
                name=answer(form, saved_queries.NAME),
                question=Question(self.sql, _moment(self.as_of)),
                now=clock(),
            )
        except RefusedError as refused:
            self.problems = problems_of(refused)
            return rx.set_focus("error-summary")
        return rx.redirect(f"{PATH}?saved={kept.public_id}")

    @rx.event
    @for_people
    async def delete(self, public_id: str):
        """Keep one of one's own no longer."""
        try:
            await ask(
                saved_queries.delete_query,
                actor=await here(self),
                public_id=str(public_id)[:40],
                now=clock(),
            )
        except NoSuchQueryError as gone:
            self.missing = str(gone)
        await _show_own(self)
        return rx.redirect(PATH) if self.saved == public_id else None

    @rx.event
    @for_anyone
    async def narrow(self, wanted: str):
        """Show the tables that have these words in their names, titles or columns."""
        self.wanted = str(wanted)[:80]
        self.tables = shown_tables(await ask(query.askable, actor=await here(self)), self.wanted)

    @rx.event
    @for_anyone
    async def open_table(self, name: str):
        """Show the columns of a table, or close it again."""
        self.opened = "" if self.opened == name else str(name)[:80]
        held = await ask(query.askable, actor=await here(self))
        found = next((one for one in held if one.name == self.opened), None)
        self.table, self.table_columns = ({}, []) if found is None else shown_table(found)


def _begin(screen: QueryState, asked: _Asked) -> Any:  # noqa: ANN401  # an event
    """Show the query as it is asked, and go on to run it."""
    shown = (asked.question.sql, _boxed(asked.question.as_of))
    if shown != (screen.sql, screen.as_of):
        screen.sql, screen.as_of = shown
        screen.box += 1  # from a link: show it; else leave what is being typed
    screen.running, screen.answered, screen.problems = True, False, {}
    return QueryState.look


async def _open_saved(screen: QueryState, public_id: str) -> Any:  # noqa: ANN401  # an event
    try:
        kept = await ask(saved_queries.saved_query, actor=await here(screen), public_id=public_id)
    except NoSuchQueryError as missing:
        screen.missing, screen.answered = str(missing), False
        return None
    screen.name, screen.saved = kept.name, kept.public_id
    return _begin(screen, _Asked(Question(kept.sql, kept.as_of), kept.public_id))


async def _show_own(screen: QueryState) -> None:
    session = await screen.get_state(SessionState)
    if not session.signed_in:
        screen.own = []
        return
    held = await ask(saved_queries.own_queries, actor=await here(screen))
    screen.own = [shown_saved(one) for one in held]


def _show(screen: QueryState, asked: _Asked, found: QueryAnswer) -> None:
    screen.answered = True
    screen.columns, screen.rows = shown_columns(found), shown_rows(found)
    screen.words = answer_words(found)
    screen.more = truncated_words(found.limits) if found.truncated else ""
    screen.link = _address(asked)
    screen.sign_in = leading_to("/sign-in", safe_next(screen.link) or PATH)
    screen.downloads = _api_address(asked)
    drawn = screen.downloads and found.tag and series_of(found.rows) is not None
    screen.chart_src = f"{screen.downloads}format=chart" if drawn else ""


def _written(form: Any) -> Question:  # noqa: ANN401  # a browser may send anything
    text = form.get("sql") if isinstance(form, dict) else ""
    sql = text[:_LONGEST_TEXT] if isinstance(text, str) else ""
    return Question(sql.replace("\r\n", "\n"), _moment(answer(form, "as_of")))


def _address(asked: _Asked) -> str:
    """The page with this query; empty where it is too long for an address."""
    if asked.saved:
        return f"{PATH}?saved={asked.saved}"
    address = f"{PATH}?{_named(asked)}"
    return address if len(address) <= LONGEST_ADDRESS else ""


def _api_address(asked: _Asked) -> str:
    """The answer for programs, up to its format; empty where it is too long for an address."""
    if asked.saved:
        return f"{API}/saved/{asked.saved}?"
    address = f"{API}?{_named(asked)}&"
    return address if len(address) <= LONGEST_ADDRESS else ""


def _named(asked: _Asked) -> str:
    at = _boxed(asked.question.as_of)
    named = {"sql": asked.question.sql, "as_of": f"{at}Z" if at else ""}
    return urlencode({name: value for name, value in named.items() if value})


def _here(screen: QueryState) -> str:
    url = screen.router.url
    return f"{url.path}?{url.query}" if url.query else str(url.path)


def _boxed(at: datetime | None) -> str:
    """A moment as the browser's own box for one holds it, to the second, in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%S") if at else ""


def _moment(text: str) -> datetime | None:
    """A moment in UTC, as an address or a box of the page writes it; none where it is no moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
