"""Any figure of any run on the staff's screen, and the figures it came from."""

from typing import Final

import reflex as rx

from state.domain.dates import spoken_date
from state.domain.permissions import Permission
from state.domain.settlement_words import run_words
from state.services import settlement_explanation, settlement_runs
from state.services.settlement_runs import RunRefusedError
from state.ui.access import for_staff
from state.ui.explained_figure import ExplainedFigure, show_figure, show_missing, step_on
from state.ui.figure_links import NoSuchFigureError, asked_figure
from state.ui.session import ask, here

RUN: Final = "/staff/runs/run"
EXPLANATION: Final = "/staff/runs/explain"
NO_SUCH_FIGURE: Final = "There is no such figure of a run that has figures."


class RunExplanationState(ExplainedFigure, rx.State):
    """One figure of a run, with every Party's rows."""

    @rx.event
    @for_staff
    async def load(self):
        """Read the figure that the address names."""
        self.path = EXPLANATION
        actor = await here(self)
        actor.require(Permission.SETTLEMENT_RUN_VIEW)
        try:
            asked = asked_figure(dict(self.router.url.query_parameters))
            found = await ask(settlement_runs.run_detail, actor=actor, public_id=asked.run)
            figure = await ask(
                settlement_explanation.explain_figure,
                actor=actor,
                run=asked.run,
                quantity=asked.quantity,
                key=asked.key,
            )
        except (NoSuchFigureError, RunRefusedError):
            show_missing(self, NO_SUCH_FIGURE)
            return
        show_figure(self, asked, figure)
        run = found.run
        name = (
            f"{run_words(run.run_type)} of {spoken_date(run.settlement_date)}, run {run.run_number}"
        )
        step_on(self, asked, [{"text": name, "href": f"{RUN}?run={run.public_id}"}])
        self.missing, self.loaded = "", True
