"""Read the text of a source back, without GDAL and without any XML parser, since a project may come from a stranger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from ..options.clip import Clip
from ..options.grid import Grid
from ..options.time_range import TimeRange
from ..service.access import LONGEST_TIMEOUT, Access
from ..service.attribute_table import AttributeTableRow
from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..translation import tr
from . import source_facts as facts
from .class_columns import with_columns
from .gdal_document import METADATA_DOMAIN
from .pixel_types import GDAL_TYPES
from .source import PARAMETERS, PICTURE_BANDS, Kind, LayerSource, SourceBand
from .source_facts import FactError
from .source_text import LAYER, OPTIONS, SERVICE, SOURCE_VERSION, VERSION
from .tile_facts import read_tiles

# In characters: a longer text cannot be the source of a layer.
LONGEST_SOURCE = 50_000_000

_MARK = f"<Metadata domain='{METADATA_DOMAIN}'>"
_ITEM = re.compile(r"<MDI key='([a-z]+)'>([^<]*)</MDI>")
# Tolerance, in cells: how far the last cell may end from the edge of the extent.
_GRID_TOLERANCE = 0.01
_BAND_IDS = r"|[0-9]{1,5}(?:,[0-9]{1,5})*"
# Parameters whose values are JSON objects, which are checked elsewhere.
_RULES = frozenset({"mosaicRule", "renderingRule"})
# A code, or WKT. GDAL and QGIS would also open paths and addresses.
_CRS = r"|(?:EPSG|ESRI):\d{1,9}|[A-Z][A-Z0-9_]{2,30}\[.*\]"


class BrokenSourceError(ImageServerLayerError):
    """The text says that it is a source of ours, but is not one that the plugin wrote."""


class NewerSourceError(ImageServerLayerError):
    """The source was written by a later version of the plugin."""


def read_layer_source(text: str) -> LayerSource | None:
    """Return what a layer's source says; None for a text that is none of ours.

    Raises:
        NewerSourceError: a later version of the plugin wrote it.
        BrokenSourceError: it claims to be ours, but holds something that the plugin never writes: other than http(s)
            addresses, numbers or sizes beyond reason, or line breaks where a header or a parameter would be forged.
    """
    if not text.startswith(("<VRTDataset ", "<GDAL_WMS>")) or _MARK not in text:
        return None
    try:
        if len(text) > LONGEST_SOURCE:
            raise FactError("too long")
        metadata = text.partition(_MARK)[2].partition("</Metadata>")[0]
        items = {key: unescape(value) for key, value in _ITEM.findall(metadata)}
        version = int(facts.matching(r"[0-9]{1,6}")(items.get(VERSION)))
        if version > SOURCE_VERSION:
            raise NewerSourceError(
                tr(
                    "The layer's source has version {version}, and this plugin knows versions up to {known}; "
                    "update the plugin Image Server Layer to draw the layer."
                ).format(version=version, known=SOURCE_VERSION)
            )
        return _source(items, facts.parse_facts(items.get(LAYER, "")))
    except FactError as error:
        raise BrokenSourceError(
            tr("The layer's source is broken, so nothing is drawn; make the layer anew."), str(error)
        ) from error


def _source(items: Mapping[str, str], layer: Mapping[str, Any]) -> LayerSource:
    kind = _kind(layer.get("kind"))
    pair = facts.list_of(facts.count, 2, 2)
    source = LayerSource(
        service_url=facts.service_url(items.get(SERVICE)),
        service_name=facts.text(layer.get("name", "")),
        kind=kind,
        options_json=facts.rule(items.get(OPTIONS)),
        parameters=_parameters(layer.get("parameters")),
        grid=_grid(layer),
        bands=facts.list_of(_band, 1, facts.MOST_BANDS)(layer.get("bands")),
        data_type=_one_of(GDAL_TYPES, layer.get("type")),
        reference=_reference(layer.get("reference", "")),
        crs=facts.matching(_CRS)(layer.get("crs", "")),
        largest_image=_pair(pair(layer.get("largest"))),
        follows_view=facts.flag(layer.get("view", False)),
        stretches_by_view=facts.flag(layer.get("stretch", False)),
        is_thematic=facts.flag(layer.get("thematic", False)),
        is_elevation=facts.flag(layer.get("elevation", False)),
        classes=with_columns(
            facts.list_of(_class, 0, facts.MOST_CLASSES)(layer.get("classes", [])),
            layer.get("columns", []),
            layer.get("table", []),
        ),
        access=_access(layer),
        nodata_together=facts.list_of(_pixel, 0, facts.MOST_BANDS)(layer.get("together", [])),
        times=None if "times" not in layer else _times(layer["times"], 2),
        dates=facts.list_of(_date, 0, facts.MOST_DATES)(layer.get("dates", [])),
        clip=_clip(layer["clip"]) if "clip" in layer else None,
        time_dimension=facts.text(layer.get("time_dimension", "")),
        nearest_value=facts.flag(layer.get("nearest_value", False)),
        tiles=read_tiles(layer["tiles"]) if "tiles" in layer else None,
        has_images=facts.flag(layer.get("images", False)),
    )
    if kind is Kind.PICTURE and (source.data_type, len(source.bands)) != ("Byte", len(PICTURE_BANDS)):
        raise FactError("a picture of other than four bands of bytes")
    if source.has_images and (source.tiles is None or kind is not Kind.PICTURE):
        raise FactError("images beside tiles that are no pictures")
    if source.nodata_together and len(source.nodata_together) != len(source.bands):
        raise FactError("not a value for each band")
    if source.time_dimension and not (source.dates and source.times and _has_definition(source.parameters)):
        raise FactError("a dimension without values, or without a definition to put them into")
    return source


def _has_definition(parameters: Mapping[str, str]) -> bool:
    """Whether the mosaic rule has slices to change."""
    definition = facts.parse_facts(parameters.get("mosaicRule", "{}")).get("multidimensionalDefinition")
    return isinstance(definition, list) and all(isinstance(part, dict) for part in definition)


def _kind(value: Any) -> Kind:
    return Kind(_one_of([kind.value for kind in Kind], value))


def _one_of(known: Any, value: Any) -> str:
    if not isinstance(value, str) or value not in known:
        raise FactError("not one of the known words")
    return value


def _pair(values: tuple[int, ...]) -> tuple[int, int]:
    return values[0], values[1]


def _parameters(value: Any) -> dict[str, str]:
    parameters = {_one_of(PARAMETERS, key): facts.rule(text) for key, text in facts.mapping(value).items()}
    if "format" not in parameters:
        raise FactError("no format")
    facts.matching(_BAND_IDS)(parameters.get("bandIds", ""))
    for name in _RULES & parameters.keys():
        facts.parse_facts(parameters[name])
    return parameters


def _reference(value: Any) -> str:
    """Return what goes into `imageSR`: a number, an object as JSON, or nothing."""
    reference = facts.text(value)
    if not re.fullmatch("[0-9]{0,9}", reference):
        facts.parse_facts(reference)
    return reference


def _grid(layer: Mapping[str, Any]) -> Grid:
    extent = Extent(*facts.list_of(facts.number, 4, 4)(layer.get("extent")))
    columns, rows = facts.list_of(facts.count, 2, 2)(layer.get("size"))
    cell_x, cell_y = facts.list_of(facts.positive, 2, 2)(layer.get("cell"))
    gaps = (extent.width - columns * cell_x) / cell_x, (extent.height - rows * cell_y) / cell_y
    if not extent.is_valid() or max(map(abs, gaps)) > _GRID_TOLERANCE:
        raise FactError("an extent that is not so many cells")
    return Grid(extent, columns, rows, (cell_x, cell_y))


def _band(value: Any) -> SourceBand:
    if not isinstance(value, list) or not 1 <= len(value) <= 6:
        raise FactError("not a band")
    items: list[Any] = value + [None] * (6 - len(value))
    minimum, maximum, mean, deviation = (facts.optional_real(item) for item in items[2:])
    return SourceBand(facts.text(items[0]), facts.optional_pixel(items[1]), minimum, maximum, mean, deviation)


def _class(value: Any) -> AttributeTableRow:
    if not isinstance(value, list) or len(value) != 3:
        raise FactError("not a class")
    code, label, color = value
    if color is None:
        return AttributeTableRow(facts.number(code), facts.text(label))
    red, green, blue = facts.list_of(_color_part, 3, 3)(color)
    return AttributeTableRow(facts.number(code), facts.text(label), (red, green, blue))


def _color_part(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 255:
        raise FactError("not a part of a color")
    return value


def _pixel(value: Any) -> float:
    pixel = facts.optional_pixel(value)
    if pixel is None:
        raise FactError("not the value of a pixel")
    return pixel


def _date(value: Any) -> TimeRange:
    return _times(value if isinstance(value, list) else [value], 1)


def _times(value: Any, least: int) -> TimeRange:
    """Return a range of two moments, or an instant, where `least` is 1."""
    limits = facts.list_of(facts.moment, least, 2)(value)
    if limits[0] > limits[-1]:
        raise FactError("a time that ends before it begins")
    return TimeRange(limits[0], limits[-1])


def _clip(value: Any) -> Clip:
    try:
        return Clip.from_json_value(value)
    except (TypeError, OverflowError) as error:
        raise FactError(str(error)) from error


def _access(layer: Mapping[str, Any]) -> Access:
    timeout = facts.positive(layer.get("timeout"))
    if timeout > LONGEST_TIMEOUT:
        raise FactError("too long a timeout")
    authcfg = facts.matching("[A-Za-z0-9]{0,64}")(layer.get("authcfg", ""))
    return Access(authcfg, facts.text(layer.get("referer", "")), timeout)
