"""What a layer needs to open and draw without asking anything, and the portable text it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from ..options.grid import Grid
from ..service.access import Access
from ..service.attribute_table import AttributeTableRow


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
        is_thematic: whether pixels are codes of classes, which must never be averaged.
        is_elevation: whether pixels are heights.
        classes: the classes of a thematic output, with label and color.
        access: credentials (their id), Referer and timeout.
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
    is_thematic: bool = False
    is_elevation: bool = False
    classes: tuple[AttributeTableRow, ...] = ()
    access: Access = field(default_factory=Access)
