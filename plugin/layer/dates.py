"""The dates that frames of the temporal controller are taken to: the nearest, or the values of a dimension."""

from __future__ import annotations

from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.slices import playable_time
from ..options.time_range import TimeRange
from ..service.catalog import Catalog
from ..service.catalog_dates import MOST_DATES, lists_dates, read_dates
from ..service.client import ImageServiceClient
from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..service.time_info import CatalogDates
from ..translation import tr


def dates_to_show(
    client: ImageServiceClient, service: ImageService, options: LayerOptions
) -> tuple[tuple[TimeRange, ...], tuple[Note, ...]]:
    """Return the dates, and what the user should know of them: of a dimension, or as the catalog tells, if need be.

    Raises:
        OptionError: the service does not list its dates.
        ImageServerLayerError: the catalog cannot be asked.
    """
    dimension = playable_time(options, service)
    if dimension is not None:
        return tuple(sorted(TimeRange(int(span.low), int(span.high)) for span in dimension.values)), ()
    if not options.nearest_date or options.time is not None:
        return (), ()
    if not lists_dates(service):
        message = tr("The service “{service}” does not list its dates, so the nearest one cannot be found.")
        raise OptionError("nearest_date", message.format(service=service.name))
    found = dates_of_options(client, service, options)
    if not found.dates:
        message = tr("None of the rasters that the options leave has a date, so there is no nearest one.")
        raise OptionError("nearest_date", message)
    notes: tuple[Note, ...] = ()
    if not found.is_whole:
        text = tr("The service has more than {most} dates, of which the earliest are used.")
        notes = (Note("nearest_date", text.format(most=MOST_DATES)),)
    return tuple(TimeRange(date.begin, date.end) for date in found.dates), notes


def dates_of_options(client: ImageServiceClient, service: ImageService, options: LayerOptions) -> CatalogDates:
    """Return the dates of the rasters that the options leave, as the catalog tells.

    Raises:
        UnsupportedServiceError: the service has no catalog, or does not say where in it times stand.
        ImageServerLayerError: the catalog cannot be asked.
    """
    return read_dates(client, service, _where(client, service, options), options.area)


def _where(client: ImageServiceClient, service: ImageService, options: LayerOptions) -> str:
    """Return the clause for the rasters that the options leave."""
    if not options.lock_raster_ids:
        return options.where
    locked = Catalog(client, service).where_ids(options.lock_raster_ids)
    return f"({options.where}) AND ({locked})" if options.where else locked
