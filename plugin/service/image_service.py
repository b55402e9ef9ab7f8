"""An image service and its parts, as plain values: what `description` reads and everything else works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .extent import Extent
from .multidimensional import Variable
from .tile_info import TileInfo
from .time_info import TimeInfo
from .vocabulary import Interpolation, MosaicMethod, MosaicOperation

# Usual limits of ArcGIS Server, for services that do not say theirs.
DEFAULT_MAX_IMAGE_WIDTH = 15000
DEFAULT_MAX_IMAGE_HEIGHT = 4100

_INTEGER_TYPES = ("esriFieldTypeOID", "esriFieldTypeSmallInteger", "esriFieldTypeInteger", "esriFieldTypeBigInteger")


@dataclass(frozen=True)
class SpatialReference:
    """An ArcGIS spatial reference: well-known ids, text, or both. Vertical references are left out."""

    wkid: int | None = None
    latest_wkid: int | None = None
    wkt: str = ""


@dataclass(frozen=True)
class Band:
    """One band of a service, or of what comes out of a raster function.

    Attributes:
        number: counts from 1, in the order of the service; requests count from 0 (`bandIds`).
        name: as the service has it; `Band_3` where it has none.
        has_own_name: whether the name means something, as `Band_3` does not.
        minimum: lowest value of the raw pixels, in their own unit; None where the service has no believable statistics.
        maximum: highest value, likewise.
        mean: mean value, likewise.
        standard_deviation: likewise.
    """

    number: int
    name: str
    has_own_name: bool = False
    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    standard_deviation: float | None = None


@dataclass(frozen=True)
class BandProperties:
    """What the key properties of a service say of one of its raw bands.

    Attributes:
        name: empty where unknown.
        wavelength_min: where the sensitivity of the band begins, in nanometers; None where unknown.
        wavelength_max: where it ends, likewise.
    """

    name: str
    wavelength_min: float | None = None
    wavelength_max: float | None = None


@dataclass(frozen=True)
class RasterFunction:
    """A published raster function (ArcGIS Pro: processing template).

    Attributes:
        name: to the letter, as requests must spell it.
        description: plain text, empty for none.
        help: plain text, empty for none.
        thumbnail: as the service has it, empty for none.
    """

    name: str
    description: str = ""
    help: str = ""
    thumbnail: str = ""


@dataclass(frozen=True)
class Field:
    """A field of the mosaic's catalog; `type` is the ArcGIS type, such as `esriFieldTypeInteger`."""

    name: str
    alias: str
    type: str

    @property
    def is_integer(self) -> bool:
        """Whether the field holds whole numbers."""
        return self.type in _INTEGER_TYPES

    @property
    def is_numeric(self) -> bool:
        """Whether the field holds numbers of any kind."""
        return self.is_integer or self.type in ("esriFieldTypeSingle", "esriFieldTypeDouble")

    @property
    def is_date(self) -> bool:
        """Whether the field holds dates (milliseconds since 1970 in UTC)."""
        return self.type == "esriFieldTypeDate"


@dataclass(frozen=True)
class Mosaic:
    """The mosaic behind a service, with the service's defaults.

    Attributes:
        allowed_methods: in the service's order; empty where it does not tell.
        default_method: how rasters are ordered when a request does not say; None where unknown.
        sort_field: the field of the service's own order, as `fields` spells it; empty for none.
        sort_value: the value that rasters are ordered around: a number, or a text such as a date.
        ascending: False where the service's own order is turned round (`sortAscending`), None where it does not tell.
        operation: what overlapping pixels become when a request does not say; None where unknown.
        max_image_count: how many rasters one image may be made of; None where the service does not tell.
        object_id_field: the field of raster ids; empty where there are no fields.
        fields: those of the catalog, also where the catalog is closed.
        can_query: whether the catalog may be asked, that is, whether the service has the capability Catalog (services
            before 10.0 have no capabilities, and no catalog). Mosaic rules are taken in either case.
    """

    allowed_methods: tuple[MosaicMethod, ...] = ()
    default_method: MosaicMethod | None = None
    sort_field: str = ""
    sort_value: str | float | None = None
    ascending: bool | None = None
    operation: MosaicOperation | None = None
    max_image_count: int | None = None
    object_id_field: str = ""
    fields: tuple[Field, ...] = ()
    can_query: bool = True

    @property
    def has_catalog(self) -> bool:
        """Whether single rasters can be found by id, name or attribute."""
        return self.can_query and bool(self.object_id_field and self.fields)


