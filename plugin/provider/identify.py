"""What lies at a point: the values of the layer, those before its processing template, and the rasters of a mosaic."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..backend.fetch import fetch
from ..backend.pixels import Pixels
from ..backend.source import Kind, LayerSource
from ..service.client import ImageServiceClient
from ..service.errors import AuthenticationError, ResponseError, ServerError
from ..service.identify import identified_values, parse_values
from ..service.json_values import compact_json, mapping, sequence, text, whole_number
from ..service.transport import Transport
from ..translation import tr
from .cells import Point, cell_at, is_inside

Values = tuple["float | None", ...]

_NAME_FIELDS = ("name", "title", "filename")
# Of these types, identify tells the value that is drawn. It rounds fractions to six digits.
_TYPES_IN_FULL = ("Byte", "UInt16", "Int16", "UInt32", "Int32")


@dataclass(frozen=True)
class RasterAtPoint:
    """A raster of a mosaic that lies at a point. `values` are its own, None for no data."""

    id: int | None
    name: str
    values: Values


@dataclass(frozen=True)
class Identified:
    """What the service says of a point.

    Attributes:
        values: the bands of the layer, or for a picture what the server makes the picture of; None for no data.
        raw_values: before the processing template; the same where there is none.
        rasters: those that lie at the point, the topmost first; empty if the service has no catalog.
    """

    values: Values
    raw_values: Values
    rasters: tuple[RasterAtPoint, ...]


def identify_details(source: LayerSource, point: Point, transport: Transport) -> Identified:
    """Ask the service for everything that it knows of a point (in the layer's CRS).

    Raises:
        ImageServerLayerError: as `ImageServiceClient.request` does; the service may not allow identify.
    """
    answer = _ask(source, point, transport, source.parameters.get("renderingRule"), with_rasters=True)
    values = _chosen(source, identified_values(answer, source.service_url))
    raw = values
    if "renderingRule" in source.parameters:
        none = compact_json({"rasterFunction": "None"})
        raw = identified_values(_ask(source, point, transport, none, with_rasters=False), source.service_url)
    return Identified(values, raw, _rasters(answer))


def values_at(source: LayerSource, point: Point, transport: Transport) -> Values:
    """Return the values at a point (in the layer's CRS) as `Identified.values`; an empty tuple outside the layer.

    They are the values that are drawn at the layer's own cell size. If the service does not allow identify, or would
    round, the pixel itself is read.

    Raises:
        ImageServerLayerError: the service does not answer.
    """
    if not is_inside(source, point):
        return ()
    source = source.of_images()
    if source.tiles is not None:
        return pixel_at(source, point, transport)
    is_rounded = source.data_type not in _TYPES_IN_FULL
    # Identify does not know of the `noData` of a request.
    if source.kind is Kind.VALUES and (is_rounded or "noData" in source.parameters or _has_cells_of_its_own(source)):
        return pixel_at(source, point, transport)
    try:
        answer = _ask(source, point, transport, source.parameters.get("renderingRule"), with_rasters=False)
        values = _chosen(source, identified_values(answer, source.service_url))
    except AuthenticationError:
        raise
    except (ServerError, ResponseError):
        return pixel_at(source, point, transport)
    if source.kind is Kind.VALUES and len(values) != len(source.bands):
        # One "NoData" may stand for all bands. Any other count means that these are not the bands of the layer.
        return _all_missing(source) if values == (None,) else pixel_at(source, point, transport)
    return tuple(map(_without_nodata, values, _nodata(source, len(values))))


def _has_cells_of_its_own(source: LayerSource) -> bool:
    """Whether the cells of the layer are not those of the service, in which identify looks."""
    try:
        options = json.loads(source.options_json, parse_int=whole_number)
    except (ValueError, RecursionError):
        return False
    return isinstance(options, dict) and bool(options.get("cell_size") or options.get("snap_origin"))


def pixel_at(source: LayerSource, point: Point, transport: Transport) -> Values:
    """Return the layer's pixel at a point, by requesting just that one: all bands, None for no data.

    Raises:
        ImageServerLayerError: the service does not draw it.
    """
    window = cell_at(source, point)
    if window is None:
        return ()
    answer = fetch(source, [window], transport)[0]
    if not isinstance(answer, Pixels):
        raise answer
    if answer.valid is not None and not answer.valid.all():
        return _all_missing(source)
    numbers = (float(band[0, 0]) for band in answer.values)
    return tuple(map(_without_nodata, numbers, _nodata(source, len(source.bands))))


def identified_with(source: LayerSource, point: Point, transport: Transport, rule: Mapping[str, Any] | None) -> Values:
    """Return the values at a point with another rendering rule (None: without any), None for no data.

    Raises:
        ImageServerLayerError: as `ImageServiceClient.request` does.
    """
    sent = None if rule is None else compact_json(rule)
    return identified_values(_ask(source, point, transport, sent, with_rasters=False), source.service_url)


def identified_in(source: LayerSource, answer: Mapping[str, Any]) -> Values:
    """Return the values of the source's bands in an answer to `identify`, None for no data.

    Raises:
        ResponseError: there are none, or they are of other bands.
    """
    return _chosen(source, identified_values(answer, source.service_url))


def _ask(
    source: LayerSource, point: Point, transport: Transport, rendering_rule: str | None, *, with_rasters: bool
) -> Mapping[str, Any]:
    parameters = identify_parameters(source, point, rendering_rule, with_rasters=with_rasters)
    return ImageServiceClient(source.service_url, transport).request("identify", parameters)


def identify_parameters(
    source: LayerSource, point: Point, rendering_rule: str | None, *, with_rasters: bool = False
) -> dict[str, str]:
    """Return the parameters of `identify` at a point (in the layer's CRS), with the source's mosaic rule and time."""
    geometry: dict[str, Any] = {"x": point[0], "y": point[1]}
    reference = _reference(source)
    if reference:
        geometry["spatialReference"] = reference
    cell_x, cell_y = source.grid.cell_size
    parameters = {
        "geometryType": "esriGeometryPoint",
        "geometry": json.dumps(geometry, separators=(",", ":")),
        "pixelSize": json.dumps({"x": cell_x, "y": cell_y, **({"spatialReference": reference} if reference else {})}),
        "returnGeometry": "false",
        "returnCatalogItems": "true" if with_rasters else "false",
        "f": "json",
    }
    for name, value in (
        ("mosaicRule", source.parameters.get("mosaicRule")),
        ("renderingRule", rendering_rule),
        ("time", source.parameters.get("time")),
    ):
        if value:
            parameters[name] = value
    return parameters


def _reference(source: LayerSource) -> Mapping[str, Any]:
    """Return the spatial reference of the layer's requests as a JSON object."""
    if source.reference.isdigit():
        return {"wkid": int(source.reference)}
    return mapping(json.loads(source.reference)) if source.reference.startswith("{") else {}


def _chosen(source: LayerSource, values: Values) -> Values:
    """Return the values of the layer's bands: identify tells those of all bands of the service."""
    if "bandIds" not in source.parameters or values == (None,):
        return values
    numbers = [int(number) for number in source.parameters["bandIds"].split(",")]
    if max(numbers) >= len(values):
        raise ResponseError(
            tr("The service tells {count} values of a point, but the layer shows its band {number}.").format(
                count=len(values), number=max(numbers) + 1
            )
        )
    return tuple(values[number] for number in numbers)


def _rasters(answer: Mapping[str, Any]) -> tuple[RasterAtPoint, ...]:
    items = mapping(answer.get("catalogItems"))
    id_field = text(items.get("objectIdFieldName")) or "OBJECTID"
    values = sequence(mapping(answer.get("properties")).get("Values"))
    rasters = []
    for place, feature in enumerate(map(mapping, sequence(items.get("features")))):
        attributes = mapping(feature.get("attributes"))
        by_name = {str(name).lower(): value for name, value in attributes.items()}
        number = attributes.get(id_field)
        name = next((str(by_name[field]) for field in _NAME_FIELDS if by_name.get(field)), "")
        own = parse_values(",".join(str(values[place]).replace(",", " ").split())) if place < len(values) else ()
        rasters.append(RasterAtPoint(number if isinstance(number, int) else None, name, own))
    return tuple(rasters)


def _nodata(source: LayerSource, count: int) -> Sequence[float | None]:
    if source.kind is Kind.VALUES:
        return [band.nodata for band in source.bands]
    return [None] * count


def _without_nodata(value: float | None, nodata: float | None) -> float | None:
    return None if value is None or math.isnan(value) or value == nodata else value


def _all_missing(source: LayerSource) -> Values:
    return (None,) * len(source.bands)
