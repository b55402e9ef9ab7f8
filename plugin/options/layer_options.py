"""What the user wants of an image service, as plain values that survive a trip through JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from ..translation import tr

OPTIONS_VERSION = 1
RAW_PIXELS = "None"


class BrokenOptionsError(ImageServerLayerError):
    """The text is not the JSON of `LayerOptions`."""


class UnknownVersionError(ImageServerLayerError):
    """The options were written by a later version of the plugin; the layer can be used but not edited."""


@dataclass(frozen=True)
class LayerOptions:
    """Every choice there is, independent of how QGIS will get the pixels.

    A default means "not given": the service decides.
    Coordinates and sizes are in the service's CRS. Bands count from 1, in what comes out of the processing template.
    `processing_template` is empty, `"None"` (raw pixels), a published name, or the JSON text of a raster function.
    `order_base_value` is a number, or a date as `yyyy/MM/dd[ HH:mm:ss]` in UTC.
    """

    extent: Extent | None = None
    cell_size: tuple[float, float] | None = None
    bands: tuple[int, ...] | None = None
    processing_template: str = ""
    mosaic_method: MosaicMethod | None = None
    order_field: str = ""
    order_base_value: str | float | None = None
    ascending: bool | None = None
    mosaic_operation: MosaicOperation | None = None
    lock_raster_ids: tuple[int, ...] = ()
    viewpoint: tuple[float, float] | None = None
    where: str = ""
    interpolation: Interpolation | None = None
    nodata: tuple[float, ...] = ()
    nodata_matches_all: bool | None = None
    compression_quality: int | None = None

    def is_default(self) -> bool:
        """Whether nothing is asked for, so that the service decides everything."""
        return self == LayerOptions()

    def to_json(self) -> str:
        """Return the options as one line of ASCII: only what is given, in alphabetical order, and the version as `v`.

        Every float comes back exactly; nodata that is not a number is written as the string `"nan"`, as JSON has no
        such number.
        """
        values = {field.name: _encoded(getattr(self, field.name)) for field in fields(self)}
        given = {name: value for name, value in values.items() if value != _encoded(getattr(LayerOptions, name))}
        return json.dumps(given | {"v": OPTIONS_VERSION}, sort_keys=True, separators=(",", ":"), allow_nan=False)

    @staticmethod
    def from_json(text: str) -> LayerOptions:
        """Read what `to_json` wrote.

        Raises:
            UnknownVersionError: written by a later version of the plugin, whose options this one cannot know.
            BrokenOptionsError: anything else that `to_json` did not write.
        """
        try:
            values = json.loads(text)
            version = _integer(values.pop("v"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _broken(error) from error
        if version > OPTIONS_VERSION:
            raise UnknownVersionError(
                tr(
                    "The layer's options have version {version}, and this plugin knows versions up to {known}; "
                    "update the plugin Image Server Layer to edit the layer."
                ).format(version=version, known=OPTIONS_VERSION)
            )
        try:
            return LayerOptions(**{name: _DECODERS[name](value) for name, value in values.items()})
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise _broken(error) from error


def _broken(error: Exception) -> BrokenOptionsError:
    return BrokenOptionsError(
        tr("The options stored in the layer's source cannot be read; make the layer anew."),
        f"{type(error).__name__}: {error}",
    )


def _encoded(value: Any) -> Any:
    """Return a value as the `json` module knows it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, float) and math.isnan(value):
        return "nan"
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _number(value: Any) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        raise TypeError(value)
    return value


def _nodata(value: Any) -> float:
    return math.nan if value == "nan" else _number(value)


def _text_or_number(value: Any) -> str | float:
    return value if isinstance(value, str) else _number(value)


def _list_of(decode: Callable[[Any], Any], count: int | None = None) -> Callable[[Any], tuple[Any, ...]]:
    def decoded(values: Any) -> tuple[Any, ...]:
        if not isinstance(values, list) or count not in (None, len(values)):
            raise TypeError(values)
        return tuple(decode(value) for value in values)

    return decoded


_DECODERS: dict[str, Callable[[Any], Any]] = {
    "extent": lambda value: Extent(*_list_of(_number, 4)(value)),
    "cell_size": _list_of(_number, 2),
    "bands": _list_of(_integer),
    "processing_template": _text,
    "mosaic_method": MosaicMethod,
    "order_field": _text,
    "order_base_value": _text_or_number,
    "ascending": _boolean,
    "mosaic_operation": MosaicOperation,
    "lock_raster_ids": _list_of(_integer),
    "viewpoint": _list_of(_number, 2),
    "where": _text,
    "interpolation": Interpolation,
    "nodata": _list_of(_nodata),
    "nodata_matches_all": _boolean,
    "compression_quality": _integer,
}
