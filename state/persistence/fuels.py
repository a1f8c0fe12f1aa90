"""The fuels of this installation: ours, and the operator's own in the data directory."""

from functools import lru_cache
from pathlib import Path

from state.domain.fuels import Fuel, fuels
from state.persistence.transaction import data_directory


def installed_fuels() -> tuple[Fuel, ...]:
    """Every fuel in the order of the stack, as configured now."""
    local = data_directory() / "fuels.yaml"
    changed = local.stat().st_mtime_ns if local.is_file() else 0
    return _read_once(local, changed)


@lru_cache(maxsize=8)
def _read_once(local: Path, _changed: int) -> tuple[Fuel, ...]:
    return fuels(local)
