"""The store under official names, as it is or was known, of the days that one question is about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl
from sqlmodel import Session

from settlement_engine.periods import settlement_period_of_expression
from state.domain.bmrs.arguments import Arguments
from state.domain.bmrs.conditions import by_publication, window
from state.domain.bmrs.source import Source, official, segments, with_times
from state.domain.datasets import MOMENT, Dataset, dataset, dataset_of_code, datasets
from state.persistence.fuels import installed_fuels
from state.persistence.queries.dataset_catalogue import last_day, last_updates
from state.persistence.queries.dataset_rows import known_rows

_BY_DEFAULT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoredSource(Source):
    """The store, as it is or was known, of the days that one question is about."""

    session: Session
    asked: Arguments
    days: tuple[date, date] | None = None

    def rows(
        self, code: str, *, every_publication: bool = False, always: bool = False
    ) -> pl.LazyFrame:
        """See Source."""
        if (made := self._made(code)) is not None:
            return made
        if code == "BOALF":
            return self._acceptances()
        held = self._held(code)
        rows = self._known(held, every_publication=every_publication, always=always)
        return self._with_units(official(held, rows))

    def resolved(self, asked: Arguments) -> Arguments:
        """The question with every BM Unit under each of its names: any id may be given."""
        given = asked.get("bmUnit")
        if given is None:
            return asked
        wanted = list(given) if isinstance(given, tuple) else [given]
        upper = [one.upper() for one in wanted]
        ids = ["nationalGridBmUnit", "elexonBmUnit", "eic", "bmUnitName"]
        register = self._register()
        matching = pl.any_horizontal(pl.col(name).str.to_uppercase().is_in(upper) for name in ids)
        found = register.filter(matching).collect()
        names = {*wanted, *found["nationalGridBmUnit"], *found["elexonBmUnit"].drop_nulls()}
        return Arguments({**asked.values, "bmUnit": tuple(sorted(names))}, asked.as_of)

    def _held(self, code: str) -> Dataset:
        definition = public_dataset(code)
        if definition is None:
            raise LookupError(f"No public dataset is called {code}.")
        return definition

    def _known(
        self, definition: Dataset, *, every_publication: bool = False, always: bool = False
    ) -> pl.LazyFrame:
        since, until = (None, None) if always else self._days(definition)
        return known_rows(
            self.session,
            definition,
            since=since,
            until=until,
            as_of=self.asked.as_of,
            every_publication=every_publication,
        )

    def _days(self, definition: Dataset) -> tuple[date | None, date | None]:
        """The days to be read now, or those asked for; where nothing says, the last two held."""
        if self.days is not None:
            return self.days
        since, until = window(self.asked)
        if (since, until) != (None, None) or by_publication(self.asked):
            return since, until
        last = last_day(self.session, definition.name)
        return (None, None) if last is None else (last - _BY_DEFAULT, last)

    def _with_units(self, named: pl.LazyFrame) -> pl.LazyFrame:
        """Both names of each BM Unit, where rows give one of them."""
        columns = named.collect_schema().names()
        if "bmUnit" not in columns or {"nationalGridBmUnit", "nationalGridBmUnitId"} & set(columns):
            return named
        ids = self._register().select(
            bmUnit="elexonBmUnit", nationalGridBmUnit="nationalGridBmUnit"
        )
        return named.join(ids.drop_nulls().unique("bmUnit", keep="first"), on="bmUnit", how="left")

    def _register(self) -> pl.LazyFrame:
        """The newest list of BM Units."""
        definition = self._held("BMUNITS")
        newest = last_day(self.session, definition.name)
        rows = known_rows(
            self.session,
            definition,
            since=newest,
            until=newest,
            as_of=None,
            every_publication=False,
        )
        return official(definition, rows)

    def _acceptances(self) -> pl.LazyFrame:
        """Acceptances with the lines between their break-points, as BOALF publishes them."""
        of = ["bm_unit", "acceptance_number"]
        lines = segments(self._known(dataset("acceptance_points")), of).select(
            "timeFrom", "timeTo", "levelFrom", "levelTo", bmUnit=of[0], acceptanceNumber=of[1]
        )
        held = self._held("BOALF")
        heads = self._with_units(official(held, self._known(held)))
        named = with_times(heads.join(lines, on=["bmUnit", "acceptanceNumber"]))
        end = pl.col("timeTo") - timedelta(microseconds=1)
        return named.rename({"settlementPeriod": "settlementPeriodFrom"}).with_columns(
            settlementPeriodTo=settlement_period_of_expression(end), rrFlag=pl.lit(value=False)
        )

    def _made(self, code: str) -> pl.LazyFrame | None:
        """Lists that are not rows of any dataset."""
        if code == "METADATA":
            codes = {one.name: one.code for one in datasets().values() if one.code}
            found = [
                (codes[name], at)
                for name, at in last_updates(self.session).items()
                if name in codes
            ]
            schema = {"dataset": pl.String(), "lastUpdated": MOMENT}
            return pl.LazyFrame(found, schema=schema, orient="row").sort("dataset")
        if code == "FUELTYPES":
            return pl.LazyFrame({"value": [fuel.code for fuel in installed_fuels()]})
        if code == "INTERCONNECTORS":
            return _interconnectors()
        return None


def _interconnectors() -> pl.LazyFrame:
    """Fuels that lead to another market."""
    names = ("fuelType", "interconnectorId", "interconnectorName", "interconnectorBiddingZone")
    found = [
        (fuel.code, fuel.code, f"{fuel.country} ({fuel.name})", fuel.bidding_zone)
        for fuel in installed_fuels()
        if fuel.interconnector
    ]
    return pl.LazyFrame(found, schema=dict.fromkeys(names, pl.String()), orient="row")


def public_dataset(code: str) -> Dataset | None:
    """A dataset that anyone may read; what is confidential has no official code here."""
    found = dataset_of_code(code)
    return found if found is not None and found.classification == "public" else None
