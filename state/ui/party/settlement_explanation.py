"""One figure of the company's own on screen, and the figures it came from."""

from typing import Final

import reflex as rx

from state.services import party_settlement, settlement_explanation
from state.services.party_settlement import PublishedRun
from state.services.settlement_runs import NOT_FOUND, RunRefusedError
from state.ui.access import for_people
from state.ui.explained_figure import ExplainedFigure, show_figure, show_missing, step_on
from state.ui.figure_links import NoSuchFigureError, asked_figure
from state.ui.session import ask, company_here
from state.ui.settled_day import CALENDAR, DAY, EXPLANATION, day_words

NO_SUCH_FIGURE: Final = "There is no such figure, or it is not your company's."


class SettlementExplanationState(ExplainedFigure, rx.State):
    """One figure of a published run, without any other Party's rows."""

    @rx.event
    @for_people
    async def load(self):
        """Read the figure that the address names."""
        self.path = EXPLANATION
        actor, organisation_id = await company_here(self)
        whose = {"actor": actor, "organisation_id": organisation_id}
        try:
            asked = asked_figure(dict(self.router.url.query_parameters))
            figure = await ask(
                settlement_explanation.explain_own_figure,
                **whose,
                run=asked.run,
                quantity=asked.quantity,
                key=asked.key,
            )
            day = asked.key["settlement_date"]
            found = await ask(
                party_settlement.charges_of_day, **whose, settlement_date=day, run=asked.run
            )
        except NoSuchFigureError:
            show_missing(self, NO_SUCH_FIGURE)
            return
        except RunRefusedError as refused:
            show_missing(self, _why(refused))
            return
        show_figure(self, asked, figure)
        step_on(self, asked, _root(found.run))
        self.missing, self.loaded = "", True


def _why(refused: RunRefusedError) -> str:
    """What is not there is a figure of nobody's; any other reason is told."""
    told = [reason.reason for reason in refused.reasons if reason != NOT_FOUND]
    return f"{'. '.join(told)}." if told else NO_SUCH_FIGURE


def _root(run: PublishedRun) -> list[dict[str, str]]:
    day = run.settlement_date
    return [
        {"text": "Settlement", "href": CALENDAR},
        {
            "text": f"{day_words(day)}, {run.run_type.value}",
            "href": f"{DAY}?date={day}&run={run.public_id}",
        },
    ]
