"""The query operation: the records and footprints of a mosaic's rasters.

Source: "Query (Image Service)" of the REST reference.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from .catalog import Catalog, Ring
from .errors import ParameterError, ServiceError
from .export import image_reference
from .functions.block import Array
from .parameters import Parameters
from .service import ImageService
from .spatial import Extent, spatial_reference, transform, transform_extent

Record = Mapping[str, object]

_STATISTICS: dict[str, Callable[[Sequence[float]], float]] = {
    "count": len,
    "sum": sum,
    "min": min,
    "max": max,
    "avg": statistics.fmean,
    "stddev": statistics.pstdev,
    "var": statistics.pvariance,
}


def query(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """Features, ids (returnIdsOnly), a count (returnCountOnly), distinct values or statistics of the selected rasters.

    Ids and counts know no limit; features come in pages of at most maxRecordCount, with `exceededTransferLimit` true
    where there are more.
    """
    catalog = catalog_of(service)
    positions = _selected(service, catalog, parameters)
    if parameters.boolean("returnCountOnly", False):
        return {"count": len(positions)}
    if parameters.boolean("returnIdsOnly", False):
        return {"objectIdFieldName": "OBJECTID", "objectIds": [int(value) for value in catalog.object_ids[positions]]}
    if parameters.text("outStatistics"):
        return _statistics_of(service, catalog, positions, parameters)
    if parameters.boolean("returnDistinctValues", False):
        return _distinct(catalog, positions, parameters)
    positions = _ordered(catalog, positions, parameters.text("orderByFields"))
    offset, count = _page(service, parameters)
    page = positions[offset : offset + count]
    wanted = _out_fields(catalog, parameters)
    reference = image_reference(service, parameters, "outSR")
    features = []
    for position in page:
        item = catalog.item(int(position))
        features.append(
            feature(item.attributes, item.footprint, wanted, service.reference, _geometry(parameters, reference))
        )
    document: dict[str, object] = {
        "objectIdFieldName": "OBJECTID",
        "fields": [field for field in catalog.fields if field["name"] in wanted],
        "geometryType": "esriGeometryPolygon",
        "spatialReference": reference,
        "features": features,
    }
    if offset + count < len(positions):
        document["exceededTransferLimit"] = True
    return document


def catalog_of(service: ImageService) -> Catalog:
    """The catalog of a service; raises code 400 for a single raster."""
    if service.catalog is None:
        raise ServiceError(400, "The requested operation is not supported: the image service has no catalog.")
    return service.catalog


def feature(
    attributes: Record,
    footprint: Ring,
    fields: Sequence[str],
    reference: Mapping[str, object],
    target: Mapping[str, object] | None,
) -> dict[str, object]:
    """A raster as a feature with these fields; its footprint in the reference `target`, left out where that is None."""
    document: dict[str, object] = {"attributes": {name: attributes[name] for name in fields}}
    if target is not None:
        x, y = transform(reference, target, footprint[:, 0], footprint[:, 1])
        document["geometry"] = {"rings": [np.column_stack([x, y]).tolist()]}
    return document


def _geometry(parameters: Parameters, reference: Mapping[str, object]) -> Mapping[str, object] | None:
    return reference if parameters.boolean("returnGeometry", True) else None


def _selected(service: ImageService, catalog: Catalog, parameters: Parameters) -> Array:
    """The positions of the rasters that the filters select; objectIds goes before all other filters."""
    everything = np.arange(len(catalog))
    ids = parameters.integers("objectIds")
    if ids:
        return catalog.with_ids(ids, everything)
    if parameters.text("geometry"):
        everything = catalog.overlapping(_box(service, parameters))
    positions = catalog.matching(parameters.text("where"), everything)
    at = service.selection(parameters)
    return positions if at is None else catalog.at_time(at.time, at.start_field, at.end_field, positions)


def _box(service: ImageService, parameters: Parameters) -> Extent:
    """The box of an envelope or a point, which may be JSON or bare numbers, in the service's spatial reference."""
    kind = parameters.text("geometryType", "esriGeometryEnvelope")
    keys = {"esriGeometryEnvelope": ("xmin", "ymin", "xmax", "ymax"), "esriGeometryPoint": ("x", "y")}.get(kind)
    if keys is None:
        raise ParameterError("Parameter 'geometryType' must be esriGeometryEnvelope or esriGeometryPoint.")
    geometry: Mapping[str, object]
    if parameters.text("geometry").startswith("{"):
        geometry = parameters.mapping("geometry") or {}
    else:
        geometry = dict(zip(keys, parameters.numbers("geometry")))
    numbers = [float(value) for value in map(geometry.get, keys) if isinstance(value, (int, float))]
    if len(numbers) != len(keys):
        raise ParameterError(f"Parameter 'geometry' is not of the type {kind}.")
    reference = geometry.get("spatialReference")
    source = spatial_reference(reference, "geometry") if reference else image_reference(service, parameters, "inSR")
    return transform_extent(Extent(*numbers[:2], *numbers[-2:]), source, service.reference)


