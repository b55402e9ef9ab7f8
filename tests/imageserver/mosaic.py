"""Mosaic rules: which rasters take part, which lies on top, and what becomes of overlapping pixels.

The methods and operations are those of the REST reference's page "Mosaic rules".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

import numpy as np

from .catalog import Catalog, Item, distance_to_edge, inside
from .errors import ParameterError, ServiceError
from .functions import Window
from .functions.block import Array, block_of_numbers, converted
from .pixels import dtype_of, extent_of, sample
from .spatial import Extent, point

#: The methods as a rule spells them, and as a service's description lists them.
METHODS = {
    "esriMosaicNone": "None",
    "esriMosaicCenter": "Center",
    "esriMosaicNadir": "Nadir",
    "esriMosaicViewpoint": "Viewpoint",
    "esriMosaicAttribute": "ByAttribute",
    "esriMosaicLockRaster": "LockRaster",
    "esriMosaicNorthwest": "NorthWest",
    "esriMosaicSeamline": "Seamline",
}

OPERATIONS = ("MT_FIRST", "MT_LAST", "MT_MIN", "MT_MAX", "MT_MEAN", "MT_BLEND", "MT_SUM")

_NUMBER_TYPES = ("OID", "SmallInteger", "Integer", "Single", "Double", "Date")


@dataclass(frozen=True)
class Selection:
    """A time that is asked for, and the fields of the catalog that say when a raster begins and ends."""

    time: tuple[float, float]
    start_field: str
    end_field: str


@dataclass(frozen=True)
class MosaicRule:
    """A mosaic rule and, beside it, the time of the request, and the ids of the rasters that its slices are.

    Points are in the service's spatial reference, a date is in epoch milliseconds.
    """

    method: str
    where: str = ""
    fids: tuple[int, ...] | None = None
    lock_raster_ids: tuple[int, ...] = ()
    sort_field: str = ""
    sort_value: float = 0.0
    viewpoint: tuple[float, float] = (0.0, 0.0)
    ascending: bool = True
    operation: str = "MT_FIRST"
    selection: Selection | None = None
    slices: tuple[int, ...] | None = None


@dataclass(frozen=True)
class View:
    """What is looked at, in the service's spatial reference: center and cell size of the request.

    `northwest` is the upper left corner of the whole service, which the northwest method measures from.
    """

    center: tuple[float, float]
    cell_size: float
    northwest: tuple[float, float]


def parse_rule(
    rule: Mapping[str, object],
    catalog: Catalog,
    allowed: tuple[str, ...],
    max_count: int,
    reference: Mapping[str, object],
) -> MosaicRule:
    """A rule from its JSON object.

    `allowed` holds the methods the service lists, `max_count` how many rasters it mosaics at most, `reference` its
    spatial reference. Raises `ParameterError` for everything the reference does not define.
    """
    method = METHODS.get(str(rule.get("mosaicMethod")))
    if method is None:
        raise ParameterError(f"Parameter 'mosaicRule': the mosaic method '{rule.get('mosaicMethod')}' is not known.")
    if method not in allowed:
        raise ParameterError(f"Parameter 'mosaicRule': the mosaic method '{rule['mosaicMethod']}' is not allowed.")
    operation = rule.get("mosaicOperation", "MT_FIRST")
    if operation not in OPERATIONS:
        raise ParameterError(f"Parameter 'mosaicRule': the mosaic operation '{operation}' is not known.")
    ascending = rule.get("ascending", True)
    if not isinstance(ascending, bool):
        raise ParameterError("Parameter 'mosaicRule': ascending must be true or false.")
    locked = _ids(rule, "lockRasterIds") or ()
    if method == "LockRaster" and not locked:
        raise ParameterError("Parameter 'mosaicRule': lockRasterIds is missing.")
    if len(locked) > max_count:
        raise ServiceError(400, f"The number of rasters exceeds the limit of {max_count} rasters in a mosaic.")
    sort_field, sort_value = "", 0.0
    if method == "ByAttribute":
        sort_field = catalog.field(str(rule.get("sortField") or ""), "mosaicRule")
        sort_value = sort_base(rule.get("sortValue"), catalog.types[sort_field])
    viewpoint = (0.0, 0.0)
    if method == "Viewpoint":
        viewpoint = point(rule.get("viewpoint"), reference, reference, "mosaicRule.viewpoint")
    return MosaicRule(
        method=method,
        where=str(rule.get("where") or ""),
        fids=_ids(rule, "fids"),
        lock_raster_ids=locked,
        sort_field=sort_field,
        sort_value=sort_value,
        viewpoint=viewpoint,
        ascending=ascending,
        operation=str(operation),
    )


def _ids(rule: Mapping[str, object], key: str) -> tuple[int, ...] | None:
    ids = rule.get(key)
    if ids is None:
        return None
    if not isinstance(ids, list) or not all(type(value) is int for value in ids):
        raise ParameterError(f"Parameter 'mosaicRule': {key} must be a list of whole numbers.")
    return tuple(ids)


def sort_base(value: object, field_type: str) -> float:
    """The base value of an attribute rule as a number; a date's is in epoch milliseconds.

    Not given, it is 0. Dates are numbers, or text in UTC: `yyyy/MM/dd` with or without `HH:mm:ss`.
    """
    if field_type.replace("esriFieldType", "") not in _NUMBER_TYPES:
        raise ParameterError("Parameter 'mosaicRule': sortField must be a numeric or date field.")
    if value is None or value == "":
        return 0.0
    if field_type == "esriFieldTypeDate" and isinstance(value, str):
        for pattern in ("%Y/%m/%d", "%Y/%m/%d %H:%M:%S"):
            try:
                return datetime.strptime(value, pattern).replace(tzinfo=timezone.utc).timestamp() * 1000
            except ValueError:
                continue
        raise ParameterError(f"Parameter 'mosaicRule': sortValue '{value}' is not a date.")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ParameterError(f"Parameter 'mosaicRule': sortValue '{value}' is not a number.") from None


def select(catalog: Catalog, rule: MosaicRule, view: View, box: Extent, max_count: int) -> list[Item]:
    """The rasters that take part in a box of a view, the one on top first.

    A raster takes part between its MinPS and its MaxPS (a locked one always); no more than `max_count` do.
    """
    positions = catalog.overlapping(box)
    if rule.fids is not None:
        positions = catalog.with_ids(rule.fids, positions)
    if rule.slices is not None:
        positions = catalog.with_ids(rule.slices, positions)
    if rule.method == "LockRaster":
        positions = catalog.with_ids(rule.lock_raster_ids, positions)
    positions = catalog.matching(rule.where, positions)
    if rule.selection is not None:
        at = rule.selection
        positions = catalog.at_time(at.time, at.start_field, at.end_field, positions)
    if rule.method != "LockRaster":
        positions = _visible(catalog, positions, view.cell_size)
    keys = _sort_keys(catalog, rule, view, positions)
    if not rule.ascending and rule.method not in ("LockRaster", "Seamline"):
        # Reversing the keys, not the order, leaves equals in the order of their ids, and rasters without a value last.
        keys = -keys
    ranks = np.argsort(keys, kind="stable")
    return [catalog.item(int(position)) for position in positions[ranks][:max_count]]


def _visible(catalog: Catalog, positions: Array, cell_size: float) -> Array:
    if not {"MinPS", "MaxPS"} <= catalog.types.keys():
        return positions
    records = [catalog.attributes(int(position)) for position in positions]
    return positions[[float(r["MinPS"]) <= cell_size <= float(r["MaxPS"]) for r in records]]  # type: ignore[arg-type]


def _sort_keys(catalog: Catalog, rule: MosaicRule, view: View, positions: Array) -> Array:
    """What the rasters are sorted by, the smallest on top; NaN sorts last either way."""
    if rule.method in ("Center", "NorthWest", "Viewpoint"):
        origins = {"Center": view.center, "NorthWest": view.northwest, "Viewpoint": rule.viewpoint}
        x, y = origins[rule.method]
        boxes = catalog.boxes[positions]
        return np.hypot((boxes[:, 0] + boxes[:, 2]) / 2 - x, (boxes[:, 1] + boxes[:, 3]) / 2 - y)
    if rule.method == "Nadir":
        x, y = view.center
        nadirs = np.array([catalog.item(int(position)).nadir for position in positions]).reshape(-1, 2)
        return np.hypot(nadirs[:, 0] - x, nadirs[:, 1] - y)
    if rule.method == "ByAttribute":
        values = [catalog.attributes(int(position))[rule.sort_field] for position in positions]
        return np.abs(np.array([np.nan if v is None else v for v in values], dtype=np.float64) - rule.sort_value)
    ids = catalog.object_ids[positions]
    if rule.method == "LockRaster":
        return np.array([rule.lock_raster_ids.index(int(value)) for value in ids], dtype=np.float64)
    return ids.astype(np.float64)


def draw(
    items: list[Item],
    rule: MosaicRule,
    bands: int,
    pixel_type: str,
    x: Array,
    y: Array,
    interpolation: str,
) -> tuple[Array, Array]:
    """The pixels of overlapping rasters at ground coordinates: two arrays (bands, rows, columns), values and validity.

    All rasters have so many `bands` of that `pixel_type`. MT_BLEND weighs each raster by the pixel's distance from the
    edge of its footprint; sums and means are rounded to the pixel type and clamped.
    """
    shape = (bands, *np.broadcast_shapes(x.shape, y.shape))
    averages = rule.operation in ("MT_MEAN", "MT_SUM", "MT_BLEND")
    total = np.zeros(shape, dtype=np.float64 if averages else dtype_of(pixel_type))
    weights = np.zeros(shape)
    for item in reversed(items) if rule.operation == "MT_LAST" else items:
        part = _part(item.raster.grid, x, y)
        if part is None or (rule.method == "Seamline" and item.seamline is None):
            continue
        rows, columns = part
        part_x = x[rows if x.shape[0] > 1 else slice(None), columns]
        part_y = y[rows, columns if y.shape[1] > 1 else slice(None)]
        pixels, valid = sample(item.raster, part_x, part_y, interpolation)
        if rule.method == "Seamline" and item.seamline is not None:
            valid = valid & inside(item.seamline, part_x, part_y)
        weight = valid.astype(np.float64)
        if rule.operation == "MT_BLEND":
            # A pixel right on the edge still counts where no other raster has one.
            weight *= distance_to_edge(item.footprint, part_x, part_y) + 1e-9
        _combine(rule.operation, total[:, rows, columns], weights[:, rows, columns], pixels, weight)
        if rule.operation in ("MT_FIRST", "MT_LAST") and weights.all():
            break
    covered = weights > 0
    if rule.operation in ("MT_MEAN", "MT_BLEND"):
        total = np.divide(total, weights, out=total, where=covered)
    if averages:
        total = converted(block_of_numbers(total, pixel_type), pixel_type).pixels
    return total, covered


def _part(grid: Window, x: Array, y: Array) -> tuple[slice, slice] | None:
    """The rows and columns of the output that hold a raster, and up to one of its pixels around it."""
    box = extent_of(grid)
    hits = (np.abs(x - box.center[0]) < (grid.columns / 2 + 1) * grid.cell_x) & (
        np.abs(y - box.center[1]) < (grid.rows / 2 + 1) * grid.cell_y
    )
    rows, columns = np.flatnonzero(hits.any(axis=1)), np.flatnonzero(hits.any(axis=0))
    if not len(rows):
        return None
    return slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)


def _combine(operation: str, total: Array, weights: Array, pixels: Array, weight: Array) -> None:
    """Lay a raster's pixels over (views of) the running totals and weights, in place."""
    if operation in ("MT_MEAN", "MT_SUM", "MT_BLEND"):
        total += pixels * (weight if operation == "MT_BLEND" else weight > 0)
        weights += weight
        return
    taken = weight > 0
    if operation in ("MT_FIRST", "MT_LAST"):
        taken &= weights == 0
    elif operation == "MT_MIN":
        taken &= (weights == 0) | (pixels < total)
    else:
        taken &= (weights == 0) | (pixels > total)
    total[taken] = pixels[taken]
    weights[taken] = 1