@dataclass(frozen=True)
class ImageService:
    """An image service as its root document describes it, or what comes out of it after a raster function.

    Attributes:
        url: canonical address, `…/ImageServer`.
        name: what the service calls itself, with its folder where the service says it.
        version: of the server, as one number: 10.91 is 10.9.1.
        bands: in the order of the service.
        pixel_type: of all bands, in ArcGIS' words (`U8`, `F32`); empty where unknown.
        spatial_reference: the service's own CRS, in which all coordinates here are.
        extent: the plausible full extent.
        pixel_size: width and height of a pixel, in units of the CRS.
        description: plain text, with a line for each paragraph.
        copyright: plain text.
        data_type: `serviceDataType`, such as `esriImageServiceDataTypeElevation`; empty where unknown.
        nodata: one value a band, None for bands without; empty where no band has one.
        functions: the published raster functions, in the order of the service.
        allows_functions: whether requests may name a raster function at all.
        mosaic: None for a single raster.
        time: when the pixels are of; None for a service without times.
        is_multidimensional: whether it has variables, which are asked for one by one.
        variables: those, with their dimensions; empty until they are read.
        capabilities: in the service's words; empty where it does not tell.
        is_cached: whether there are ready-made tiles.
        tiles_only: whether there is nothing but tiles.
        tiles: where they lie; None where there are none, or none in the CRS of the service.
        max_image_width: columns that one image may have.
        max_image_height: rows that one image may have.
        max_record_count: rasters that one answer of the catalog lists at most; None where the service does not tell.
        default_interpolation: how pixels are resampled when a request does not say; None where unknown.
        has_attribute_table: whether the values are classes with names.
        has_colormap: whether the values have colors of their own.
        raw: the root document as it came.
    """

    url: str
    name: str
    version: float
    bands: tuple[Band, ...]
    pixel_type: str
    spatial_reference: SpatialReference
    extent: Extent
    pixel_size: tuple[float, float]
    description: str = ""
    copyright: str = ""
    data_type: str = ""
    nodata: tuple[float | None, ...] = ()
    functions: tuple[RasterFunction, ...] = ()
    allows_functions: bool = True
    mosaic: Mosaic | None = None
    time: TimeInfo | None = None
    is_multidimensional: bool = False
    variables: tuple[Variable, ...] = ()
    capabilities: frozenset[str] = frozenset()
    is_cached: bool = False
    tiles_only: bool = False
    tiles: TileInfo | None = None
    max_image_width: int = DEFAULT_MAX_IMAGE_WIDTH
    max_image_height: int = DEFAULT_MAX_IMAGE_HEIGHT
    max_record_count: int | None = None
    default_interpolation: Interpolation | None = None
    has_attribute_table: bool = False
    has_colormap: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def columns(self) -> int:
        """Width of the whole service in its own pixels."""
        return _count(self.extent.width, self.pixel_size[0])

    @property
    def rows(self) -> int:
        """Height of the whole service in its own pixels."""
        return _count(self.extent.height, self.pixel_size[1])

    @property
    def default_function(self) -> str:
        """The published function that the server applies when none is sent: the first one.

        Empty where that is "None" or there is none.
        """
        first = self.functions[0].name if self.functions else ""
        return "" if first.strip().lower() == "none" else first


def _count(length: float, size: float) -> int:
    return max(1, round(length / size))
