"""Which rasters of a mosaic, and in which order."""

from __future__ import annotations

import re
from typing import Any

from ...service.errors import OptionError
from ...service.image_service import ImageService
from ...translation import tr
from ..numerals import read_whole_number
from ..order_value import find_field, order_value
from ..sentences import shortened
from ..typed_lists import Item
from .given import is_given, items


def order_field(value: Any, service: ImageService) -> str:
    """Return the field as the catalog spells it, or as it was given where the catalog has none of that name."""
    if not is_given(value):
        return ""
    name = str(value).strip()
    field = find_field(name, service.mosaic)
    return name if field is None else field.name


def order_base_value(value: Any, field: str, service: ImageService) -> str | float | None:
    """Return the base value in the type of the field (the service's own where it is empty), after `order_value`."""
    if not is_given(value):
        return None
    own_field = "" if service.mosaic is None else service.mosaic.sort_field
    return order_value(value, find_field(field or own_field, service.mosaic))


def lock_rasters(value: Any) -> tuple[int | str, ...] | None:
    """Return the ids and names of the rasters to lock, the topmost first.

    Text is separated by `;`; digits are an id, anything else is a name. A name that is digits or holds `;` goes into
    quotation marks (`'` or `"`, doubled inside). The items of a list are not separated.
    """
    return tuple(dict.fromkeys(_raster(item) for item in items(value, ";"))) or None


def where_clause(value: Any) -> str:
    """Return the where clause (SQL) that picks rasters of the mosaic; only the server can say whether it is right."""
    return str(value).strip() if is_given(value) else ""


def _raster(item: Any) -> int | str:
    if isinstance(item, Item) and (item.is_quoted or not re.fullmatch(r"[0-9]+", item.text)):
        return item.text
    raster_id = read_whole_number(item.text if isinstance(item, Item) else item)
    if raster_id is None or raster_id < 0:
        raise OptionError(
            "lock_raster_ids",
            tr("“{value}” is neither the id nor the name of a raster; ids are whole numbers.").format(
                value=shortened(item.text if isinstance(item, Item) else item)
            ),
        )
    return raster_id
