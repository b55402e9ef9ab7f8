"""Looking for rasters in a mosaic's catalog: clauses to ask it with, and its attributes as texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from typing import Any

from ..service.image_service import Field, Mosaic
from ..service.number_text import readable_number
from ..service.sql import text_literal
from .numerals import read_number, read_whole_number

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_NOT_FOR_TABLES = ("esriFieldTypeGeometry", "esriFieldTypeBlob", "esriFieldTypeRaster", "esriFieldTypeXML")
_NOTHING = "1=0"
# Fields that every mosaic dataset has for its own use, in lower case.
_HOUSEKEEPING = frozenset(
    (
        *("minps", "maxps", "lowps", "highps", "category", "tag", "groupname", "productname", "centerx", "centery"),
        *("zorder", "sorder", "typeid", "itemts", "uri", "urihash", "stereoid", "shape_length", "shape_area"),
    )
)


def search_clause(words: str, mosaic: Mosaic) -> str:
    """Return the where clause for rasters that hold `words` in a text, in any case, or have them as their id.

    It is empty for blank words, that is, for all rasters. `%` and `_` stand for any characters and any one character,
    as they do in SQL.
    """
    words = words.strip()
    if not words:
        return ""
    pattern = text_literal(f"%{words.upper()}%")
    texts = [field.name for field in mosaic.fields if field.type == "esriFieldTypeString"]
    conditions = [f"UPPER({name}) LIKE {pattern}" for name in texts]
    raster_id = read_whole_number(words)
    if raster_id is not None:
        conditions.insert(0, f"{mosaic.object_id_field} = {raster_id}")
    return " OR ".join(conditions) or _NOTHING


def ids_clause(ids: Iterable[int], mosaic: Mosaic) -> str:
    """Return the where clause for the rasters with these ids."""
    listed = ",".join(map(str, ids))
    return f"{mosaic.object_id_field} IN ({listed})" if listed else _NOTHING


def table_fields(mosaic: Mosaic) -> list[Field]:
    """Return the fields whose values can be read in a table: id, name, dates, others, and last the mosaic's own."""

    def rank(field: Field) -> tuple[bool, ...]:
        name = field.name.lower()
        is_id = name == mosaic.object_id_field.lower()
        return not is_id, name != "name", name in _HOUSEKEEPING, not field.is_date

    return sorted((field for field in mosaic.fields if field.type not in _NOT_FOR_TABLES), key=rank)


def attribute_text(value: Any, field: Field) -> str:
    """Return an attribute, as the catalog sends it, in words: dates as `2001-12-31 23:59:59` in UTC, NULL empty."""
    if value is None:
        return ""
    found = None if isinstance(value, str) else read_number(value)
    if found is None:
        return str(value)
    return _moment_text(found) if field.is_date else readable_number(found)


def _moment_text(milliseconds: float) -> str:
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return readable_number(milliseconds)
    return f"{moment.year:04d}-{moment:%m-%d %H:%M:%S}"
