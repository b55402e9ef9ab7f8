"""Everything that a service knows of one point: the bands as a layer shows them and as they are in the rasters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from qgis.core import QgsFeedback

from ..backend.source import Kind, LayerSource
from ..options.layer_options import LayerOptions
from ..options.processing_template import RAW
from ..options.rendering_rule import rendering_rule
from ..provider.identify import identified_with, values_at
from ..service.address import ServiceAddress
from ..service.attribute_table import AttributeTableRow
from ..service.catalog import CatalogRaster
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, ResponseError
from ..service.image_service import Band, BandProperties, ImageService
from ..service.transport import Transport
from ..translation import tr
from .classes import read_classes
from .connect import ConnectedService, connect
from .lock import rasters_at

Point = tuple[float, float]
Values = tuple["float | None", ...]

_Found = TypeVar("_Found")


@dataclass(frozen=True)
class PixelBand:
    """A band that is told of a point. `wavelength` is the middle of its sensitivity in nanometers, None if unknown."""

    name: str
    wavelength: float | None = None


@dataclass(frozen=True)
class BandValues:
    """Bands, and their values at a point: None for no data. `classes` are names of values, where these are codes."""

    bands: tuple[PixelBand, ...]
    values: Values
    classes: Mapping[float, str] = field(default_factory=dict)

    @property
    def are_by_wavelength(self) -> bool:
        """Whether each of at least two bands has a wavelength of its own."""
        known = {band.wavelength for band in self.bands}
        return len(self.bands) > 1 and None not in known and len(known) == len(self.bands)

    def class_name(self, position: int) -> str:
        """Return the name of a band's value, empty where it has none."""
        value = self.values[position]
        return "" if value is None else self.classes.get(value, "")


@dataclass(frozen=True)
class PixelAnswer:
    """What is known of a point.

    Attributes:
        shown: as the layer shows it; None where the point lies outside of the layer, or that could not be read.
        raw: all bands of the rasters, before any processing; None likewise, and where `shown` is the same.
        rasters: those of the catalog that lie there, the latest first.
        has_more_rasters: whether there are others.
        is_outside: whether the point lies outside of the layer.
        problem: what could not be read, in a sentence; empty where all was.
    """

    shown: BandValues | None = None
    raw: BandValues | None = None
    rasters: tuple[CatalogRaster, ...] = ()
    has_more_rasters: bool = False
    is_outside: bool = False
    problem: str = ""


@dataclass(frozen=True)
class AskedService:
    """What must be known of a layer's service to ask it for points; read once for each source.

    Attributes:
        source: that of the layer, at the time that it shows.
        connected: the service, and what comes out of the layer's processing template.
        options: the layer's.
        rule: the rendering rule in force, None where pixels stay raw.
        shown_bands: those of the layer.
        raw_bands: all of the service.
        shown_classes: names of the values that the layer shows.
        raw_classes: names of the raw values.
    """

    source: LayerSource
    connected: ConnectedService
    options: LayerOptions
    rule: Mapping[str, Any] | None
    shown_bands: tuple[PixelBand, ...]
    raw_bands: tuple[PixelBand, ...]
    shown_classes: Mapping[float, str]
    raw_classes: Mapping[float, str]

    @property
    def service(self) -> ImageService:
        """What the service says of itself."""
        return self.connected.service

    @property
    def has_raw(self) -> bool:
        """Whether the rasters have something else, or more, than the layer shows."""
        return self.rule is not None or self.options.bands is not None


def read_service(source: LayerSource, feedback: QgsFeedback | None = None) -> AskedService:
    """Read what a layer's service says of itself, of its bands and of its classes.

    Raises:
        ImageServerLayerError: the service does not answer, or the layer is of a later version of the plugin.
    """
    options = LayerOptions.from_json(source.options_json)
    connected = connect(ServiceAddress(source.service_url), source.access, feedback)
    client = connected.client(feedback)
    connected = connected.with_output(options, client).of_variable(options)
    service = connected.service
    rule = connected.rule(options)
    nothing: tuple[BandProperties, ...] = ()
    properties = _optional(client.band_properties, nothing)
    raw = tuple(_band(band, properties) for band in service.bands)
    # A picture keeps none: its pixels are colors.
    shown_rows = source.classes or read_classes(client, connected.output, options, service)[0]
    raw_rows: Sequence[AttributeTableRow] = shown_rows if rule is None else ()
    if rule is not None and service.has_attribute_table:
        raw_rows = _optional(lambda: client.attribute_table(rendering_rule(_raw(), service)), ())
    bands, classes = _shown_bands(source, connected, options, rule, raw), _names(shown_rows)
    return AskedService(source, connected, options, rule, bands, raw, classes, _names(raw_rows))