def _ordered(catalog: Catalog, positions: Array, order: str) -> Array:
    """The positions sorted by `field [ASC|DESC], …`; NULL counts as the least value."""
    for term in reversed([term.split() for term in order.split(",")] if order else []):
        if len(term) not in (1, 2) or (len(term) == 2 and term[1].upper() not in ("ASC", "DESC")):
            raise ParameterError(f"Parameter 'orderByFields': '{' '.join(term)}' is not a field and a direction.")
        name = catalog.field(term[0], "orderByFields")
        keys = [(value is not None, value) for value in (catalog.attributes(int(p))[name] for p in positions)]
        descending = len(term) == 2 and term[1].upper() == "DESC"
        ranks = sorted(range(len(keys)), key=lambda rank: keys[rank], reverse=descending)
        positions = positions[ranks]
    return positions


def _out_fields(catalog: Catalog, parameters: Parameters) -> list[str]:
    names = [name.strip() for name in parameters.text("outFields", "OBJECTID").split(",")]
    if names == ["*"]:
        return list(catalog.types)
    return [catalog.field(name, "outFields") for name in names]


def _distinct(catalog: Catalog, positions: Array, parameters: Parameters) -> dict[str, object]:
    fields = _out_fields(catalog, parameters)
    rows = dict.fromkeys(tuple(catalog.attributes(int(position))[name] for name in fields) for position in positions)
    features = [{"attributes": dict(zip(fields, row))} for row in rows]
    return {"fields": [field for field in catalog.fields if field["name"] in fields], "features": features}


def _statistics_of(
    service: ImageService, catalog: Catalog, positions: Array, parameters: Parameters
) -> dict[str, object]:
    """One row for all of the rasters, or one for each group of them, in pages as features are."""
    wanted = parameters.document("outStatistics")
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) for entry in wanted):
        raise ParameterError("Parameter 'outStatistics' must be a list of objects.")
    names = parameters.text("groupByFieldsForStatistics")
    fields = [catalog.field(name.strip(), "groupByFieldsForStatistics") for name in names.split(",") if name]
    groups: dict[tuple[object, ...], list[int]] = {} if fields else {(): []}
    for position in _ordered(catalog, positions, parameters.text("orderByFields")).tolist():
        record = catalog.attributes(position)
        groups.setdefault(tuple(record[name] for name in fields), []).append(position)
    offset, count = _page(service, parameters)
    rows = [
        {**dict(zip(fields, values)), **_row_of(catalog, np.array(members, dtype=np.int64), wanted)}
        for values, members in list(groups.items())[offset : offset + count]
    ]
    document: dict[str, object] = {"features": [{"attributes": row} for row in rows]}
    if offset + count < len(groups):
        document["exceededTransferLimit"] = True
    return document


def _page(service: ImageService, parameters: Parameters) -> tuple[int, int]:
    """Which row an answer begins with, and how many it has at most."""
    offset = parameters.integer("resultOffset", 0)
    count = min(parameters.integer("resultRecordCount", service.max_record_count), service.max_record_count)
    if offset < 0 or count < 0:
        raise ParameterError("Parameters 'resultOffset' and 'resultRecordCount' must not be negative.")
    return offset, count


def _row_of(catalog: Catalog, positions: Array, wanted: Sequence[Mapping[str, object]]) -> dict[str, object]:
    row: dict[str, object] = {}
    for entry in wanted:
        name = catalog.field(str(entry.get("onStatisticField")), "outStatistics")
        kind = str(entry.get("statisticType")).lower()
        if kind not in _STATISTICS:
            raise ParameterError(f"Parameter 'outStatistics': '{kind}' is not a statistic.")
        values = [v for v in (catalog.attributes(int(p))[name] for p in positions) if v is not None]
        row[str(entry.get("outStatisticFieldName") or f"{kind}_{name}")] = _STATISTICS[kind](values) if values else None  # type: ignore[arg-type]
    return row
