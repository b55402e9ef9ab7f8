"""Parameters that are one of a few words, in any spelling of ArcGIS tools, REST API or services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, TypeVar

from ...service.errors import OptionError
from ...service.vocabulary import (
    METHOD_KEYWORDS,
    Interpolation,
    MosaicMethod,
    MosaicOperation,
    find_interpolation,
    find_mosaic_method,
    find_mosaic_operation,
)
from ...translation import tr
from ..sentences import shortened
from .given import is_given

_SORT_ORDERS = {"ascending": True, "true": True, "descending": False, "false": False}
_NODATA_INTERPRETATIONS = {"all": True, "esrinodatamatchall": True, "any": False, "esrinodatamatchany": False}
_YES_OR_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TILES_OR_IMAGES = {**_YES_OR_NO, "tiles": True, "images": False}
_Keyword = TypeVar("_Keyword")


def mosaic_method(value: Any) -> MosaicMethod | None:
    """Return the mosaic method, in any spelling of ArcGIS tools, REST API or services; `"None"` is one of them."""
    message = tr("The mosaic method “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_mosaic_method, "mosaic_method", message, METHOD_KEYWORDS.values())


def mosaic_operation(value: Any) -> MosaicOperation | None:
    """Return the mosaic operator, in any spelling of ArcGIS tools, REST API or services."""
    message = tr("The mosaic operator “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_mosaic_operation, "mosaic_operation", message, MosaicOperation.__members__)


def interpolation(value: Any) -> Interpolation | None:
    """Return the interpolation, in any spelling of ArcGIS tools, REST API or services."""
    message = tr("The interpolation “{value}” is unknown; choose one of {choices}.")
    return _keyword(value, find_interpolation, "interpolation", message, Interpolation.__members__)


def ascending(value: Any) -> bool | None:
    """Return whether rasters are sorted upwards, from True, False, or the tools' `ASCENDING` and `DESCENDING`."""
    message = tr("The sort order “{value}” is unknown; choose one of {choices}.")
    return _keyword(
        value, lambda text: _SORT_ORDERS.get(text.casefold()), "ascending", message, ("ASCENDING", "DESCENDING")
    )


def nodata_interpretation(value: Any) -> bool | None:
    """Return whether only a pixel that matches in all bands is nodata, from `esriNoDataMatchAll`, or `ALL` in short."""
    message = tr("The nodata interpretation “{value}” is unknown; choose one of {choices}.")
    return _keyword(
        value, lambda text: _NODATA_INTERPRETATIONS.get(text.casefold()), "nodata_matches_all", message, ("ANY", "ALL")
    )


def nearest_date(value: Any) -> bool:
    """Return whether frames between dates show the nearest date, from True, False, or a word for them; False if not."""
    return _yes_or_no(value, "nearest_date")


def tiles(value: Any) -> bool | None:
    """Return whether a picture is drawn from ready-made tiles, from True, False, or `TILES` and `IMAGES`."""
    message = tr("“{value}” is neither tiles nor images; choose one of {choices}.")
    return _keyword(value, lambda text: _TILES_OR_IMAGES.get(text.casefold()), "tiles", message, ("TILES", "IMAGES"))


def clip_selected(value: Any) -> bool:
    """Return whether only what is selected is clipped to, from True, False, or a word for them; False if not given."""
    return _yes_or_no(value, "clip")


def _yes_or_no(value: Any, option: str) -> bool:
    message = tr("“{value}” is neither yes nor no; choose one of {choices}.")
    return bool(_keyword(value, lambda text: _YES_OR_NO.get(text.casefold()), option, message, ("true", "false")))


def _keyword(
    value: Any, find: Callable[[str], _Keyword | None], option: str, message: str, choices: Iterable[str]
) -> _Keyword | None:
    if not is_given(value):
        return None
    found = find(str(value.value if isinstance(value, Enum) else value))
    if found is None:
        raise OptionError(option, message.format(value=shortened(value), choices=", ".join(choices)))
    return found
