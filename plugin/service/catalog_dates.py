"""The true dates of a service: those that the rasters of its catalog have, each with how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from ..translation import tr
from .catalog import Catalog, CatalogRaster
from .client import ImageServiceClient
from .errors import AuthenticationError, ResponseError, ServerError, UnsupportedServiceError
from .extent import Extent
from .image_service import ImageService
from .json_values import compact_json, flag, integer, mapping, sequence
from .time_info import CatalogDate, CatalogDates, TimeInfo, in_reach

# More could neither be chosen from nor be kept with a layer.
MOST_DATES = 10_000
_PAGE = 1000
_COUNT = "RasterCount"


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


def _dates(found: Iterator[tuple[Mapping[str, Any], int]]) -> CatalogDates:
    """Count the dates in records, whose fields are named `begin` and `end`."""
    counts: Counter[tuple[int, int]] = Counter()
    is_whole = True
    for record, count in found:
        begin = integer(record.get("begin"))
        end = integer(record.get("end"))
        if begin is None or not in_reach(begin):
            continue
        counts[begin, end if end is not None and end > begin and in_reach(end) else begin] += count
        if len(counts) > MOST_DATES:
            is_whole = False
            break
    ordered = sorted(counts.items())[:MOST_DATES]
    return CatalogDates(tuple(CatalogDate(begin, end, count) for (begin, end), count in ordered), is_whole)


def _counted(
    client: ImageServiceClient, service: ImageService, time: TimeInfo, selection: Mapping[str, str]
) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yield each date and how many rasters have it, as the server counts."""
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
        body = client.request("query", {**parameters, "resultOffset": str(len(seen))})
        features = body.get("features")
        if not isinstance(features, list):
            raise ResponseError(tr("The server sent something else instead of dates."), service.url)
        before = len(seen)
        for feature in features:
            told = mapping(mapping(feature).get("attributes"))
            attributes = {str(name).lower(): value for name, value in told.items()}
            count = integer(attributes.get(_COUNT.lower()))
            if time.start_field.lower() not in attributes or count is None:
                raise ResponseError(tr("The server sent something else instead of dates."), service.url)
            begin, end = attributes[time.start_field.lower()], attributes.get(time.end_field.lower())
            if (begin, end) not in seen:
                seen.add((begin, end))
                yield {"begin": begin, "end": end}, count
        # Some servers answer every page with the same one.
        has_more = flag(body.get("exceededTransferLimit")) or len(sequence(features)) >= _PAGE
        if len(seen) == before or not has_more:
            return


def _listed(pages: Iterator[tuple[CatalogRaster, ...]], time: TimeInfo) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Yield the date of each raster."""
    for page in islice(pages, MOST_DATES):
        for raster in page:
            fields = {name.lower(): value for name, value in raster.attributes.items()}
            yield {"begin": fields.get(time.start_field.lower()), "end": fields.get(time.end_field.lower())}, 1
