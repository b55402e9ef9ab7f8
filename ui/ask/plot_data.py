"""What a plot shows, as plain values, and the same as a table of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ...plugin.options.time_range import moment_text
from ..common.number_text import number_text


class Scale(Enum):
    """What the horizontal axis counts."""

    NUMBER = "number"
    WHOLE = "whole"
    TIME = "time"


@dataclass(frozen=True)
class Place:
    """A value at a place on the horizontal axis; None is a gap. `label` says what it is of."""

    x: float
    y: float | None
    label: str = ""


@dataclass(frozen=True)
class Series:
    """A line of a plot, in the color of its point."""

    name: str
    color: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Plot:
    """Lines over one axis. Titles hold the units."""

    x_title: str
    y_title: str
    scale: Scale
    series: tuple[Series, ...] = ()

    def table(self) -> list[list[str]]:
        """Return the rows of a table, its header first: what each place is, and a column for each line."""
        labels: dict[tuple[float, str], list[float | None]] = {}
        for number, line in enumerate(self.series):
            for place in line.places:
                row = labels.setdefault((place.x, place.label), [None] * len(self.series))
                row[number] = place.y
        rows = [[self.x_title, "", *(line.name for line in self.series)]]
        for (x, label), values in sorted(labels.items(), key=lambda item: item[0]):
            at = moment_text(int(x)) if self.scale is Scale.TIME else number_text(x)
            rows.append([at, label, *("" if value is None else number_text(value) for value in values)])
        return rows


def as_csv(rows: Sequence[Sequence[str]], separator: str = ",") -> str:
    """Return a table as CSV, with line breaks as RFC 4180 has them; what would be a formula elsewhere stays a text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([[_harmless(cell) for cell in row] for row in rows])
    return text.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: names are the server's."""
    try:
        float(cell)
    except ValueError:
        return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
    return cell
