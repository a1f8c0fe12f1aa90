"""Acceptance volumes the slow way: one stretch at a time, in plain Python and exact fractions.

Written from `settlement.md` 3.2 to 3.4 and nothing of the engine, to be checked by reading. Times
are whole seconds from any moment, levels whole tenths of a MW, energy fractions of a MWh.
"""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

TENTHS_AND_SECONDS = 10 * 3600  # tenths of a MW times seconds, in a MWh
Point = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """A straight line from a time to a later one."""

    start: int
    end: int
    low: int
    high: int

    def at(self, time: Fraction) -> Fraction:
        return self.low + Fraction(self.high - self.low) * (time - self.start) / (
            self.end - self.start
        )


@dataclass(frozen=True)
class Acceptance:
    """Its points in order; two at one time are a step."""

    number: int
    issued: int
    points: tuple[Point, ...]

    @property
    def lines(self) -> list[Line]:
        return [
            Line(at, then, level, next_level)
            for (at, level), (then, next_level) in pairwise(self.points)
            if at < then
        ]


@dataclass(frozen=True)
class Period:
    """What a unit notified and submitted for a period: lines, and lines of width by pair."""

    start: int
    end: int
    notified: tuple[Line, ...]
    pairs: dict[int, tuple[Line, ...]]


def accepted_volumes(period, acceptances, *, extend):
    """Energy accepted up and down, by acceptance number and pair; without those of nothing."""
    found = {}
    for start, end in stretches(period, acceptances):
        for number, pair, energy in moved(start, end, period, acceptances, extend):
            up, down = found.get((number, pair), (Fraction(0), Fraction(0)))
            found[number, pair] = (up + max(energy, 0), down + min(energy, 0))
    return {key: volumes for key, volumes in found.items() if any(volumes)}


def energy_in_force(period, acceptances, *, extend):
    """Integral of the level in force less the notified one, within the submitted pairs (I1)."""
    total = Fraction(0)
    for start, end in stretches(period, acceptances):
        edges = edges_of(start, end, period, extend)
        lines = {0: (Fraction(0), Fraction(0))}
        for acceptance in in_order(acceptances):
            if level := on_stretch(acceptance.lines, start, end):
                lines[0] = above_notified(level, start, end, period)
        bounds = [edge for pair in edges.values() for edge in pair]
        for left, right in cut(lines[0], (0, 0), bounds):
            ends = [
                clamp(
                    part(lines[0], share),
                    min([part(bound, share) for bound in bounds], default=0),
                    max([part(bound, share) for bound in bounds], default=0),
                )
                for share in (left, right)
            ]
            total += sum(ends) / 2 * (right - left) * (end - start)
    return total / TENTHS_AND_SECONDS


def notified_energy(period):
    """The energy of the notification: trapezia, cut to the period."""
    total = Fraction(0)
    for line in period.notified:
        start, end = max(line.start, period.start), min(line.end, period.end)
        if start < end:
            total += (line.at(start) + line.at(end)) / 2 * (end - start)
    return total / TENTHS_AND_SECONDS


def stretches(period, acceptances):
    """Neighbouring times between which every line is straight."""
    lines = [*period.notified]
    lines += [line for widths in period.pairs.values() for line in widths]
    lines += [line for acceptance in acceptances for line in acceptance.lines]
    times = {period.start, period.end}
    times |= {time for line in lines for time in (line.start, line.end)}
    return pairwise(sorted(time for time in times if period.start <= time <= period.end))


def moved(start, end, period, acceptances, extend):
    """Energy by acceptance and pair on a stretch, in parts of one sign each."""
    edges = edges_of(start, end, period, extend)
    before = (Fraction(0), Fraction(0))
    for acceptance in in_order(acceptances):
        line = on_stretch(acceptance.lines, start, end)
        if line is None:
            continue
        level = above_notified(line, start, end, period)
        for pair, (lower, upper) in edges.items():
            for left, right in cut(level, before, [lower, upper]):
                change = [
                    clamp(part(level, at), part(lower, at), part(upper, at))
                    - clamp(part(before, at), part(lower, at), part(upper, at))
                    for at in (left, right)
                ]
                hours = (right - left) * (end - start)
                yield acceptance.number, pair, sum(change) / 2 * hours / TENTHS_AND_SECONDS
        before = level


def in_order(acceptances):
    """In order of issue; of two issued at one time the lower number came first."""
    return sorted(acceptances, key=lambda it: (it.issued, it.number))


def edges_of(start, end, period, extend):
    """Lower and upper edge of each pair on a stretch, counted from the notification."""
    edges = {}
    for sign in (1, -1):
        near = (Fraction(0), Fraction(0))
        pairs = sorted((pair for pair in period.pairs if pair * sign > 0), key=abs)
        for pair in pairs:
            width = ends_of(on_stretch(period.pairs[pair], start, end), start, end)
            far = (near[0] + width[0], near[1] + width[1])
            if extend and pair == pairs[-1]:
                far = (far[0] + sign * 10**9, far[1] + sign * 10**9)
            edges[pair] = (near, far) if sign > 0 else (far, near)
            near = far
    return edges


def on_stretch(lines, start, end):
    return next((line for line in lines if line.start <= start and end <= line.end), None)


def ends_of(line, start, end):
    return (line.at(Fraction(start)), line.at(Fraction(end)))


def above_notified(line, start, end, period):
    level = ends_of(line, start, end)
    notified = ends_of(on_stretch(period.notified, start, end), start, end)
    return (level[0] - notified[0], level[1] - notified[1])


def cut(level, before, edges):
    """The stretch as shares of it, cut wherever a line meets another."""
    shares = {Fraction(0), Fraction(1)}
    for one, other in [(level, before), *((it, edge) for it in (level, before) for edge in edges)]:
        ahead, behind = one[0] - other[0], one[1] - other[1]
        if ahead * behind < 0:
            shares.add(Fraction(ahead) / (ahead - behind))
    return pairwise(sorted(shares))


def part(line, share):
    return line[0] + (line[1] - line[0]) * share


def clamp(value, low, high):
    return max(low, min(value, high))
