"""The classes of a thematic band as GDAL's raster attribute table: value, name, color, all columns of the service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from osgeo import gdal

from ..service.attribute_table import AttributeTableRow
from ..service.json_values import number

_COLORS = (("Red", gdal.GFU_Red), ("Green", gdal.GFU_Green), ("Blue", gdal.GFU_Blue))


def write_classes(band: Any, rows: Sequence[AttributeTableRow]) -> None:
    """Give a band the table of its classes."""
    table = gdal.RasterAttributeTable()
    columns = list(_columns(rows))
    for name, kind, usage, _ in columns:
        table.CreateColumn(name, kind, usage)
    table.SetRowCount(len(rows))
    setters = {gdal.GFT_Integer: table.SetValueAsInt, gdal.GFT_Real: table.SetValueAsDouble}
    for column, (_, kind, _, values) in enumerate(columns):
        for row, value in enumerate(values):
            setters.get(kind, table.SetValueAsString)(row, column, value)
    band.SetDefaultRAT(table)


def _columns(rows: Sequence[AttributeTableRow]) -> Iterator[tuple[str, int, int, list[Any]]]:
    """Yield name, type, meaning and values of each column."""
    whole = all(float(row.value).is_integer() for row in rows)
    values = [int(row.value) if whole else float(row.value) for row in rows]
    yield "Value", gdal.GFT_Integer if whole else gdal.GFT_Real, gdal.GFU_MinMax, values
    yield "Class", gdal.GFT_String, gdal.GFU_Name, [row.label for row in rows]
    if all(row.color for row in rows):
        for position, (name, usage) in enumerate(_COLORS):
            yield name, gdal.GFT_Integer, usage, [(row.color or (0, 0, 0))[position] for row in rows]
    taken = {"value", "class", "red", "green", "blue"}
    for name in dict.fromkeys(name for row in rows for name in row.attributes):
        if name.lower() in taken:
            continue
        found = [row.attributes.get(name) for row in rows]
        numbers = [number(value) for value in found]
        if all(value is not None for value in numbers):
            yield name, gdal.GFT_Real, gdal.GFU_Generic, numbers
        else:
            yield name, gdal.GFT_String, gdal.GFU_Generic, ["" if value is None else str(value) for value in found]
