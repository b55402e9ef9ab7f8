"""The true dates of a service: those that the rasters of its catalog have, each with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from ..translation import tr
from .catalog import Catalog, CatalogRaster
from .client import ImageServiceClient
from .errors import AuthenticationError, ResponseError, ServerError, UnsupportedServiceError
from .extent import Extent
from .image_service import ImageService
from .json_values import compact_json, flag, integer, mapping
from .no_collection import NO_COLLECTION
from .time_info import CatalogDate, CatalogDates, TimeInfo, in_reach

# More could neither be chosen from nor be kept with a layer.
MOST_DATES = 10_000
_PAGE = 1000
_COUNT = "RasterCount"

# Begin and end as the server sends them, and how many rasters have these.
_Group = tuple[Any, Any, int]


def lists_dates(service: ImageService) -> bool:
    """Whether the dates of a service can be asked for."""
    return bool(service.time and service.time.start_field and service.mosaic and service.mosaic.has_catalog)


def read_dates(
    client: ImageServiceClient, service: ImageService, where: str = "", extent: Extent | None = None
) -> CatalogDates:
    """Ask for the dates, page by page: the server counts, or else, where it does not, all of its records are read.

    Those only of the rasters that match `where` and touch `extent` (in the service's CRS), where these are given.

    Raises:
        UnsupportedServiceError: the service has no catalog, or does not say where in it times stand.
        ImageServerLayerError: as `ImageServiceClient.request`.
    """
    catalog, time = Catalog(client, service), service.time
    if time is None or not time.start_field:
        message = tr("The service “{service}” does not say when its rasters are of.")
        raise UnsupportedServiceError(message.format(service=service.name))
    try:
        return _dates(_counted(client, service, time, catalog.selection(where, extent)))
    except AuthenticationError:
        raise
    except (ServerError, ResponseError) as error:
        if isinstance(error, ServerError) and not error.is_about_the_request:
            raise
        return _dates(_listed(catalog.pages(where, extent, with_outlines=False), time))


def _dates(pages: Iterator[Iterable[_Group]]) -> CatalogDates:
    counts: Counter[tuple[int, int]] = Counter()
    for page in pages:
        _add(counts, page)
        if len(counts) > MOST_DATES:
            break
    return _ordered(counts)


@NO_COLLECTION
def _add(counts: Counter[tuple[int, int]], page: Iterable[_Group]) -> None:
    """Count the dates of a page, until there are too many."""
    for told_begin, told_end, count in page:
        begin, end = integer(told_begin), integer(told_end)
        if begin is None or not in_reach(begin):
            continue
        counts[begin, end if end is not None and end > begin and in_reach(end) else begin] += count
        if len(counts) > MOST_DATES:
            return


@NO_COLLECTION
def _ordered(counts: Counter[tuple[int, int]]) -> CatalogDates:
    ordered = sorted(counts.items())[:MOST_DATES]
    dates = tuple(CatalogDate(begin, end, count) for (begin, end), count in ordered)
    return CatalogDates(dates, is_whole=len(counts) <= MOST_DATES)


def _counted(
    client: ImageServiceClient, service: ImageService, time: TimeInfo, selection: Mapping[str, str]
) -> Iterator[list[_Group]]:
    """Yield the dates page by page, each once, as the server counts."""
    fields = ",".join(filter(None, (time.start_field, time.end_field)))
    id_field = service.mosaic.object_id_field if service.mosaic else ""
    statistic = {"statisticType": "count", "onStatisticField": id_field, "outStatisticFieldName": _COUNT}
    parameters = {
        **selection,
        "outStatistics": compact_json([statistic]),
        "groupByFieldsForStatistics": fields,
        "orderByFields": fields,
        "resultRecordCount": str(_PAGE),
        "f": "json",
    }
    seen: set[tuple[Any, Any]] = set()
    while True:
        window = {"resultOffset": str(len(seen))}
        new, has_more = client.read("query", {**parameters, **window}, partial(_new_groups, seen, service, time))
        yield new
        # Some servers answer every page with the same one.
        if not new or not has_more:
            return


def _new_groups(
    seen: set[tuple[Any, Any]], service: ImageService, time: TimeInfo, body: Mapping[str, Any]
) -> tuple[list[_Group], bool]:
    """Return what an answer has of dates that were not seen yet, but are from now on; and whether more may follow."""
    features = body.get("features")
    if not isinstance(features, list):
        raise ResponseError(tr("The server sent something else instead of dates."), service.url)
    groups: list[_Group] = []
    for feature in features:
        told = mapping(mapping(feature).get("attributes"))
        attributes = {str(name).lower(): value for name, value in told.items()}
        count = integer(attributes.get(_COUNT.lower()))
        if time.start_field.lower() not in attributes or count is None:
            raise ResponseError(tr("The server sent something else instead of dates."), service.url)
        date = attributes[time.start_field.lower()], attributes.get(time.end_field.lower())
        if date not in seen:
            seen.add(date)
            groups.append((*date, count))
    return groups, flag(body.get("exceededTransferLimit")) or len(features) >= _PAGE


def _listed(pages: Iterator[tuple[CatalogRaster, ...]], time: TimeInfo) -> Iterator[Iterator[_Group]]:
    """Yield the date of each raster, page by page."""
    for page in islice(pages, MOST_DATES):
        yield (_date_of(raster, time) for raster in page)


def _date_of(raster: CatalogRaster, time: TimeInfo) -> _Group:
    fields = {name.lower(): value for name, value in raster.attributes.items()}
    return fields.get(time.start_field.lower()), fields.get(time.end_field.lower()), 1
