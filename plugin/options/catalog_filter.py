"""Which rasters of a mosaic are listed: by words, days, clouds and a clause, as one where clause for the server."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from ..service.errors import OptionError
from ..service.image_service import Field, ImageService, Mosaic
from ..service.sql import identifier
from ..translation import tr
from .catalog_search import search_clause
from .numerals import read_decimal

# In lower case and without what is neither letter nor digit.
_ACQUISITION = ("acquisitiondate", "acquisitiondatetime", "acqdate", "acquired", "dateacquired")
_CLOUD_COVER = ("cloudcover", "cloudcoverage", "cloudcoverpercentage", "cloudpercentage")
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")


@dataclass(frozen=True)
class CatalogFilter:
    """The conditions for a raster to be listed; those that are empty or None do not apply.

    Attributes:
        words: searched in all texts, and among the ids.
        date_field: the field that the days are of.
        first_day: the raster is not of an earlier day (UTC).
        last_day: it is not of a later one, likewise.
        cloud_field: the field that says how cloudy a raster is.
        most_clouds: the highest value of it, in its own unit.
        where: a where clause of the user's own.
    """

    words: str = ""
    date_field: str = ""
    first_day: date | None = None
    last_day: date | None = None
    cloud_field: str = ""
    most_clouds: float | None = None
    where: str = ""

    def clause(self, mosaic: Mosaic) -> str:
        """Return the where clause, empty for all rasters. Rasters without a date or a cloud cover do not meet one."""
        conditions = [search_clause(self.words, mosaic)]
        field = identifier(self.date_field)
        if self.date_field and self.first_day is not None:
            conditions.append(f"{field} >= DATE '{self.first_day.isoformat()}'")
        # No day comes after the last one that Python knows, so there is nothing to exclude.
        if self.date_field and self.last_day is not None and self.last_day < date.max:
            conditions.append(f"{field} < DATE '{(self.last_day + timedelta(days=1)).isoformat()}'")
        if self.cloud_field and self.most_clouds is not None:
            conditions.append(f"{identifier(self.cloud_field)} <= {self.most_clouds}")
        conditions.append(self.where.strip())
        given = [condition for condition in conditions if condition]
        return given[0] if len(given) == 1 else " AND ".join(f"({condition})" for condition in given)


def date_fields(service: ImageService) -> list[Field]:
    """Return the fields of dates: the one of acquisition first, as far as it can be told, then the service's own."""
    mosaic, time = service.mosaic, service.time
    begins = "" if time is None else time.start_field.lower()

    def rank(field: Field) -> tuple[bool, bool]:
        return _plain(field.name) not in _ACQUISITION, field.name.lower() != begins

    return sorted((field for field in mosaic.fields if field.is_date), key=rank) if mosaic is not None else []


def cloud_field(mosaic: Mosaic) -> Field | None:
    """Return the field that says how cloudy a raster is, None where there is none."""
    cloudy = [field for field in mosaic.fields if field.is_numeric and "cloud" in _plain(field.name)]
    return min(cloudy, key=lambda field: _plain(field.name) not in _CLOUD_COVER, default=None)


def read_day(text: str, *, is_last: bool = False) -> date | None:
    """Return the day that a text names, None for a blank one. A year or a month stands for its first or last day.

    Raises:
        OptionError: the text is no day.
    """
    if not text.strip():
        return None
    found = _DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        year, month = int(found[1]), int(found[2] or (12 if is_last else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if is_last else 1)))
    except ValueError:
        message = tr("“{text}” is no day: write it as {example}, or only its year or month.")
        raise OptionError("where", message.format(text=text.strip(), example="2001-12-31")) from None


def read_most_clouds(text: str) -> float | None:
    """Return the highest cloud cover that a text names, None for a blank one.

    Raises:
        OptionError: the text is no number.
    """
    if not text.strip():
        return None
    number = read_decimal(text)
    if number is None:
        message = tr("“{text}” is no number: write the highest cloud cover as 10 or 0.1.")
        raise OptionError("where", message.format(text=text.strip()))
    return number


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
