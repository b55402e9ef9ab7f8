"""What the user wants of an image service, as plain values that survive a trip through JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..service.json_values import compact_json, whole_number
from ..service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from ..translation import tr
from .clip import Clip
from .dimension_value import DimensionValue
from .processing_template import SERVICE_DEFAULT, ProcessingTemplate
from .time_range import TimeRange

# The version of the JSON in which an option was added; all others are there since the first. Options are written in the
# lowest version that can hold them, so that older versions of the plugin can edit the layer as long as possible.
_SINCE: Mapping[str, int] = MappingProxyType(
    {"time": 2, "nearest_date": 2, "clip": 3, "snap_origin": 3, "variable": 3, "dimensions": 3, "tiles": 4}
)


class BrokenOptionsError(ImageServerLayerError):
    """The text is not the JSON of `LayerOptions`."""


class UnknownVersionError(ImageServerLayerError):
    """The options were written by a later version of the plugin; the layer can be used but not edited."""


@dataclass(frozen=True)
class LayerOptions:
    """Every choice there is, independent of how QGIS will get the pixels.

    A default means "not given": the service decides.
    Coordinates and sizes are in the service's CRS. Bands count from 1, in what comes out of the processing template.

    Attributes:
        extent: what is wanted, in the service's CRS; the layer has the part of it that the service covers.
        cell_size: width and height of a cell, in units of the service's CRS.
        bands: their numbers, counting from 1, in the order of the layer; empty is an error, None is all.
        processing_template: nothing, raw pixels, a published raster function, or a chain of functions.
        mosaic_method: how overlapping rasters are ordered.
        order_field: the field of the catalog that the method "by attribute" orders by.
        order_base_value: the value nearest to which is on top: a number, or a date as `yyyy/MM/dd[ HH:mm:ss]` in UTC.
        ascending: False turns the order round.
        mosaic_operation: what overlapping pixels become.
        lock_raster_ids: the only rasters to be drawn, the topmost first.
        viewpoint: x and y, in the service's CRS, that the method "closest to viewpoint" orders around.
        where: SQL on the fields of the catalog; rasters that do not match are left out.
        interpolation: how pixels are resampled.
        nodata: one value for all bands or one for each, in the order of `bands`; NaN is one.
        nodata_matches_all: whether a pixel is nodata only where all of its bands are; False is any of them.
        compression_quality: of JPEG, from 1 to 100.
        time: only what is of that instant, or of that range, is drawn.
        nearest_date: whether a moment of QGIS' temporal controller that the service has nothing of shows the nearest
            date that it has something of.
        clip: polygons; outside of them there is nothing. Without an extent, the layer's is the box around them.
        snap_origin: x and y of a corner of a cell; the cells of the layer lie on the grid that goes out from it.
        variable: of a multidimensional service, such as a temperature.
        dimensions: the values that dimensions of it are to have, in the order of their names.
        tiles: whether a picture is drawn from the ready-made tiles of a service that draws images, too; None is where
            the other options can be had of them.
    """

    extent: Extent | None = None
    cell_size: tuple[float, float] | None = None
    bands: tuple[int, ...] | None = None
    processing_template: ProcessingTemplate = SERVICE_DEFAULT
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
    time: TimeRange | None = None
    nearest_date: bool = False
    clip: Clip | None = None
    snap_origin: tuple[float, float] | None = None
    variable: str = ""
    dimensions: tuple[DimensionValue, ...] = ()
    tiles: bool | None = None

    @property
    def area(self) -> Extent | None:
        """What is wanted as a rectangle: the extent, or the box around the shape to clip to; None for all."""
        return self.extent or (None if self.clip is None else self.clip.extent)

    def is_default(self) -> bool:
        """Whether nothing is asked for, so that the service decides everything."""
        return self == LayerOptions()

    def to_json(self) -> str:
        """Return the options as one line of ASCII: only what is given, in alphabetical order, and the version as `v`.

        Every float comes back exactly; nodata that is not a number is written as the string `"nan"`, as JSON has no
        such number.
        """
        nothing = LayerOptions()
        given = {
            option.name: _encoded(getattr(self, option.name))
            for option in fields(self)
            if getattr(self, option.name) != getattr(nothing, option.name)
        }
        version = max((_SINCE.get(name, 1) for name in given), default=1)
        # Only the outer keys are sorted: inside a raster function, the order is the user's.
        return compact_json(dict(sorted({**given, "v": version}.items())))

    @staticmethod
    def from_json(text: str) -> LayerOptions:
        """Read what `to_json` wrote.

        Raises:
            UnknownVersionError: written by a later version of the plugin, whose options this one cannot know.
            BrokenOptionsError: anything else that `to_json` did not write.
        """
        try:
            values = json.loads(text, parse_int=whole_number)
            version = _integer(values.pop("v"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise _broken(error) from error
        newest = max(_SINCE.values(), default=1)
        if version > newest:
            raise UnknownVersionError(
                tr(
                    "The layer's options have version {version}, and this plugin knows versions up to {known}; "
                    "update the plugin Image Server Layer to edit the layer."
                ).format(version=version, known=newest)
            )
        try:
            return LayerOptions(**{name: _decoder(name, version)(value) for name, value in values.items()})
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise _broken(error) from error

    @staticmethod
    def readable_part(text: str) -> LayerOptions:
        """Return those of the options that this version can read, of a text that a later one wrote; to be shown only.

        Raises:
            BrokenOptionsError: the text is no JSON object.
        """
        try:
            values = dict(json.loads(text, parse_int=whole_number))
        except (ValueError, TypeError, RecursionError) as error:
            raise _broken(error) from error
        readable = {}
        for name, value in values.items():
            with suppress(ValueError, TypeError, KeyError, OverflowError):
                readable[name] = _DECODERS[name](value)
        return LayerOptions(**readable)


def _broken(error: Exception) -> BrokenOptionsError:
    return BrokenOptionsError(
        tr("The options stored in the layer's source cannot be read; make the layer anew."),
        f"{type(error).__name__}: {error}",
    )


def _decoder(name: str, version: int) -> Callable[[Any], Any]:
    if _SINCE.get(name, 1) > version:
        raise KeyError(name)
    return _DECODERS[name]


def _encoded(value: Any) -> Any:
    """Return a value as the `json` module knows it."""
    if isinstance(value, (ProcessingTemplate, Clip)):
        return value.to_json_value()
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


def _time(value: Any) -> TimeRange:
    begin, end = _list_of(lambda limit: None if limit is None else _integer(limit), 2)(value)
    if begin is end is None or (begin is not None and end is not None and begin > end):
        raise TypeError(value)
    return TimeRange(begin, end)


def _dimension(value: Any) -> DimensionValue:
    if not isinstance(value, list) or len(value) != 3 or not _text(value[0]):
        raise TypeError(value)
    low, high = map(_number, value[1:])
    if low > high:
        raise TypeError(value)
    return DimensionValue(value[0], low, high)


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
    "processing_template": ProcessingTemplate.from_json_value,
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
    "time": _time,
    "nearest_date": _boolean,
    "clip": Clip.from_json_value,
    "snap_origin": _list_of(_number, 2),
    "variable": _text,
    "dimensions": _list_of(_dimension),
    "tiles": _boolean,
}
