"""What an image service says of itself: the root document of the ArcGIS REST API, 9.3 to 12, as plain values."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

from ..translation import tr
from .errors import NotAnImageServiceError, UnsupportedServiceError, shortened
from .extent import Extent
from .image_service import (
    DEFAULT_MAX_IMAGE_HEIGHT,
    DEFAULT_MAX_IMAGE_WIDTH,
    Band,
    Field,
    ImageService,
    Mosaic,
    RasterFunction,
    SpatialReference,
)
from .json_values import flag, integer, load, mapping, number, parts, positive_integer, real, sequence, text
from .plain_text import plain_text
from .response import describe_content, error_in
from .tile_info import TileInfo, parse_tile_info
from .time_info import parse_time_info
from .vocabulary import (
    find_interpolation,
    find_mosaic_method,
    find_mosaic_operation,
)

# `currentVersion` came with 10.0.
OLDEST_VERSION = 9.3

PIXEL_TYPES = ("U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64", "C64", "C128")

# In characters: descriptions of raster functions are shown in tooltips and lists.
_LONGEST_HELP = 4000
# In characters: the name of the service becomes that of the layer.
_LONGEST_NAME = 250

# More than any sensor has, and than a form can show.
MOST_BANDS = 10_000

_NAME_WITHOUT_MEANING = re.compile(r"(?:band|layer)?[\s_-]*\d+", re.IGNORECASE)

# A document without any of these does not describe an image service.
_IMAGE_SERVICE_KEYS = ("pixelSizeX", "pixelType", "bandCount", "serviceDataType")

# By what share of the value published statistics may be off.
_ROUNDING = 1e-6

# GDAL and QGIS count pixels in 32 bits.
_MAX_PIXELS = 2**31 - 1

_Value = TypeVar("_Value")


def parse_description(content: bytes, url: str) -> ImageService:
    """Read a root document (`…/ImageServer?f=json`, with or without `renderingRule=`).

    `extent` is the plausible full extent: `fullExtent` where it agrees with the pixel size, else `extent`, else
    `initialExtent`.

    Raises:
        ServerError: the document is an error of ArcGIS.
        NotAnImageServiceError: the document is something else, or lacks what no image service lacks.
        UnsupportedServiceError: an image service whose pixels cannot be fetched (no usable extent or pixel size).
    """
    root = _root(content, url)
    version = _version(root.get("currentVersion"))
    bands = _bands(root, url)
    pixel_size = _pixel_size(root, url)
    capabilities = frozenset(parts(root.get("capabilities")))
    tiles_only = any(word.lower() == "tilesonly" for word in capabilities)
    return ImageService(
        url=url,
        name=shortened(text(root.get("name")), _LONGEST_NAME) or _name_in(url),
        version=version,
        bands=bands,
        pixel_type=_pixel_type(root.get("pixelType")),
        spatial_reference=_spatial_reference(root),
        extent=_extent(root, pixel_size, url),
        pixel_size=pixel_size,
        description=_prose(root, "description") or _prose(root, "serviceDescription"),
        copyright=_prose(root, "copyrightText"),
        data_type=text(root.get("serviceDataType")),
        nodata=_nodata(root, len(bands)),
        # Even if the service lists some: ready-made tiles are served without functions, rules, times or slices.
        functions=() if tiles_only else _functions(root.get("rasterFunctionInfos")),
        # Raster functions came with 10.0; later services are silent about them only when they are allowed.
        allows_functions=not tiles_only and flag(root.get("allowRasterFunction"), default=version > OLDEST_VERSION),
        mosaic=None if tiles_only else _mosaic(root, capabilities),
        time=None if tiles_only else parse_time_info(root.get("timeInfo")),
        is_multidimensional=not tiles_only and flag(root.get("hasMultidimensions")),
        capabilities=capabilities,
        is_cached=tiles_only or flag(root.get("singleFusedMapCache")),
        tiles_only=tiles_only,
        tiles=_tiles(root),
        max_image_width=positive_integer(root.get("maxImageWidth")) or DEFAULT_MAX_IMAGE_WIDTH,
        max_image_height=positive_integer(root.get("maxImageHeight")) or DEFAULT_MAX_IMAGE_HEIGHT,
        max_record_count=positive_integer(root.get("maxRecordCount")),
        default_interpolation=find_interpolation(text(root.get("defaultResamplingMethod"))),
        has_attribute_table=flag(root.get("hasRasterAttributeTable")),
        has_colormap=flag(root.get("hasColormap")),
        raw=root,
    )


def _root(content: bytes, url: str) -> Mapping[str, Any]:
    """Return the root document of an image service, or raise an error that names what there is instead."""
    try:
        document = load(content)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise NotAnImageServiceError(
            tr(
                "{url} sent {content} instead of the description of an image service: check the address, and whether "
                "it needs credentials."
            ).format(url=url, content=describe_content(content))
        )
    error = error_in(document, url)
    if error is not None:
        raise error
    if any(key in document for key in _IMAGE_SERVICE_KEYS):
        return document
    raise NotAnImageServiceError(
        tr("{url} is {kind}, not an image service: check the address.").format(url=url, kind=_kind(document))
    )


def _kind(document: Mapping[str, Any]) -> str:
    if "services" in document:
        return tr("a folder of services")
    if "mapName" in document:
        return tr("a map service")
    if "layers" in document:
        return tr("a feature service")
    if "tasks" in document:
        return tr("a geoprocessing service")
    return tr("another kind of resource")


def _version(value: object) -> float:
    """Return `currentVersion` as a number, in which 10.31 stands for 10.3.1 and is less than 10.4."""
    if isinstance(value, str):
        major, _, minor = value.partition(".")
        value = f"{major}.{minor.replace('.', '')}"
    return number(value) or OLDEST_VERSION


def _bands(root: Mapping[str, Any], url: str) -> tuple[Band, ...]:
    names = [text(name) for name in sequence(root.get("bandNames"))]
    statistics = [
        [number(value) for value in sequence(root.get(key))]
        for key in ("minValues", "maxValues", "meanValues", "stdvValues")
    ]
    count = positive_integer(root.get("bandCount")) or len(names) or len(statistics[0]) or 1
    if count > MOST_BANDS:
        raise UnsupportedServiceError(
            tr("{url} says that it has more than {most} bands, which no layer can have: ask its publisher.").format(
                url=url, most=MOST_BANDS
            )
        )
    return tuple(
        Band(
            index + 1,
            _at(names, index) or f"Band_{index + 1}",
            _has_meaning(_at(names, index) or ""),
            *_plausible(*(_at(values, index) for values in statistics)),
        )
        for index in range(count)
    )


def _plausible(
    minimum: float | None, maximum: float | None, mean: float | None, deviation: float | None
) -> tuple[float | None, float | None, float | None, float | None]:
    """Return the statistics of a band, or None for each if they cannot be true, as when they were never computed.

    Equal limits count as never computed: a band whose pixels really all have one value is too rare.
    """
    nothing = (None, None, None, None)
    if deviation is not None and deviation < 0:
        return nothing
    if minimum is not None and maximum is not None:
        slack = _ROUNDING * max(abs(minimum), abs(maximum))
        if minimum >= maximum or (mean is not None and not minimum - slack <= mean <= maximum + slack):
            return nothing
        if deviation == 0:
            return minimum, maximum, None, None
        if deviation is not None and deviation > maximum - minimum:
            return nothing
    elif not any((minimum, maximum, mean, deviation)):
        return nothing
    return minimum, maximum, mean, deviation


def _has_meaning(name: str) -> bool:
    return bool(name) and not _NAME_WITHOUT_MEANING.fullmatch(name)


def _at(values: Sequence[_Value], index: int) -> _Value | None:
    return values[index] if index < len(values) else None


def _pixel_type(value: object) -> str:
    name = text(value).upper()
    return name if name in PIXEL_TYPES else ""


def _pixel_size(root: Mapping[str, Any], url: str) -> tuple[float, float]:
    size_x, size_y = number(root.get("pixelSizeX")), number(root.get("pixelSizeY"))
    if size_x is None or size_y is None or size_x <= 0 or size_y <= 0:
        raise UnsupportedServiceError(
            tr("{url} has no usable pixel size ({x} × {y}): ask its publisher.").format(
                url=url, x=root.get("pixelSizeX"), y=root.get("pixelSizeY")
            )
        )
    return size_x, size_y


def _extent(root: Mapping[str, Any], pixel_size: tuple[float, float], url: str) -> Extent:
    """Return the first extent that holds at least one pixel in each direction, and no more than can be counted."""
    for key in ("fullExtent", "extent", "initialExtent"):
        corners = [number(mapping(root.get(key)).get(name)) for name in Extent._fields]
        extent = Extent(*(math.nan if corner is None else corner for corner in corners))
        counts = extent.width / pixel_size[0], extent.height / pixel_size[1]
        # Slightly less than one pixel comes from rounding, much less from another unit.
        if extent.is_valid() and all(0.999 <= count <= _MAX_PIXELS for count in counts):
            return extent
    raise UnsupportedServiceError(
        tr("{url} has no extent that agrees with its pixel size of {x} × {y}: ask its publisher.").format(
            url=url, x=pixel_size[0], y=pixel_size[1]
        )
    )


def _spatial_reference(root: Mapping[str, Any]) -> SpatialReference:
    """Return the reference of the service. Before 10.0, only its extents have it."""
    holders = [root, *(mapping(root.get(key)) for key in ("extent", "fullExtent", "initialExtent"))]
    found = (parse_spatial_reference(mapping(holder.get("spatialReference"))) for holder in holders)
    return next((reference for reference in found if reference != SpatialReference()), SpatialReference())


def parse_spatial_reference(value: Mapping[str, Any]) -> SpatialReference:
    """Read a `spatialReference` object, which may be empty."""
    return SpatialReference(
        wkid=positive_integer(value.get("wkid")),
        latest_wkid=positive_integer(value.get("latestWkid")),
        wkt=_horizontal(text(value.get("wkt"))),
    )


def _horizontal(wkt: str) -> str:
    """Return the horizontal part of a reference in WKT such as `PROJCS[…],VERTCS[…]`."""
    depth = 0
    for match in re.finditer(r'"[^"]*"|[\[\]]', wkt):
        depth += {"[": 1, "]": -1}.get(match.group(), 0)
        if depth == 0 and match.group() == "]":
            return wkt[: match.end()]
    return wkt


def _nodata(root: Mapping[str, Any], band_count: int) -> tuple[float | None, ...]:
    """Return a nodata value for each band. A single value of the service is for all bands."""
    values = [_nodata_value(value) for value in sequence(root.get("noDataValues"))]
    values = values or [_nodata_value(root.get("noDataValue"))]
    if len(values) == 1:
        values *= band_count
    values = [_at(values, index) for index in range(band_count)]
    return () if all(value is None for value in values) else tuple(values)


def _nodata_value(value: object) -> float | None:
    """Return a number. ArcGIS rounds the limits of double precision to 15 digits, out of range; they are put back."""
    found = real(value)
    return math.copysign(sys.float_info.max, found) if found is not None and math.isinf(found) else found


def _functions(value: object) -> tuple[RasterFunction, ...]:
    functions: dict[str, RasterFunction] = {}
    for info in map(mapping, sequence(value)):
        # Blanks are kept: the server knows the function only by the name to the letter.
        name = info.get("name")
        if isinstance(name, str) and name.strip() and name not in functions:
            description, help_text = (shortened(text(info.get(key)), _LONGEST_HELP) for key in ("description", "help"))
            functions[name] = RasterFunction(name, description, help_text, text(info.get("thumbnail")))
    return tuple(functions.values())


def _mosaic(root: Mapping[str, Any], capabilities: frozenset[str]) -> Mosaic | None:
    """Return the mosaic, or None for a single raster, which allows no methods and has no fields."""
    methods = (find_mosaic_method(name) for name in parts(root.get("allowedMosaicMethods")))
    allowed = tuple(dict.fromkeys(method for method in methods if method is not None))
    object_id_field = text(root.get("objectIdField"))
    fields = _fields(root.get("fields")) if object_id_field else ()
    if not allowed and not fields:
        return None
    sort_field = text(root.get("sortField"))
    return Mosaic(
        allowed_methods=allowed,
        default_method=find_mosaic_method(text(root.get("defaultMosaicMethod"))),
        sort_field=next((field.name for field in fields if field.name.lower() == sort_field.lower()), sort_field),
        sort_value=_sort_value(root.get("sortValue")),
        ascending=flag(root["sortAscending"]) if "sortAscending" in root else None,
        operation=find_mosaic_operation(text(root.get("mosaicOperator"))),
        max_image_count=positive_integer(root.get("maxMosaicImageCount")),
        object_id_field=object_id_field if fields else "",
        fields=fields,
        # If the service lists no capabilities, querying is tried.
        can_query=not capabilities or any(word.lower() == "catalog" for word in capabilities),
    )


def _fields(value: object) -> tuple[Field, ...]:
    return tuple(
        Field(text(item.get("name")), text(item.get("alias")) or text(item.get("name")), text(item.get("type")))
        for item in map(mapping, sequence(value))
        if text(item.get("name"))
    )


def _sort_value(value: object) -> str | float | None:
    """Return the base value as a number or a text, as it came: the mosaic rule distinguishes both."""
    if isinstance(value, str):
        return text(value) or None
    return number(value) if integer(value) is None else integer(value)


def _tiles(root: Mapping[str, Any]) -> TileInfo | None:
    """Return the tiles, unless they are in another CRS than the service."""
    reference = parse_spatial_reference(mapping(mapping(root.get("tileInfo")).get("spatialReference")))
    own = _spatial_reference(root)
    if reference not in (own, SpatialReference()) and not _codes(reference) & _codes(own):
        return None
    return parse_tile_info(root)


def _codes(reference: SpatialReference) -> set[int]:
    return {code for code in (reference.wkid, reference.latest_wkid) if code is not None}


def _prose(root: Mapping[str, Any], key: str) -> str:
    return plain_text(text(root.get(key))).strip()


def _name_in(url: str) -> str:
    """Return the last part of the path before `/ImageServer`."""
    return unquote(url.rpartition("/ImageServer")[0].rpartition("/")[2])
