"""The times of an image service: `timeInfo` of its root document, and the dates of its rasters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .json_values import mapping, number, sequence, text

# Milliseconds since 1970.
_FIRST, _LAST = -62_135_596_800_000, 253_402_300_799_999


@dataclass(frozen=True)
class TimeInfo:
    """When the pixels of a service are of. Times are milliseconds since 1970 in UTC, as everywhere in ArcGIS REST.

    Attributes:
        start_field: the field of the catalog that says when a raster begins; empty where the service does not tell.
        end_field: the field that says when it ends; empty where a raster is of one moment.
        begin: the first time that there is; None where the service does not tell.
        end: the last one, likewise.
    """

    start_field: str = ""
    end_field: str = ""
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class CatalogDate:
    """A time that rasters have, in milliseconds since 1970 in UTC; an instant ends when it begins."""

    begin: int
    end: int
    count: int


@dataclass(frozen=True)
class CatalogDates:
    """The times of a catalog, the earliest first. `is_whole` is False where there are more than are read."""

    dates: tuple[CatalogDate, ...]
    is_whole: bool = True


def in_reach(milliseconds: float) -> bool:
    """Whether a time is one of the years 1 to 9999, which Python, Qt and people can write."""
    return _FIRST <= milliseconds <= _LAST


def parse_time_info(value: object) -> TimeInfo | None:
    """Read `timeInfo`; None for a service without times. Limits that make no sense count as not told."""
    told: Mapping[str, Any] = mapping(value)
    start_field = text(told.get("startTimeField"))
    limits = [number(limit) for limit in sequence(told.get("timeExtent"))]
    known = [round(limit) for limit in limits if limit is not None and in_reach(limit)]
    is_told = len(limits) == len(known) == 2 and known[0] <= known[1]
    if not start_field and not is_told:
        return None
    begin, end = known if is_told else (None, None)
    return TimeInfo(start_field, text(told.get("endTimeField")), begin, end)
