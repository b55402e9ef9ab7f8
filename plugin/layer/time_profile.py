"""The values of a point over time: one for each raster of the catalog that lies there and has a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgis.core import QgsFeedback

from ..options.mosaic_rule import mosaic_rule
from ..options.time_range import TimeRange
from ..provider.identify import identified_in, identify_parameters
from ..service.catalog import CatalogRaster
from ..service.client import ImageServiceClient
from ..service.errors import (
    AuthenticationError,
    CanceledError,
    ImageServerLayerError,
    ResponseError,
    ServerError,
    UnsupportedServiceError,
)
from ..service.extent import Extent
from ..service.json_values import compact_json, integer
from ..service.samples import FIRST_VERSION, parse_raster_samples, samples_parameters
from ..translation import tr, tr_n
from .lock import date_field, locked_to
from .pixel import AskedService, PixelBand, Point, Values, of_other_bands

MOST_RASTERS = 60
"""More are not asked for at one point: each may take a request."""
_LOCKED_AT_ONCE = 20


@dataclass(frozen=True)
class Dated:
    """What a point was at a time, in milliseconds since 1970 in UTC; no data, or what could not be read, is None."""

    time: int
    raster: CatalogRaster
    values: Values


@dataclass(frozen=True)
class TimeProfile:
    """The values of a point, the earliest first. `note` says what is missing, empty where nothing is."""

    bands: tuple[PixelBand, ...]
    values: tuple[Dated, ...]
    note: str = ""


def read_time_profile(asked: AskedService, point: Point, feedback: QgsFeedback | None = None) -> TimeProfile:
    """Ask for the values of a point (in the service's CRS) in each raster there, the latest `MOST_RASTERS` of them.

    Raw values come with one request for twenty rasters, where the service has getSamples; those of a processing
    template with one for each raster, three at a time.

    Raises:
        UnsupportedServiceError: the rasters have no dates.
        CanceledError: the feedback was canceled.
        ImageServerLayerError: the service does not answer.
    """
    rasters, has_more = _dated_rasters(asked, point, feedback)
    client = asked.connected.client(feedback)
    ids = [raster.id for _, raster in rasters]
    failed: list[ImageServerLayerError] = []
    if asked.rule is None and (not asked.service.version or asked.service.version >= FIRST_VERSION):
        try:
            found: Mapping[int, Values] = _sampled(asked, client, ids, point)
        except (AuthenticationError, CanceledError):
            raise
        except (ServerError, ResponseError):
            found, failed = _identified(asked, client, ids, point)
    else:
        found, failed = _identified(asked, client, ids, point)
    if failed and len(failed) == len(ids):
        raise failed[0]
    nothing: Values = (None,) * len(asked.shown_bands)
    values = tuple(Dated(time, raster, found.get(raster.id, nothing)) for time, raster in rasters)
    return TimeProfile(asked.shown_bands, values, _note(failed, has_more=has_more))


def _dated_rasters(
    asked: AskedService, point: Point, feedback: QgsFeedback | None
) -> tuple[list[tuple[int, CatalogRaster]], bool]:
    """Return the rasters under a point with their times, the earliest first, and whether there are more."""
    service, catalog = asked.service, asked.connected.catalog(asked.connected.client(feedback))
    named = date_field(service.mosaic)
    field = (service.time.start_field if service.time else "") or ("" if named is None else named.name)
    if catalog is None or not field:
        message = tr("The rasters of “{service}” have no dates, so there is nothing to show over time.")
        raise UnsupportedServiceError(message.format(service=service.name))
    half_x, half_y = (side / 2 for side in service.pixel_size)
    pixel = Extent(point[0] - half_x, point[1] - half_y, point[0] + half_x, point[1] + half_y)
    page = catalog.rasters(asked.options.where, f"{field} DESC", limit=MOST_RASTERS, extent=pixel)
    wanted = asked.options.time or TimeRange(None, None)
    dated = []
    for raster in page.rasters:
        time = integer(raster.attributes.get(field))
        if time is not None and wanted.touches(time, time):
            dated.append((time, raster))
    return sorted(dated, key=lambda item: item[0]), page.has_more


def _sampled(asked: AskedService, client: ImageServiceClient, ids: Sequence[int], point: Point) -> dict[int, Values]:
    """Return the values that getSamples has of each raster; a raster without data there is left out."""
    service = asked.service
    at_once = min(_LOCKED_AT_ONCE, (service.mosaic and service.mosaic.max_image_count) or _LOCKED_AT_ONCE)
    chunks = [ids[start : start + at_once] for start in range(0, len(ids), at_once)]
    sets = []
    for chunk in chunks:
        more = {"mosaicRule": _lock(asked, chunk), "returnFirstValueOnly": "false"}
        sets.append(samples_parameters([point], service.spatial_reference, more))
    found: dict[int, Values] = {}
    for answer in client.request_all("getSamples", sets):
        if isinstance(answer, ImageServerLayerError):
            raise answer
        found.update(parse_raster_samples(answer, len(service.bands), service.url))
    missing = service.nodata or (None,) * len(service.bands)
    chosen = asked.options.bands or range(1, len(service.bands) + 1)
    return {
        raster: tuple(
            None if values[number - 1] == missing[number - 1] else values[number - 1] for number in chosen
        )
        for raster, values in found.items()
    }


def _identified(
    asked: AskedService, client: ImageServiceClient, ids: Sequence[int], point: Point
) -> tuple[dict[int, Values], list[ImageServerLayerError]]:
    """Return the values that identify has of each raster alone, and what went wrong with others."""
    source = asked.source
    rule = None if asked.rule is None else compact_json(asked.rule)
    sets: list[Mapping[str, str]] = []
    for raster in ids:
        parameters = identify_parameters(source, point, rule or source.parameters.get("renderingRule"))
        parameters.pop("time", None)
        sets.append({**parameters, "mosaicRule": _lock(asked, [raster])})
    found: dict[int, Values] = {}
    failed: list[ImageServerLayerError] = []
    for raster, answer in zip(ids, client.request_all("identify", sets)):
        try:
            if isinstance(answer, ImageServerLayerError):
                raise answer
            values = identified_in(source, answer)
            # One "NoData" may stand for all bands.
            if len(values) != len(asked.shown_bands) and values != (None,):
                raise of_other_bands(asked, len(values), len(asked.shown_bands))
        except ImageServerLayerError as error:
            failed.append(error)
            continue
        if values != (None,):
            found[raster] = values
    return found, failed


def _lock(asked: AskedService, ids: Sequence[int]) -> str:
    return compact_json(mosaic_rule(locked_to(asked.options, ids), asked.service) or {})


def _note(failed: Sequence[ImageServerLayerError], *, has_more: bool) -> str:
    notes = []
    if has_more:
        text = tr("There are more than {count} rasters at a point; the latest of them are shown.")
        notes.append(text.format(count=MOST_RASTERS))
    if failed:
        text = tr_n("%n raster could not be read: {reason}", "%n rasters could not be read: {reason}", len(failed))
        notes.append(text.format(reason=failed[0].message))
    return " ".join(notes)
