"""What a layer needs to open and draw without asking anything.

It is kept as a text, which `source_text` writes and `source_reader` reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from ..options.clip import Clip
from ..options.grid import Grid
from ..options.time_range import TimeRange
from ..service.access import Access
from ..service.attribute_table import AttributeTableRow
from ..service.tile_info import TileInfo
from .source_text import source_text
from .tile_document import tiles_for_gdal

PICTURE_BANDS = ("Red", "Green", "Blue", "Alpha")
# The parameters of `exportImage` that a source may set. Box, size, `f` and credentials are not among them.
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


class Kind(Enum):
    """What the pixels of a layer are."""

    VALUES = "values"
    PICTURE = "picture"


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
        """Return the layer as `exportImage` draws it; itself if there are only tiles."""
        return replace(self, tiles=None, has_images=False) if self.has_images else self

    @property
    def depends_on_view(self) -> bool:
        """Whether pixels depend on the whole view, so that a part of a view may not be drawn alone."""
        return self.follows_view or self.stretches_by_view

    @property
    def is_portable(self) -> bool:
        """Whether GDAL can draw the layer by itself: without credentials, and from tiles that it can address."""
        return not self.access.authcfg and (self.tiles is None or self.has_images or self.gdal_tiles is not None)

    @property
    def gdal_tiles(self) -> TileInfo | None:
        """Return the tiles that GDAL is to draw; None where it cannot, or they show less than the service."""
        if self.tiles is None:
            return None
        return tiles_for_gdal(self.tiles, min(self.grid.cell_size), self.clip, has_images=self.has_images)

    @property
    def mosaic_rule(self) -> Mapping[str, Any]:
        """The mosaic rule of the requests, which was checked to be a JSON object; empty if there is none."""
        rule: Mapping[str, Any] = json.loads(self.parameters.get("mosaicRule", "{}"))
        return rule

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
        return source_text(self)