def read_pixel(asked: AskedService, point: Point, feedback: QgsFeedback | None = None) -> PixelAnswer:
    """Ask the service for all it knows of a point in its CRS: three or four requests. What fails is reported in words.

    Raises:
        CanceledError: the feedback was canceled.
        AuthenticationError: the service is secured.
        ImageServerLayerError: nothing could be read.
    """
    source, transport = asked.source, Transport(asked.source.access, feedback)
    problems: list[ImageServerLayerError] = []

    def tried(ask: Callable[[], _Found], otherwise: _Found) -> _Found:
        try:
            return ask()
        except (AuthenticationError, CanceledError):
            raise
        except ImageServerLayerError as error:
            problems.append(error)
            return otherwise

    values = tried(lambda: values_at(source, point, transport), None)
    if values == ():
        return PixelAnswer(is_outside=True)
    shown = None if values is None else BandValues(_fitting(asked, values), values, asked.shown_classes)
    raw_values = tried(lambda: _raw_values(asked, point, transport), None) if asked.has_raw else None
    raw = None if raw_values is None else BandValues(asked.raw_bands, raw_values, asked.raw_classes)
    mosaic = asked.service.mosaic
    found = None
    if mosaic is not None and mosaic.has_catalog:
        found = tried(lambda: rasters_at(source, asked.service, *point, feedback), None)
    if problems and shown is None and raw is None and found is None:
        raise problems[0]
    return PixelAnswer(
        shown,
        raw,
        () if found is None else found.rasters,
        found is not None and found.has_more,
        problem=problems[0].message if problems else "",
    )


def _raw_values(asked: AskedService, point: Point, transport: Transport) -> Values:
    """Return the values of all bands before any processing, None for no data."""
    rule = rendering_rule(_raw(), asked.service)
    values = identified_with(asked.source, point, transport, rule)
    missing = asked.service.nodata or (None,) * len(asked.raw_bands)
    if values == (None,):
        # It may stand for all bands.
        return (None,) * len(asked.raw_bands)
    if len(values) != len(asked.raw_bands):
        raise of_other_bands(asked, len(values), len(asked.raw_bands))
    return tuple(None if value == nothing else value for value, nothing in zip(values, missing))


def of_other_bands(asked: AskedService, values: int, bands: int) -> ResponseError:
    """Return the error for values whose bands cannot be told."""
    text = tr("The service tells {count} values of a point, but there are {bands} bands: try again later.")
    return ResponseError(text.format(count=values, bands=bands), asked.service.url)


def _raw() -> LayerOptions:
    return LayerOptions(processing_template=RAW)


def _band(band: Band, properties: Sequence[BandProperties]) -> PixelBand:
    """Return a raw band with its wavelength: key properties are in the order of the bands."""
    known = properties[band.number - 1] if band.number <= len(properties) else BandProperties("")
    name = band.name if band.has_own_name or not known.name else known.name
    low, high = known.wavelength_min, known.wavelength_max
    return PixelBand(name, None if low is None or high is None or not 0 < low <= high else (low + high) / 2)


def _shown_bands(
    source: LayerSource,
    connected: ConnectedService,
    options: LayerOptions,
    rule: Mapping[str, Any] | None,
    raw: Sequence[PixelBand],
) -> tuple[PixelBand, ...]:
    """Return the bands that identify tells of the layer; a function that keeps names keeps wavelengths."""
    if rule is None:
        return tuple(raw) if options.bands is None else tuple(raw[number - 1] for number in options.bands)
    names = [band.name for band in source.bands]
    if source.kind is Kind.PICTURE:
        bands = connected.output.bands
        numbers = options.bands or range(1, len(bands) + 1)
        names = [bands[number - 1].name for number in numbers if number <= len(bands)]
    by_name = {band.name: band.wavelength for band in raw}
    return tuple(PixelBand(name, by_name.get(name)) for name in names)


def _fitting(asked: AskedService, values: Values) -> tuple[PixelBand, ...]:
    """Return a band for each value: of a picture, the bands that it is made of, or else its colors."""
    if len(asked.shown_bands) == len(values):
        return asked.shown_bands
    if len(asked.source.bands) == len(values):
        return tuple(PixelBand(band.name) for band in asked.source.bands)
    return tuple(PixelBand(tr("Band {number}").format(number=number)) for number in range(1, len(values) + 1))


def _names(rows: Sequence[AttributeTableRow]) -> dict[float, str]:
    return {row.value: row.label for row in rows}


def _optional(ask: Callable[[], _Found], otherwise: _Found) -> _Found:
    """Return what a service may have, or may not."""
    try:
        return ask()
    except (AuthenticationError, CanceledError):
        raise
    except ImageServerLayerError:
        return otherwise
