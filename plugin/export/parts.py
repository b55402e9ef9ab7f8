"""What several files hold: one for each polygon, each locked raster, or each date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from qgis.core import (
    QgsFeedback,
    QgsRectangle,
    QgsReferencedRectangle,
)

from ..layer.dates import dates_of_options, dates_to_show
from ..layer.lock import locked_to
from ..layer.plan import LayerPlan
from ..layer.resolve import Arguments
from ..options.dimension_value import DimensionValue
from ..options.layer_options import LayerOptions
from ..options.slices import playable_time
from ..options.time_range import TimeRange
from ..service.catalog import CHUNK, CatalogRaster
from ..service.catalog_dates import lists_dates
from ..service.errors import OptionError
from ..translation import tr
from .layer_source import Found, PolygonsIn, Wanted, find_source, placed, planned

MOST_FILES = 1000
"""More are a mistake, and no folder to look into."""


class Each(Enum):
    """What each of several files is for."""

    ALL = "ALL"
    POLYGON = "POLYGON"
    RASTER = "RASTER"
    DATE = "DATE"


@dataclass(frozen=True)
class Part:
    """What one of several files holds.

    Attributes:
        title: what it is called, as the polygon, the raster or the date is.
        find: asks the service for what to export; raises what `find_source` does.
    """

    title: str
    find: Callable[[QgsFeedback], Found]


def polygon_parts(wanted: Wanted, polygons: Sequence[tuple[str, PolygonsIn]], feedback: QgsFeedback) -> list[Part]:
    """Return a part for each polygon, by its title and the polygon in the CRS of the file.

    Raises:
        OptionError: there are none, or too many.
        ImageServerLayerError: nothing of it can be exported; the text says why and what to do.
    """
    if not polygons:
        raise OptionError("each", tr("There are no polygons to make files of: give a layer of some to cut to."))
    _check_count(len(polygons))
    plan = planned(wanted.request, feedback)

    def part(title: str, polygon: PolygonsIn) -> Part:
        return Part(title, lambda _: placed(replace(wanted, polygons=polygon), plan))

    return [part(title, polygon) for title, polygon in polygons]


def raster_parts(wanted: Wanted, feedback: QgsFeedback) -> list[Part]:
    """Return a part for each raster that is locked, as large as that raster, unless an extent is wanted.

    Raises:
        OptionError: none are locked, or too many.
        ImageServerLayerError: as `polygon_parts`.
    """
    plan = planned(wanted.request, feedback)
    ids = plan.options.lock_raster_ids
    if not ids:
        message = tr("No raster is locked, so there are none to make files of: lock rasters by their ids or names.")
        raise OptionError("each", message)
    _check_count(len(ids))
    records = _records(plan, ids, feedback)

    def part(raster_id: int) -> Part:
        record = records.get(raster_id)
        one = _with_options(wanted, locked_to(plan.options, [raster_id]))
        if one.template is None and record is not None and record.footprint is not None:
            # Rasters of a large mosaic are small parts of it: without a cut, files would be nearly empty.
            one = replace(one, template=QgsReferencedRectangle(QgsRectangle(*record.footprint), plan.crs))
        title = record.name if record is not None and record.name.strip() else str(raster_id)
        return Part(title, lambda asked: find_source(one, asked, plan.connected))

    return [part(raster_id) for raster_id in ids]


def date_parts(wanted: Wanted, feedback: QgsFeedback) -> list[Part]:
    """Return a part for each date of the rasters that the options leave, or of a dimension that is a time.

    Raises:
        OptionError: the service does not tell dates, or there are none, or too many.
        ImageServerLayerError: as `polygon_parts`.
    """
    plan = planned(wanted.request, feedback)
    service, span = plan.service, plan.options.time
    free = replace(plan.options, time=None, nearest_date=False)
    dimension, client = playable_time(free, service), plan.connected.client(feedback)
    if dimension is not None:
        dates, _ = dates_to_show(client, service, free)
    elif lists_dates(service):
        dates = tuple(TimeRange(date.begin, date.end) for date in dates_of_options(client, service, free).dates)
    else:
        text = tr("The service “{service}” does not list its dates, so there cannot be a file for each.")
        raise OptionError("each", text.format(service=service.name))
    dates = tuple(date for date in dates if span is None or date.touches(*span))
    if not dates:
        text = (
            tr("There is no date in {time} to make a file of.") if span else tr("There is no date to make a file of.")
        )
        raise OptionError("each", text.format(time=span))
    _check_count(len(dates))

    def part(date: TimeRange) -> Part:
        if dimension is not None:
            chosen = DimensionValue(dimension.name, float(date.begin or 0), float(date.end or 0))
            options = replace(plan.options, time=None, dimensions=(*plan.options.dimensions, chosen))
        else:
            options = replace(plan.options, time=date)
        one = _with_options(wanted, replace(options, nearest_date=False))
        return Part(str(date), lambda asked: find_source(one, asked, plan.connected))

    return [part(date) for date in dates]


def _with_options(wanted: Wanted, options: LayerOptions) -> Wanted:
    return replace(wanted, request=replace(wanted.request, arguments=Arguments(options)))


def _records(plan: LayerPlan, ids: Sequence[int], feedback: QgsFeedback) -> dict[int, CatalogRaster]:
    """Return what the catalog knows of some rasters; empty if it cannot be asked."""
    catalog = plan.connected.catalog(plan.connected.client(feedback))
    if catalog is None:
        return {}
    found: dict[int, CatalogRaster] = {}
    for start in range(0, len(ids), CHUNK):
        for page in catalog.pages(catalog.where_ids(ids[start : start + CHUNK])):
            found.update((record.id, record) for record in page)
    return found


def _check_count(count: int) -> None:
    if count > MOST_FILES:
        message = tr("{count} files would be written, and {most} are the most: choose fewer.")
        raise OptionError("each", message.format(count=count, most=MOST_FILES))
