"""The rasters of a mosaic: their records, footprints, and which of them a clause or a box selects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from .errors import ParameterError
from .functions.block import Array
from .pixels import Raster
from .spatial import Extent
from .where import WhereError, compile_where

#: A closed polygon ring, shape (points, 2), in the service's spatial reference.
Ring = Array


@dataclass(frozen=True, eq=False)
class Item:
    """One raster of a mosaic.

    `nadir` is the ground point under the sensor. Without a `seamline` the seamline method does not show the item.
    """

    attributes: Mapping[str, object]
    raster: Raster
    footprint: Ring
    nadir: tuple[float, float]
    seamline: Ring | None = None


@dataclass(frozen=True, eq=False)
class Catalog:
    """The rasters of a mosaic by position; `boxes`, shape (rasters, 4), and `object_ids` run in that order."""

    fields: tuple[Mapping[str, object], ...]
    object_ids: Array
    boxes: Array
    attributes: Callable[[int], Mapping[str, object]]
    item: Callable[[int], Item]

    def __len__(self) -> int:
        return len(self.object_ids)

    @cached_property
    def types(self) -> dict[str, str]:
        """The Esri type of each field."""
        return {str(field["name"]): str(field["type"]) for field in self.fields}

    def field(self, name: str, parameter: str) -> str:
        """The catalog's own spelling of a field name, which may come in any case."""
        for known in self.types:
            if known.lower() == name.lower():
                return known
        raise ParameterError(f"Parameter '{parameter}': the field '{name}' does not exist.")

    def overlapping(self, box: Extent) -> Array:
        """The positions of the rasters whose box shares ground with `box`."""
        xmin, ymin, xmax, ymax = self.boxes.T
        return np.flatnonzero((xmin < box.xmax) & (xmax > box.xmin) & (ymin < box.ymax) & (ymax > box.ymin))

    def with_ids(self, ids: Iterable[int], positions: Array) -> Array:
        """Those of `positions` whose object id is among `ids`."""
        return positions[np.isin(self.object_ids[positions], list(ids))]

    def at_time(self, time: tuple[float, float], start: str, end: str, positions: Array) -> Array:
        """Those of `positions` that are of a time, both of whose ends count.

        `start` and `end` are the fields that say from when until when; a record without an end is of one moment.
        """

        def touches(record: Mapping[str, object]) -> bool:
            begin = record[start]
            last = begin if not end or record[end] is None else record[end]
            return begin is not None and begin <= time[1] and last >= time[0]  # type: ignore[operator]

        return np.array([place for place in positions.tolist() if touches(self.attributes(place))], dtype=np.int64)

    def matching(self, where: str, positions: Array) -> Array:
        """Those of `positions` whose record meets a where clause; raises code 400 with the reason for a bad one."""
        if where.replace(" ", "") in ("", "1=1"):
            return positions
        try:
            matches = compile_where(where, self.types)
        except WhereError as error:
            raise ParameterError(f"Invalid where clause: {error}") from None
        return np.array([place for place in positions.tolist() if matches(self.attributes(place))], dtype=np.int64)


def catalog_of(fields: Sequence[Mapping[str, object]], items: Sequence[Item]) -> Catalog:
    """A catalog of items held in memory."""
    boxes = [[*item.footprint.min(axis=0), *item.footprint.max(axis=0)] for item in items]
    return Catalog(
        fields=tuple(fields),
        object_ids=np.array([item.attributes["OBJECTID"] for item in items]),
        boxes=np.array(boxes),
        attributes=lambda position: items[position].attributes,
        item=lambda position: items[position],
    )


def rectangle(box: Extent) -> Ring:
    """The ring around a box, clockwise from its upper left corner."""
    return np.array(
        [
            (box.xmin, box.ymax),
            (box.xmax, box.ymax),
            (box.xmax, box.ymin),
            (box.xmin, box.ymin),
            (box.xmin, box.ymax),
        ]
    )


def inside(ring: Ring, x: Array, y: Array) -> Array:
    """Whether points lie in a polygon (even-odd rule); `x` and `y` broadcast together."""
    result = np.zeros(np.broadcast_shapes(x.shape, y.shape), dtype=bool)
    for (x0, y0), (x1, y1) in pairwise(ring):
        if y0 == y1:
            continue
        crosses = (y0 > y) != (y1 > y)
        result ^= crosses & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return result


def distance_to_edge(ring: Ring, x: Array, y: Array) -> Array:
    """The distance of points from the nearest edge of a polygon, in ground units."""
    distances = np.full(np.broadcast_shapes(x.shape, y.shape), np.inf)
    for (x0, y0), (x1, y1) in pairwise(ring):
        dx, dy = x1 - x0, y1 - y0
        along = (((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)).clip(0.0, 1.0)
        distances = np.minimum(distances, np.hypot(x - x0 - along * dx, y - y0 - along * dy))
    return distances
