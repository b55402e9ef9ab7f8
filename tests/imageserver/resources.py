"""The smaller resources of an image service: legend, attribute table, colormap, key properties, tiles, one raster."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

import numpy as np

from .encode import Encoding, encode
from .errors import ParameterError, ServiceError
from .export import draw
from .functions import Block, Window
from .lerc import lerc2
from .multidimensional import variable_statistics
from .parameters import Parameters
from .query import catalog_of, feature
from .service import ImageService
from .spatial import wkt
from .wire import Response

_SWATCH = Window(0.0, 20.0, 1.0, 1.0, 20, 20)


def legend(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """Red, green and blue of three bands, the ends of a single band, or the classes of a colormap."""
    block = service.described(service.rendering_rule(parameters))
    bands = parameters.integers("bandIds")
    if bands and not all(0 <= band < block.band_count for band in bands):
        raise ParameterError(f"Parameter 'bandIds' must be between 0 and {block.band_count - 1}.")
    block = block.bands(bands) if bands else block
    names = _class_names(_table(service, parameters))
    if block.colormap:
        kind = "Unique Values"
        entries = [(names.get(value, str(value)), color) for value, color in block.colormap.items()]
    elif block.band_count >= 3:
        colors = (("Red", (255, 0, 0)), ("Green", (0, 255, 0)), ("Blue", (0, 0, 255)))
        kind = "RGB Composite"
        entries = [(f"{color}: {name}", rgb) for (color, rgb), name in zip(colors, block.band_names)]
    else:
        low, high = block.statistics[0].minimum, block.statistics[0].maximum
        if service.variables:
            variable = parameters.text("variable") or service.variables[0].name
            ends = variable_statistics(service, variable)
            low, high = ends["min"], ends["max"]
        kind = "Stretched"
        entries = [(f"High : {high:g}", (255, 255, 255)), (f"Low : {low:g}", (0, 0, 0))]
    layer = {
        "layerId": 0,
        "layerName": service.name.split("/")[-1],
        "layerType": "Raster Layer",
        "minScale": 0,
        "maxScale": 0,
        "legendType": kind,
        "legend": [_entry(number, label, color) for number, (label, color) in enumerate(entries)],
    }
    return {"layers": [layer]}


def _class_names(table: Mapping[str, object] | None) -> dict[int, str]:
    """The names of the values in an attribute table: those in the first column of text."""
    rows = [row["attributes"] for row in (table or {"features": []})["features"]]  # type: ignore[attr-defined]
    return {row["Value"]: next(text for text in row.values() if isinstance(text, str)) for row in rows}


def _table(service: ImageService, parameters: Parameters) -> Mapping[str, object] | None:
    """The attribute table of the service, or of the published function that `renderingRule` names."""
    rendering = parameters.mapping("renderingRule")
    if rendering is None:
        return service.attribute_table
    return service.function_tables.get(str(rendering.get("rasterFunction")))


def _entry(number: int, label: str, color: tuple[int, int, int]) -> dict[str, object]:
    pixels = np.broadcast_to(np.array(color, dtype=np.uint8)[:, np.newaxis, np.newaxis], (3, 20, 20))
    block = Block(pixels, np.ones(pixels.shape, dtype=bool), "U8", ("Red", "Green", "Blue"))
    image = encode(block, None, _SWATCH, "", Encoding("png32"))
    return {
        "label": label,
        "url": f"swatch_{number}",
        "imageData": base64.b64encode(image.data).decode(),
        "contentType": image.content_type,
        "height": 20,
        "width": 20,
    }


def attribute_table(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """The raster attribute table of the service, or of the published function that `renderingRule` names."""
    table = _table(service, parameters)
    if table is None:
        raise ServiceError(400, "The image service has no raster attribute table.")
    return dict(table)


def colormap(service: ImageService, parameters: Parameters) -> dict[str, object]:
    colors = service.described(service.rendering_rule(parameters)).colormap
    if colors is None:
        raise ServiceError(400, "The image service has no colormap.")
    return {"colormap": [[value, *color] for value, color in colors.items()]}


def key_properties(service: ImageService) -> dict[str, object]:
    """The wavelengths of the bands, in nanometers, where they are known."""
    if not service.band_properties:
        return {}
    return {"BandProperties": [dict(band) for band in service.band_properties]}


def statistics(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """Those of the bands, or of one variable."""
    if parameters.text("variable"):
        return {"statistics": [variable_statistics(service, parameters.text("variable"))]}
    bands = service.described(service.rendering_rule(parameters)).statistics
    return {
        "statistics": [
            {"min": band.minimum, "max": band.maximum, "mean": band.mean, "standardDeviation": band.standard_deviation}
            for band in bands
        ]
    }


def catalog_item(service: ImageService, object_id: int) -> dict[str, object]:
    """One raster of the mosaic (`…/ImageServer/<id>`): its record and footprint."""
    catalog = catalog_of(service)
    positions = catalog.with_ids([object_id], np.arange(len(catalog)))
    if not len(positions):
        raise ServiceError(400, f"The raster {object_id} does not exist.")
    item = catalog.item(int(positions[0]))
    return feature(item.attributes, item.footprint, list(catalog.types), service.reference, service.reference)


def thumbnail(service: ImageService) -> Response:
    """The picture that was published with a service, 200 × 133 pixels; an error where there is none, as with ArcGIS."""
    if not service.thumbnail_function:
        raise ServiceError(404, "Thumbnail not available.")
    columns, rows = 200, 133
    grid = service.grid
    cell = max((grid.xmax - grid.xmin) / columns, (grid.ymax - grid.ymin) / rows)
    return _drawn(service, Window(grid.xmin, grid.ymax, cell, cell, columns, rows), service.thumbnail_function)


def tile(service: ImageService, place: tuple[str, ...]) -> Response:
    """A tile of the cache, `/tile/<level>/<row>/<column>`; HTTP status 404 where there is none."""
    scheme = service.tiles
    if scheme is None or len(place) != 3 or not all(part.isdigit() for part in place):
        return Response(b"", "text/html", 404)
    level, row, column = (int(part) for part in place)
    if level >= len(scheme.resolutions) or (level, row, column) in scheme.missing:
        return Response(b"", "text/html", 404)
    resolution = scheme.resolutions[level]
    (x, y), span = scheme.origin, scheme.size * resolution
    window = Window(x + column * span, y - row * span, resolution, resolution, scheme.size, scheme.size)
    extent = service.extent
    if (
        window.xmin >= extent.xmax
        or window.xmax <= extent.xmin
        or window.ymin >= extent.ymax
        or window.ymax <= extent.ymin
    ):
        return Response(b"", "text/html", 404)
    return _values(service, window, scheme.lerc) if scheme.lerc else _drawn(service, window, "")


def _values(service: ImageService, window: Window, version: int) -> Response:
    """A LERC of a window in the service's own reference."""
    nothing = Parameters({})
    block = draw(service, nothing, window, dict(service.reference), None)
    return Response(lerc2(block.pixels, np.logical_and.reduce(block.valid), version), "application/octet-stream")


def _drawn(service: ImageService, window: Window, function: str) -> Response:
    """A PNG of a window in the service's own reference."""
    nothing = Parameters({})
    rule = json.dumps({"rasterFunction": function})
    rendering = service.rendering_rule(Parameters({"renderingRule": rule}) if function else nothing)
    block = draw(service, nothing, window, dict(service.reference), rendering)
    block.statistics = service.described(rendering).statistics
    image = encode(block, None, window, wkt(service.reference), Encoding("png32"))
    return Response(image.data, image.content_type)
