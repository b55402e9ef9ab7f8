"""What a layer needs to open and draw without asking anything, and the portable text it is kept in.

The text is a document that GDAL can open (see `gdal_document`) with metadata of our own: version, service and options
as they are, everything else as one JSON object. It is read without GDAL and without any XML parser, since a project
may come from a stranger.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from html import unescape
from typing import Any

from ..options.clip import Clip
from ..options.grid import Grid
from ..options.time_range import TimeRange
from ..service.access import LONGEST_TIMEOUT, Access
from ..service.attribute_table import AttributeTableRow
from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from ..service.redaction import harmless
from ..service.tile_info import TileInfo
from ..translation import tr
from . import source_facts as facts
from .class_columns import with_columns, write_columns
from .gdal_document import METADATA_DOMAIN, Document, DocumentBand, DocumentClass
from .pixel_types import GDAL_TYPES
from .source_facts import FactError
from .source_words import source_in_words
from .tile_document import gdal_draws_tiles
from .tile_facts import read_tiles, write_tiles

SOURCE_VERSION = 4
# A source is written in the lowest version that can hold it, so that older plugins draw it as long as they can. They
# must not draw a clipped one, which they would show whole.
_VERSION_WITH_CLIP = 2
# Nor one of tiles, which they would ask for images of.
_VERSION_WITH_TILES = 3
# Nor one that has both, of which they would draw tiles at every scale.
_VERSION_WITH_BOTH = 4
PICTURE_BANDS = ("Red", "Green", "Blue", "Alpha")
# More cannot be the source of a layer, and would only keep QGIS busy.
LONGEST_SOURCE = 50_000_000

# What a source may ask for. Box, size, format of the answer and credentials are not its business.
PARAMETERS = frozenset(
    {
        "adjustAspectRatio",
        "bandIds",
        "compression",
        "compressionQuality",
        "format",
        "interpolation",
        "mosaicRule",
        "noData",
        "noDataInterpretation",
        "pixelType",
        "renderingRule",
        "time",
        "transparent",
    }
)
_MARK = f"<Metadata domain='{METADATA_DOMAIN}'>"
_ITEM = re.compile(r"<MDI key='([a-z]+)'>([^<]*)</MDI>")
_VERSION, _SERVICE, _OPTIONS, _LAYER = "version", "service", "options", "layer"
# Of a cell: how far the last one may end from the edge of the extent.
_GRID_TOLERANCE = 0.01
# Between what the layer is and its options, all on one line.
_SENTENCE_BREAK = " · "
_BAND_IDS = r"|[0-9]{1,5}(?:,[0-9]{1,5})*"
# A code, or WKT. GDAL and QGIS would take paths and addresses too.
_CRS = r"|(?:EPSG|ESRI):\d{1,9}|[A-Z][A-Z0-9_]{2,30}\[.*\]"


class Kind(Enum):
    """What the pixels of a layer are."""

    VALUES = "values"
    PICTURE = "picture"


class BrokenSourceError(ImageServerLayerError):
    """The text says that it is a source of ours, but is not one that the plugin wrote."""


class NewerSourceError(ImageServerLayerError):
    """The source was written by a later version of the plugin."""


@dataclass(frozen=True)
class SourceBand:
    """A band of the layer: its name as QGIS shows it, the value that means "no data", and true statistics or None."""

    name: str
    nodata: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None


@dataclass(frozen=True)
class LayerSource:
    """A layer of an image service, complete: it opens without a request.

    Attributes:
        service_url: canonical address of the service, `…/ImageServer`.
        service_name: what the service calls itself.
        kind: pixel values, or a picture of four Byte bands (red, green, blue, alpha).
        options_json: the options as `LayerOptions.to_json` wrote them; a later version's text is kept as it is.
        parameters: the `exportImage` parameters that do not change with the view, `format` among them.
        grid: the layer's own pixels, in the service's CRS; nothing is drawn outside its extent.
        bands: one for each band of the layer, in its order.
        data_type: GDAL's name of the type of all bands.
        reference: the spatial reference as it goes into `imageSR` and `bboxSR`; empty where none is known.
        crs: the same as GDAL reads it: `EPSG:n`, `ESRI:n` or WKT.
        largest_image: columns and rows that the service draws at most in one image.
        follows_view: whether the order of the rasters depends on the view, so that a view must be one request.
        stretches_by_view: whether the pixels depend on the view in another way, so that it must be one request, too.
        is_thematic: whether pixels are codes of classes, which must never be averaged.
        is_elevation: whether pixels are heights.
        classes: the classes of a thematic output, with label, color and all other columns of their table.
        access: credentials (their id), Referer and timeout.
        nodata_together: a value for each band where a pixel has no data only if all bands have theirs at once; the
            bands' own `nodata` are None then. Empty otherwise.
        times: from when until when the service has something, where the layer follows QGIS' temporal controller.
        dates: the times that the service has, the nearest of which is shown where it has nothing of a frame of the
            controller; empty where nothing is to be shown then.
        clip: the shape outside of which there is nothing, in the layer's CRS; None for none.
        time_dimension: the dimension of a multidimensional service that frames of the controller choose a value of,
            which are the `dates` then; empty where they ask for a `time`.
        nearest_value: whether the nearest value is shown where that dimension has none of a frame.
        tiles: the ready-made tiles that the layer is drawn from, without any parameter; None for `exportImage`.
        has_images: whether the service draws images, too: views that no level of the tiles fits are asked of it, and
            all that is not for the eye.
    """

    service_url: str
    service_name: str
    kind: Kind
    options_json: str
    parameters: Mapping[str, str]
    grid: Grid
    bands: tuple[SourceBand, ...]
    data_type: str
    reference: str
    crs: str
    largest_image: tuple[int, int]
    follows_view: bool = False
    stretches_by_view: bool = False
    is_thematic: bool = False
    is_elevation: bool = False
    classes: tuple[AttributeTableRow, ...] = ()
    access: Access = field(default_factory=Access)
    nodata_together: tuple[float, ...] = ()
    times: TimeRange | None = None
    dates: tuple[TimeRange, ...] = ()
    clip: Clip | None = None
    time_dimension: str = ""
    nearest_value: bool = False
    tiles: TileInfo | None = None
    has_images: bool = False

    def of_images(self) -> LayerSource:
        """Return the layer as the service draws it by `exportImage`; itself where there are but tiles."""
        return replace(self, tiles=None, has_images=False) if self.has_images else self

    @property
    def depends_on_view(self) -> bool:
        """Whether a part of a view is something else than the view's part, so that only a whole view is true."""
        return self.follows_view or self.stretches_by_view

    @property
    def is_portable(self) -> bool:
        """Whether GDAL draws the layer by itself: it has no credentials, and does not find tiles of any scheme."""
        return not self.access.authcfg and (
            self.tiles is None or self.has_images or gdal_draws_tiles(self.tiles, self.clip)
        )

    def _gdal_tiles(self) -> TileInfo | None:
        """Return the tiles that GDAL is to draw; None where it cannot, or they show less than the service."""
        if self.tiles is None:
            return None
        needed = replace(self.tiles, levels=self.tiles.needed_levels(min(self.grid.cell_size)))
        is_enough = not self.has_images or needed.is_as_fine_as(min(self.grid.cell_size))
        return needed if is_enough and gdal_draws_tiles(needed, self.clip) else None

    @property
    def is_picture(self) -> bool:
        """Whether pixels are colors."""
        return self.kind is Kind.PICTURE

    def text(self) -> str:
        """Return the layer's source: one line of ASCII that GDAL opens, and `read_layer_source` reads back.

        It begins with what the layer is, in words of the user's language, as QGIS shows it where it shows the source.
        It holds no secrets: of the credentials only their id, and no Referer that looks like one. Line breaks and other
        control characters in names become blanks.
        """
        document = Document(
            service_url=self.service_url,
            parameters=self.parameters,
            grid=self.grid,
            bands=self._document_bands(),
            data_type=self.data_type,
            reference=self.reference,
            crs=self.crs,
            largest_image=self.largest_image,
            description=facts.one_line(_SENTENCE_BREAK.join(source_in_words(self))),
            metadata=self._metadata(),
            referer=facts.one_line(harmless(self.access.referer)),
            timeout=self.access.timeout,
            classes=_document_classes(self.classes),
            clip=self.clip,
            tiles=self._gdal_tiles(),
        )
        return document.picture() if self.is_picture else document.values()

    def _version(self) -> int:
        if self.tiles is not None:
            return _VERSION_WITH_BOTH if self.has_images else _VERSION_WITH_TILES
        return 1 if self.clip is None else _VERSION_WITH_CLIP

    def _document_bands(self) -> list[DocumentBand]:
        # GDAL can only take each band's value by itself.
        nodata = self.nodata_together or [band.nodata for band in self.bands]
        # The service's statistics are those of all its pixels, not of the ones in a shape.
        return [
            DocumentBand(band.name, value, {} if self.clip is not None else _statistics(band))
            for band, value in zip(self.bands, nodata)
        ]

    def _metadata(self) -> dict[str, str]:
        layer = {
            "name": facts.one_line(self.service_name),
            "kind": self.kind.value,
            "parameters": dict(self.parameters),
            "extent": list(self.grid.extent),
            "size": [self.grid.columns, self.grid.rows],
            "cell": list(self.grid.cell_size),
            "bands": [_band_facts(band) for band in self.bands],
            "type": self.data_type,
            "reference": self.reference,
            "crs": self.crs,
            "largest": list(self.largest_image),
            "view": self.follows_view,
            "stretch": self.stretches_by_view,
            "thematic": self.is_thematic,
            "elevation": self.is_elevation,
            "classes": [[row.value, facts.one_line(row.label), row.color] for row in self.classes],
            **write_columns(self.classes),
            "authcfg": self.access.authcfg,
            "referer": facts.one_line(harmless(self.access.referer)),
            "timeout": self.access.timeout,
            "together": [_pixel_fact(value) for value in self.nodata_together],
            "times": list(self.times or ()),
            "dates": [date.begin if date.begin == date.end else list(date) for date in self.dates],
            "clip": [] if self.clip is None else self.clip.to_json_value(),
            "time_dimension": self.time_dimension,
            "nearest_value": self.nearest_value,
            "tiles": [] if self.tiles is None else write_tiles(self.tiles),
            "images": self.has_images,
        }
        given = {key: value for key, value in layer.items() if value not in (False, "", [])}
        return {
            _VERSION: str(self._version()),
            _SERVICE: self.service_url,
            _OPTIONS: self.options_json,
            _LAYER: json.dumps(given, separators=(",", ":"), allow_nan=False),
        }


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
        version = int(facts.matching(r"[0-9]{1,6}")(items.get(_VERSION)))
        if version > SOURCE_VERSION:
            raise NewerSourceError(
                tr(
                    "The layer's source has version {version}, and this plugin knows versions up to {known}; "
                    "update the plugin Image Server Layer to draw the layer."
                ).format(version=version, known=SOURCE_VERSION)
            )
        return _source(items, facts.parse_facts(items.get(_LAYER, "")))
    except FactError as error:
        raise BrokenSourceError(
            tr("The layer's source is broken, so nothing is drawn; make the layer anew."), str(error)
        ) from error


