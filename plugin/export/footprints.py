"""The catalog of a mosaic as rows of a table, with the outlines of its rasters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsField, QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from ..layer.connect import ConnectedService
from ..options.layer_options import LayerOptions
from ..service.catalog import Catalog, CatalogRaster, Ring
from ..service.extent import Extent
from ..service.image_service import Field
from ..service.json_values import integer, number
from ..service.plain_text import clean_text
from .fields import Type, field

_INT_LIMIT = 2**31
_LONG_LIMIT = 2**63
# In milliseconds: about the years -6000 to 9999, which every format can hold.
_DATE_LIMIT = 253_402_300_800_000


@dataclass(frozen=True)
class Column:
    """A field of the catalog in QGIS' terms. `read` makes a value of it, None where it is none of that type."""

    name: str
    field: QgsField
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class CatalogRows:
    """The rasters of a mosaic that match the options.

    Attributes:
        catalog: asks for them.
        columns: those of the table.
        where: picks them, beside `extent` (in the service's CRS) and `time` (see `Catalog.count`).
    """

    catalog: Catalog
    columns: tuple[Column, ...]
    where: str = ""
    extent: Extent | None = None
    time: str = ""

    def count(self) -> int:
        """Return how many there are.

        Raises:
            ImageServerLayerError: the catalog cannot be asked.
        """
        return self.catalog.count(self.where, self.extent, self.time)

    def ids(self) -> list[int]:
        """Return their ids in ascending order.

        Raises:
            ImageServerLayerError: the catalog cannot be asked.
        """
        return self.catalog.ids(self.where, self.extent, self.time)

    def pages(self, *, with_outlines: bool) -> Iterator[tuple[CatalogRaster, ...]]:
        """Go through them, see `Catalog.pages`."""
        return self.catalog.pages(self.where, self.extent, self.time, with_outlines=with_outlines)

    def row(self, raster: CatalogRaster) -> tuple[list[Any], int]:
        """Return the values of a raster, and how many could not be read as what their fields hold: they are None."""
        given = [raster.attributes.get(column.name) for column in self.columns]
        values = [None if value is None else column.read(value) for column, value in zip(self.columns, given)]
        return values, sum(one is not None and other is None for one, other in zip(given, values))


def catalog_rows(connected: ConnectedService, options: LayerOptions, catalog: Catalog) -> CatalogRows:
    """Return the rasters that where clause, lock, extent and time of the options leave."""
    clauses = [options.where] if options.where else []
    if options.lock_raster_ids:
        clauses.append(catalog.where_ids(options.lock_raster_ids))
    where = " AND ".join(f"({clause})" for clause in clauses) if len(clauses) > 1 else "".join(clauses)
    mosaic = connected.service.mosaic
    columns = tuple(filter(None, map(_column, mosaic.fields if mosaic is not None else ())))
    time = options.time.parameter() if options.time is not None else ""
    return CatalogRows(catalog, columns, where, options.area, time)


def outline(rings: Sequence[Ring]) -> QgsGeometry:
    """Return the rings of a raster as a multipolygon, a null geometry where there is none.

    ArcGIS draws outer rings clockwise and holes counterclockwise; a hole belongs to the outer ring around it.
    """
    points = [[QgsPointXY(x, y) for x, y in ring] for ring in rings if len(ring) > 2]
    if len(points) == 1:
        return QgsGeometry.fromMultiPolygonXY([points])
    outer = [[ring] for ring in points if _signed_area(ring) <= 0] or [[ring] for ring in points]
    if len(outer) == len(points):
        return QgsGeometry.fromMultiPolygonXY(outer) if outer else QgsGeometry()
    shapes = [QgsGeometry.fromPolygonXY(polygon) for polygon in outer]
    for hole in (ring for ring in points if _signed_area(ring) > 0):
        place = QgsGeometry.fromPointXY(hole[0])
        around = next((index for index, shape in enumerate(shapes) if shape.intersects(place)), 0)
        outer[around].append(hole)
    return QgsGeometry.fromMultiPolygonXY(outer)


def _signed_area(ring: Sequence[QgsPointXY]) -> float:
    """Return twice the area of a ring, negative where it runs clockwise."""
    following = [*ring[1:], ring[0]]
    return sum(one.x() * two.y() - two.x() * one.y() for one, two in zip(ring, following))


def _column(known: Field) -> Column | None:
    """Return a field of the catalog; None for what no table holds, such as the raster itself."""
    name = known.type.replace("esriFieldType", "")
    if name not in _TYPES:
        return None
    kind, read = _TYPES[name]
    return Column(known.name, field(known.name, kind, known.alias), read)


def _whole(limit: int) -> Callable[[Any], int | None]:
    def read(value: Any) -> int | None:
        whole = integer(value)
        return whole if whole is not None and -limit <= whole < limit else None

    return read


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return clean_text(value)
    return str(value) if isinstance(value, (int, float)) else None


def _date_time(value: Any) -> QDateTime | None:
    """Read milliseconds since 1970 in UTC."""
    milliseconds = number(value)
    if milliseconds is None or abs(milliseconds) >= _DATE_LIMIT:
        return None
    return QDateTime.fromMSecsSinceEpoch(round(milliseconds), Qt.TimeSpec.UTC)


def _date_time_text(value: Any) -> QDateTime | None:
    read = QDateTime.fromString(str(value), Qt.DateFormat.ISODateWithMs)
    return read.toUTC() if read.isValid() else None


def _date(value: Any) -> QDate | None:
    read = QDate.fromString(str(value), Qt.DateFormat.ISODate)
    return read if read.isValid() else None


def _time(value: Any) -> QTime | None:
    read = QTime.fromString(str(value), Qt.DateFormat.ISODate)
    return read if read.isValid() else None


# By ArcGIS' names of types without `esriFieldType`. Blobs, rasters and geometries are left out.
_TYPES: Mapping[str, tuple[Type, Callable[[Any], Any]]] = {
    "OID": (Type.LONG, _whole(_LONG_LIMIT)),
    "SmallInteger": (Type.INTEGER, _whole(_INT_LIMIT)),
    "Integer": (Type.INTEGER, _whole(_INT_LIMIT)),
    "BigInteger": (Type.LONG, _whole(_LONG_LIMIT)),
    "Single": (Type.REAL, number),
    "Double": (Type.REAL, number),
    "String": (Type.TEXT, _text),
    "GUID": (Type.TEXT, _text),
    "GlobalID": (Type.TEXT, _text),
    "XML": (Type.TEXT, _text),
    "Date": (Type.DATE_TIME, _date_time),
    "DateOnly": (Type.DATE, _date),
    "TimeOnly": (Type.TIME, _time),
    "TimestampOffset": (Type.DATE_TIME, _date_time_text),
}
