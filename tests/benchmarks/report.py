"""The page that the figures make, and what they are held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from . import KINDS, STEPS, SUM

#: Figures of one kind of layer by step: seconds, requests, bytes, stall; of the sum `times` too, see `__main__`.
Result = Mapping[str, Mapping[str, Any]]
Results = Mapping[str, Result]

# Where the aims for the speed of drawing hold: a server that is neither in the same house nor overloaded.
USUAL_LATENCY = 0.2
LIVE = ("values", "picture")


@dataclass(frozen=True)
class Aim:
    """What a figure must not exceed.

    Attributes:
        text: what is measured.
        limit: the greatest value that is good.
        value: what was measured, from the results of all kinds.
        latency: the only latency at which it counts, and is only told at the others; None for all.
    """

    text: str
    limit: float
    value: Callable[[Results], float]
    latency: float | None = None


def _ratio(kind: str) -> Callable[[Results], float]:
    return lambda results: float(results[kind][SUM]["times"])


def _figure(kind: str, step: str, key: str, factor: float = 1.0) -> Callable[[Results], float]:
    return lambda results: results[kind][step][key] * factor


def _aims() -> Iterator[Aim]:
    for kind, limit in zip(LIVE, (1.15, 1.05)):
        yield Aim(f"{KINDS[kind]}, {SUM}: times QGIS' own picture", limit, _ratio(kind), USUAL_LATENCY)
    for kind in LIVE:
        name = KINDS[kind]
        yield Aim(f"{name}, back to the view before: requests", 0, _figure(kind, "back to the view before", "requests"))
        yield Aim(f"{name}, making it: requests", 2, _figure(kind, "make the layer", "requests"))
        yield Aim(f"{name}, making it: stall, ms", 50, _figure(kind, "make the layer", "stall", 1000))
        yield Aim(f"{name}, slowest cancel: s", 0.3, _figure(kind, "slowest cancel", "seconds"))


AIMS = tuple(_aims())


def missed(latency: float, results: Results) -> list[str]:
    """Return what is measured and not reached at a latency, each with its figures."""
    aims = (aim for aim in AIMS if _counts(aim, latency) and aim.value(results) > aim.limit)
    return [f"{aim.text} {_number(aim.value(results))}, aim {_number(aim.limit)}" for aim in aims]


def section(latency: float, results: Results) -> str:
    """Return what one latency came to: a row for each step and a column for each kind, then the aims."""
    lines = [
        f"## Latency {latency * 1000:.0f} ms",
        "",
        "| step | " + " | ".join(KINDS.values()) + " |",
        "| --- |" + " ---: |" * len(KINDS),
    ]
    lines += [f"| {step} | " + " | ".join(_cell(results[kind][step]) for kind in KINDS) + " |" for step in STEPS]
    lines += ["", "| aim | at most | measured | |", "| --- | ---: | ---: | --- |"]
    lines += [_aim_row(aim, aim.value(results), counts=_counts(aim, latency)) for aim in AIMS]
    return "\n".join(lines)


def _counts(aim: Aim, latency: float) -> bool:
    return aim.latency in (None, latency)


def _aim_row(aim: Aim, value: float, *, counts: bool) -> str:
    if not counts:
        return f"| {aim.text} | | {_number(value)} | |"
    verdict = "reached" if value <= aim.limit else "**missed**"
    return f"| {aim.text} | {_number(aim.limit)} | {_number(value)} | {verdict} |"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _cell(figures: Mapping[str, Any]) -> str:
    """Return seconds, requests, megabytes and the longest stall."""
    return "{seconds:.2f} s, {requests}, {megabytes:.1f} MB, {stall:.0f} ms".format(
        seconds=figures["seconds"],
        requests=figures["requests"],
        megabytes=figures["bytes"] / 1e6,
        stall=figures["stall"] * 1000,
    )
