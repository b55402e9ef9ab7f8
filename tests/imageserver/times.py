"""Mosaics whose pixels tell their time: one raster a month, or a year, all of the same ground."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone

import numpy as np

from .catalog import Item, catalog_of, rectangle
from .pixels import array_raster, extent_of
from .service import ImageService, MosaicDefaults
from .synthetic import SMALL, UTM_25S, band_names

#: A month that `Test/Monthly` has nothing of.
MISSING_MONTH = (2020, 7)

_TYPES = {"OBJECTID": "OID", "Name": "String", "StartDate": "Date", "EndDate": "Date"}


def milliseconds(year: int, month: int = 1, day: int = 1) -> int:
    """Midnight of a day in UTC, in milliseconds since 1970."""
    return int(datetime(year, month, day, tzinfo=timezone.utc).timestamp() * 1000)


def month_value(year: int, month: int) -> int:
    """What all pixels of a month read in `Test/Monthly`: 1 to 12 in 2020, 101 to 112 in 2021."""
    return 100 * (year - 2020) + month


def monthly() -> ImageService:
    """`Test/Monthly`: 2020 and 2021 but for July 2020, each month at the first of it; see `month_value`."""
    rasters = [
        (f"{year}-{month:02d}", month_value(year, month), milliseconds(year, month), None)
        for year in (2020, 2021)
        for month in range(1, 13)
        if (year, month) != MISSING_MONTH
    ]
    return _service("Test/Monthly", rasters, ("StartDate", ""))


def yearly() -> ImageService:
    """`Test/Yearly`: 2017 to 2021, each from its first to its last millisecond; the pixels read 17 to 21."""
    rasters = [(str(year), year - 2000, milliseconds(year), milliseconds(year + 1) - 1) for year in range(2017, 2022)]
    return _service("Test/Yearly", rasters, ("StartDate", "EndDate"))


def _service(
    name: str, rasters: Sequence[tuple[str, int, int, int | None]], time_fields: tuple[str, str]
) -> ImageService:
    """A service of rasters with one value each: name, value, begin, end. Without a time the last one is on top."""
    box = extent_of(SMALL)
    items = [
        Item(
            {"OBJECTID": number, "Name": title, "StartDate": begin, "EndDate": end},
            array_raster(np.full((1, SMALL.rows, SMALL.columns), value, np.uint8), SMALL, "U8"),
            rectangle(box),
            box.center,
        )
        for number, (title, value, begin, end) in enumerate(rasters, start=1)
    ]
    fields = [
        {"name": field, "type": f"esriFieldType{kind}", "alias": field, "domain": None}
        for field, kind in _TYPES.items()
    ]
    return ImageService(
        name,
        UTM_25S,
        SMALL,
        "U8",
        band_names(1),
        catalog_of(fields, items),
        mosaic=MosaicDefaults(method="ByAttribute", sort_field="StartDate", sort_value="2100/01/01"),
        time_fields=time_fields,
    )
