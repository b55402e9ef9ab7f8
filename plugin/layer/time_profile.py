"""The values of a point over time: one for each raster of the catalog that lies there and has a date."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsFeedback

from ..options.mosaic_rule import mosaic_rule
from ..options.time_range import TimeRange
from ..service.catalog import CatalogRaster
from ..service.client import ImageServiceClient
from ..service.errors import (
    ImageServerLayerError,
    UnsupportedServiceError,
)
from ..service.extent import Extent
from ..service.json_values import compact_json, integer
from ..service.samples import parse_raster_samples, samples_parameters
from ..translation import tr
from .lock import date_field, locked_to
from .pixel import AskedService, Point, Values
from .profile import (
    Profile,
    ProfilePlace,
    Rule,
    chosen_values,
    chunked,
    has_samples,
    rasters_unread,
    read_each,
)

MOST_RASTERS = 60
"""More are not asked for at one point: each may take a request."""


def read_time_profile(asked: AskedService, point: Point, feedback: QgsFeedback | None = None) -> Profile:
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
    sampled = (lambda: _sampled(asked, client, ids, point)) if has_samples(asked) else None
    rules = [(raster, _lock(asked, [raster])) for raster in ids]
    found, failed, _ = read_each(asked, client, point, sampled, rules)
    nothing: Values = (None,) * len(asked.shown_bands)
    places = [
        ProfilePlace(float(time), found.get(raster.id, nothing), raster.name, raster.id) for time, raster in rasters
    ]
    more = tr("There are more than {count} rasters at a point; the latest of them are shown.")
    notes = [more.format(count=MOST_RASTERS) if has_more else "", rasters_unread(failed)]
    return Profile(asked.shown_bands, tuple(places), " ".join(filter(None, notes)))


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
    end_field, dated = service.time.end_field if service.time else "", []
    for raster in page.rasters:
        time, end = integer(raster.attributes.get(field)), integer(raster.attributes.get(end_field))
        # What began before the time that the layer shows, and lasts into it, is shown, too.
        if time is not None and wanted.touches(time, time if end is None else max(time, end)):
            dated.append((time, raster))
    return sorted(dated, key=lambda item: item[0]), page.has_more


def _sampled(asked: AskedService, client: ImageServiceClient, ids: Sequence[int], point: Point) -> dict[int, Values]:
    """Return the values that getSamples has of each raster; a raster without data there is left out."""
    service = asked.service
    sets = []
    for chunk in chunked(asked, ids):
        more = {"mosaicRule": compact_json(_lock(asked, chunk)), "returnFirstValueOnly": "false"}
        sets.append(samples_parameters([point], service.spatial_reference, more))
    found: dict[int, Values] = {}
    for answer in client.request_all("getSamples", sets):
        if isinstance(answer, ImageServerLayerError):
            raise answer
        found.update(parse_raster_samples(answer, len(service.bands), service.url))
    return chosen_values(asked, found)


def _lock(asked: AskedService, ids: Sequence[int]) -> Rule:
    return mosaic_rule(locked_to(asked.options, ids), asked.service) or {}