def _source(items: Mapping[str, str], layer: Mapping[str, Any]) -> LayerSource:
    kind = _kind(layer.get("kind"))
    pair = facts.list_of(facts.count, 2, 2)
    source = LayerSource(
        service_url=facts.service_url(items.get(_SERVICE)),
        service_name=facts.text(layer.get("name", "")),
        kind=kind,
        options_json=facts.rule(items.get(_OPTIONS)),
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


def _band_facts(band: SourceBand) -> list[Any]:
    values = [band.minimum, band.maximum, band.mean, band.standard_deviation]
    items: list[Any] = [facts.one_line(band.name), None if band.nodata is None else _pixel_fact(band.nodata), *values]
    while items[-1] is None:
        items.pop()
    return items


def _pixel_fact(value: float) -> float | str:
    return "nan" if math.isnan(value) else value


def _statistics(band: SourceBand) -> dict[str, float]:
    known = {
        "MINIMUM": band.minimum,
        "MAXIMUM": band.maximum,
        "MEAN": band.mean,
        "STDDEV": band.standard_deviation,
    }
    return {key: value for key, value in known.items() if value is not None}


def _document_classes(rows: tuple[AttributeTableRow, ...]) -> list[DocumentClass]:
    """Return the classes for GDAL's tables, which begin with 0; none where one does not fit into a byte."""
    if not all(row.value in range(256) for row in rows):
        return []
    return [DocumentClass(int(row.value), row.label, row.color) for row in rows]
