"""The rasters of a mosaic: its catalog, asked through the `query` resource."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice
from typing import Any, TypeVar

from ..translation import tr
from .address import host_of
from .client import ImageServiceClient
from .crs import request_reference
from .errors import ResponseError, UnsupportedServiceError
from .extent import Extent
from .geometry_json import envelope_json
from .image_service import ImageService
from .json_values import compact_json, flag, integer, mapping, number, sequence
from .sql import text_literal

# How many ids or names go into one query, so that every server accepts its length.
CHUNK = 100

_ALL = "1=1"
_LARGE_PAGE = 1000
# Limit on large pages in a search for names: so many rasters of the same names are no sensible answer.
_MOST_PAGES = 100

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class CatalogRaster:
    """One raster of a mosaic.

    `attributes` go by the names of the service's fields. Values are as the service sends them, dates in milliseconds
    since 1970 in UTC. `footprint` is the box around the raster in the service's CRS, `rings` are its outline there:
    clockwise ones, and counterclockwise ones for the holes in them.
    """

    id: int
    name: str
    attributes: Mapping[str, Any]
    footprint: Extent | None = None
    rings: tuple[Ring, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True)
class Page:
    """A part of a list of rasters; `has_more` says that others may follow."""

    rasters: tuple[CatalogRaster, ...]
    has_more: bool


def catalog_problem(service: ImageService) -> str:
    """Return in a sentence why the rasters of a service cannot be listed; empty where they can."""
    if service.mosaic is not None and service.mosaic.has_catalog:
        return ""
    return tr("The service “{service}” has no catalog of rasters to look into.").format(service=service.name)


class Catalog:
    """The catalog of a service.

    Where clauses are SQL on the fields of the catalog; an empty one means all rasters. Every method raises what the
    client raises; a bad where clause is a `ServerError` with the server's words.

    Raises:
        UnsupportedServiceError: the service has no catalog.
    """

    def __init__(self, client: ImageServiceClient, service: ImageService) -> None:
        mosaic, problem = service.mosaic, catalog_problem(service)
        if mosaic is None or problem:
            raise UnsupportedServiceError(problem)
        self._client = client
        self._service = service
        # The case of a field may differ between the description and an answer, and within the description too.
        names = (mosaic.object_id_field, *(field.name for field in mosaic.fields))
        self._spelling = {name.lower(): name for name in names}
        self._id_field = self._spelling[mosaic.object_id_field.lower()]
        self._name_field = self._spelling.get("name", "")

    @property
    def id_field(self) -> str:
        """The field of raster ids, as the service's fields spell it."""
        return self._id_field

    def count(self, where: str = "", extent: Extent | None = None, time: str = "") -> int:
        """Return how many rasters match a where clause, touch `extent` (in the service's CRS), and are of `time`.

        `time` is in milliseconds since 1970 in UTC: a moment, or two ends with a comma between, of which one may be
        `null`.
        """
        selection = self.selection(where, extent, time)
        count = self._query({**selection, "returnCountOnly": "true"}, lambda body: integer(body.get("count")))
        # Servers of 10.0 do not know `returnCountOnly`.
        return len(self._ids(selection)) if count is None else count

    def ids(self, where: str = "", extent: Extent | None = None, time: str = "") -> list[int]:
        """Return the ids of the rasters that `count` counts, in ascending order."""
        return sorted(set(self._ids(self.selection(where, extent, time))))

    def existing_ids(self, ids: Collection[int]) -> set[int]:
        """Return which of `ids` exist."""
        found: set[int] = set()
        for chunk in _chunks(sorted(set(ids))):
            found.update(self._ids({"objectIds": ",".join(map(str, chunk))}))
        return found.intersection(ids)

    def ids_named(self, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """Return the ids of the rasters with each of the names, in ascending order; empty for a name that none has.

        Case matters.

        Raises:
            UnsupportedServiceError: the catalog has no field of names.
        """
        if not self._name_field:
            raise UnsupportedServiceError(
                tr("The rasters of the service “{service}” have no names: give raster ids.").format(
                    service=self._service.name
                )
            )
        found: dict[str, set[int]] = {name: set() for name in names}
        for chunk in _chunks(list(found)):
            literals = ",".join(map(text_literal, chunk))
            for raster in self._all(f"{self._name_field} IN ({literals})"):
                # Some databases ignore case.
                if raster.name in found:
                    found[raster.name].add(raster.id)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    def rasters(
        self, where: str = "", order: str = "", offset: int = 0, limit: int = CHUNK, extent: Extent | None = None
    ) -> Page:
        """Return rasters from `offset` on, at most `limit` of them, that touch `extent` (in the service's CRS).

        `order` is a list of fields as in SQL, such as `CloudCover DESC`; by default, rasters are ordered by id.
        """
        selection = {"where": where or _ALL, "orderByFields": order or self._id_field, **self._within(extent)}
        return self._page(selection, offset, limit, {"outFields": "*", "returnGeometry": "true"})

    def pages(
        self, where: str = "", extent: Extent | None = None, time: str = "", *, with_outlines: bool = True
    ) -> Iterator[tuple[CatalogRaster, ...]]:
        """Yield all rasters that `count` counts, page by page, ordered by id, each once.

        Only ids are kept in memory. If the server does not continue, this ends early: compare with `count`.
        """
        content = {"outFields": "*", "returnGeometry": "true" if with_outlines else "false"}
        yield from self._pages(self.selection(where, extent, time), content)

    def where_ids(self, ids: Collection[int]) -> str:
        """Return the where clause of the rasters with these ids."""
        return f"{self._id_field} IN ({','.join(map(str, ids))})"

    def selection(self, where: str = "", extent: Extent | None = None, time: str = "") -> dict[str, str]:
        """Return the parameters of a query for the rasters that `count` counts."""
        return {"where": where or _ALL, **self._within(extent), **({"time": time} if time else {})}

    def _all(self, where: str) -> Iterator[CatalogRaster]:
        """Return ids and names."""
        content = {"outFields": f"{self._id_field},{self._name_field}", "returnGeometry": "false"}
        for page in islice(self._pages({"where": where}, content), _MOST_PAGES):
            yield from page

    def _pages(self, selection: Mapping[str, str], content: Mapping[str, str]) -> Iterator[tuple[CatalogRaster, ...]]:
        """Go through the rasters, page by page."""
        seen: set[int] = set()
        while True:
            page = self._page({**selection, "orderByFields": self._id_field}, len(seen), _LARGE_PAGE, content)
            new = {raster.id: raster for raster in page.rasters if raster.id not in seen}
            yield tuple(new.values())
            seen.update(new)
            # Some servers answer every page with the same one.
            if not new or not page.has_more:
                return

    def _page(self, selection: Mapping[str, str], offset: int, limit: int, content: Mapping[str, str]) -> Page:
        if offset and self._ignores_offset:
            return self._page_of_ids(selection, offset, limit, content)
        window = {"resultOffset": str(offset), "resultRecordCount": str(limit)}
        return self._query({**selection, **window, **content}, partial(self._page_in, limit))

    def _page_in(self, limit: int, body: Mapping[str, Any]) -> Page:
        rasters = self._rasters_in(body)
        # Older servers cut an answer off without saying so.
        full = min(limit, self._service.max_record_count or limit)
        return Page(rasters[:limit], flag(body.get("exceededTransferLimit")) or len(rasters) >= full)

    @cached_property
    def _ignores_offset(self) -> bool:
        """Whether the server answers every page with the first one, as those before 10.3 do."""
        window = {"resultOffset": "1", "resultRecordCount": "1"}
        content = {"where": _ALL, "outFields": self._id_field, "returnGeometry": "false"}
        return len(self._query({**content, **window}, self._rasters_in)) > 1

    def _page_of_ids(self, selection: Mapping[str, str], offset: int, limit: int, content: Mapping[str, str]) -> Page:
        """Return a page by the ids in it, from a server without paging."""
        ids = self._ids(selection)
        wanted = ids[offset : offset + limit]
        found: dict[int, CatalogRaster] = {}
        for chunk in _chunks(wanted):
            rasters = self._query({"objectIds": ",".join(map(str, chunk)), **content}, self._rasters_in)
            found.update((raster.id, raster) for raster in rasters)
        return Page(tuple(found[raster_id] for raster_id in wanted if raster_id in found), offset + limit < len(ids))

    def _ids(self, selection: Mapping[str, str]) -> list[int]:
        return self._query({**selection, "returnIdsOnly": "true"}, self._ids_in)

    def _ids_in(self, body: Mapping[str, Any]) -> list[int]:
        # Servers write null where there are none.
        listed = body.get("objectIds", "") or []
        ids = [integer(raster_id) for raster_id in sequence(listed)]
        if "objectIds" not in body or not isinstance(listed, list) or None in ids:
            raise self._something_else()
        return [raster_id for raster_id in ids if raster_id is not None]

    def _within(self, extent: Extent | None) -> dict[str, str]:
        if extent is None:
            return {}
        return {
            "geometry": compact_json(envelope_json(extent, self._service.spatial_reference)),
            "geometryType": "esriGeometryEnvelope",
            "spatialRel": "esriSpatialRelIntersects",
            "inSR": request_reference(self._service.spatial_reference),
        }

    def _rasters_in(self, body: Mapping[str, Any]) -> tuple[CatalogRaster, ...]:
        if not isinstance(body.get("features"), list):
            raise self._something_else()
        rasters = (self._raster(mapping(feature)) for feature in body["features"])
        return tuple(raster for raster in rasters if raster is not None)

    def _something_else(self) -> ResponseError:
        message = tr("{host} sent something else instead of a list of rasters: try again later.")
        return ResponseError(message.format(host=host_of(self._service.url)), self._service.url)

    def _raster(self, feature: Mapping[str, Any]) -> CatalogRaster | None:
        answer = mapping(feature.get("attributes"))
        attributes = {self._spelling.get(key.lower(), key): value for key, value in answer.items()}
        raster_id = integer(attributes.get(self._id_field))
        if raster_id is None:
            return None
        name = attributes.get(self._name_field)
        rings = _rings(mapping(feature.get("geometry")))
        # Blanks belong to a name.
        return CatalogRaster(raster_id, name if isinstance(name, str) else "", attributes, _bounding_box(rings), rings)

    def _query(self, parameters: Mapping[str, str], parse: Callable[[Mapping[str, Any]], _Answer]) -> _Answer:
        return self._client.read("query", {**parameters, "f": "json"}, parse)


def _rings(polygon: Mapping[str, Any]) -> tuple[Ring, ...]:
    """Return the rings of a polygon of the REST API, without points that lack coordinates."""
    rings = (tuple(_points(ring)) for ring in sequence(polygon.get("rings")))
    return tuple(ring for ring in rings if ring)


def _points(ring: object) -> Iterator[tuple[float, float]]:
    for point in map(sequence, sequence(ring)):
        x, y = (number(point[0]), number(point[1])) if len(point) >= 2 else (None, None)
        if x is not None and y is not None:
            yield x, y


def _bounding_box(rings: Collection[Ring]) -> Extent | None:
    """Return the box around the rings of a polygon."""
    x, y = ([point[axis] for ring in rings for point in ring] for axis in (0, 1))
    return Extent(min(x), min(y), max(x), max(y)) if x else None


def _chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
