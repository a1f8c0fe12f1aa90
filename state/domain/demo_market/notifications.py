"""Physical Notifications: what each unit says it will do, before anything is accepted."""

from typing import Final

import polars as pl

from state.domain.demo_market.fuel_mix import CCGT_CAPACITY_MW, FUEL_CODES, nuclear_output
from state.domain.demo_market.grid import at_tick, by_hour
from state.domain.demo_market.noise import noise, smooth_noise
from state.domain.demo_market.precision import between, whole
from state.domain.demo_market.weather import wind_of_group

TICKS_A_WEEK: Final = 7 * 48
BOTH_WAYS_FUELS: Final = ("PS", "OTHER")
"""Fuels whose units can take from the grid as well as give."""

_STEEPNESS: Final = 2.6
_STABLE: Final = 0.40
_LEAST_SHARE: Final = 0.80
_VIRTUAL_SHAPE: Final = (
    0.0, 0.0, -0.1, -0.1, -0.1, 0.0, 0.1, 0.2, 0.1, 0.0, 0.0, -0.1, -0.1, 0.0, 0.0, 0.1, 0.3, 0.4,
    0.3, 0.2, 0.1, 0.0, 0.0, 0.0,
)  # fmt: skip


def notifying_units(units: pl.DataFrame) -> pl.DataFrame:
    """The units that send Physical Notifications: all but Suppliers'."""
    return units.filter(~pl.col("unit_type").is_in(["G", "S"]))


def levels(seed: int, units: pl.DataFrame, mix: pl.DataFrame) -> pl.DataFrame:
    """Notified whole megawatts of each unit at each half-hour boundary of the mix.

    Columns: unit_key, bm_unit, fuel_code, unit_type, capacity_mw, gsp_group, tick, level_mw.
    """
    notified = notifying_units(units)
    parts = [
        _levels_of_fuel(seed, fuel_code, group, mix)
        for (fuel_code,), group in notified.group_by("fuel_code", maintain_order=True)
    ]
    return pl.concat(parts).sort("unit_key", "tick")


def notifications(boundary_levels: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """One straight line a unit and period, from boundary to boundary."""
    lines = boundary_levels.with_columns(
        from_mw="level_mw", to_mw=pl.col("level_mw").shift(-1).over("unit_key", order_by="tick")
    )
    return (
        periods.drop("minute")
        .join(lines, on="tick", how="inner", maintain_order="left_right")
        .with_columns(from_at=at_tick(pl.col("tick")), to_at=at_tick(pl.col("tick") + 1))
    )


def _levels_of_fuel(
    seed: int, fuel_code: object, units: pl.DataFrame, mix: pl.DataFrame
) -> pl.DataFrame:
    """Every unit of one fuel at every boundary."""
    kind = str(fuel_code) if fuel_code in FUEL_CODES else None
    columns = ["tick", "minute", "local_hour", "need", "wind_north", "wind_middle", "wind_south"]
    fuel = pl.col(kind) if kind else pl.lit(0.0)
    frame = units.join(mix.select(*columns, fuel_mw=fuel), how="cross")
    level = _level(seed, kind, units)
    if kind == "CCGT":
        frame = _with_merit(seed, frame)
    return frame.with_columns(level_mw=whole(level)).select(
        "unit_key",
        "bm_unit",
        "fuel_code",
        "unit_type",
        "capacity_mw",
        "gsp_group",
        "tick",
        "level_mw",
    )


def _level(seed: int, kind: str | None, units: pl.DataFrame) -> pl.Expr:
    capacity = pl.col("capacity_mw")
    if kind is None:
        return capacity * _virtual_share(seed)
    if kind == "CCGT":
        return capacity * _merit_share()
    if kind == "WIND":
        local = smooth_noise(seed, "site wind", pl.col("minute"), 240, pl.col("unit_key"))
        return capacity * between(
            wind_of_group(pl.col("gsp_group")) * (0.93 + 0.14 * local), 0.0, 1.0
        )
    if kind == "NUCLEAR":
        return _reactors(seed, units)
    share = (
        pl.col("fuel_mw")
        / units.filter(pl.col("production_consumption_flag") == "P")["capacity_mw"].sum()
    )
    if kind.startswith("INT"):
        imports = pl.col("production_consumption_flag") == "P"
        return capacity * pl.when(imports).then(share.clip(0.0, None)).otherwise(
            share.clip(None, 0.0)
        )
    use = _LEAST_SHARE + 2 * (1 - _LEAST_SHARE) * smooth_noise(
        seed, "unit share", pl.col("minute"), 720, pl.col("unit_key")
    )
    return capacity * between(share * use, -1.0, 1.0)


def _virtual_share(seed: int) -> pl.Expr:
    own = smooth_noise(seed, "virtual", pl.col("minute"), 180, pl.col("unit_key")) - 0.5
    return between(by_hour(pl.col("local_hour"), _VIRTUAL_SHAPE) + 0.4 * own, -0.9, 0.9)


def _reactors(seed: int, units: pl.DataFrame) -> pl.Expr:
    output = pl.lit(0.0)
    for unit in units["bm_unit"]:
        output = (
            pl.when(pl.col("bm_unit") == unit).then(nuclear_output(seed, unit)).otherwise(output)
        )
    return output


def _with_merit(seed: int, frame: pl.DataFrame) -> pl.DataFrame:
    """Gas units take turns: each week draws their order of merit, from 0 to 1, anew."""
    week = pl.col("tick") // TICKS_A_WEEK
    return frame.with_columns(
        merit_draw=noise(seed, "merit", pl.col("unit_key"), week)
    ).with_columns(
        merit=(pl.col("merit_draw").rank("ordinal").over("tick") - 0.5) / pl.len().over("tick")
    )


def _merit_share() -> pl.Expr:
    """Units far up the order run full, some are part-loaded, the rest stand still."""
    load = pl.col("fuel_mw") / CCGT_CAPACITY_MW
    share = (load - pl.col("merit")) * _STEEPNESS + 0.5
    return pl.when(share < _STABLE / 2).then(0.0).otherwise(between(share, _STABLE, 0.985))
