"""Two settled companies, for the screens and the API of a company's settlement."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from settlement_engine.runs import RunType
from state.domain.actor import Actor
from state.domain.permissions import Capacity
from tests.databases import fresh_installation
from tests.market import TinyMarket, tiny_market
from tests.settled_market import (
    DAYS,
    correct_meters,
    published,
    small_frames,
    store_small_market,
)


@dataclass(frozen=True)
class Settled:
    """The market, and its runs by name: `first` and `second` of DAY, `other` of the day before."""

    market: TinyMarket
    runs: dict[str, str]

    def actor(self, party: str = "ALPHA") -> Actor:
        """Ann, for a company."""
        return self.market.acting("ann", party, Capacity.VIEWER)

    def nobody(self) -> Actor:
        """Ann, before she has chosen a company."""
        return Actor(kind="person", name="ann", person_id=1, session_id="session-of-ann")


def units_of(party: str = "ALPHA") -> list[str]:
    """The BM Units that a company leads."""
    register = small_frames()["bm_unit_registrations"]
    return sorted(register.filter(party_id=party)["bm_unit"].to_list())


@contextmanager
def settled_companies(folder: Path) -> Iterator[tuple[Path, Settled]]:
    """DAY is settled twice, the second time with a meter of ALPHA corrected."""
    with fresh_installation(folder) as home:
        store_small_market()
        market = tiny_market()
        runs = {"other": published(day=DAYS[1]), "first": published()}
        correct_meters(units_of()[0], 3.0)
        runs["second"] = published(RunType.SF)
        yield home, Settled(market, {name: run.public_id for name, run in runs.items()})
