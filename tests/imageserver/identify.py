"""The identify operation. Source: "Identify (Image Service)" of the REST reference."""

from __future__ import annotations

import numpy as np

from .errors import ParameterError
from .export import image_reference
from .functions import Block, Window
from .mosaic import draw, select
from .parameters import Parameters
from .pixels import extent_of
from .query import feature
from .service import ImageService
from .spatial import point


def identify(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """The pixel value at a point, after mosaic rule and rendering rule, and the rasters that lie there."""
    x, y = _location(service, parameters)
    rule = service.mosaic_rule(parameters)
    rendering = service.rendering_rule(parameters)
    cell_x, cell_y = pixel_size(service, parameters)
    window = Window(x - cell_x / 2, y + cell_y / 2, cell_x, cell_y, 1, 1)
    view = service.view(window)
    read = service.reader(rule, view)
    block = read(window) if rendering is None else service.evaluate(rendering, read, window)
    document: dict[str, object] = {
        "objectId": 0,
        "name": "Pixel",
        "value": _text(block, ", "),
        "location": {"x": x, "y": y, "spatialReference": dict(service.reference)},
        "properties": None,
        "catalogItems": None,
        "catalogItemVisibilities": [],
    }
    if service.catalog is None or not parameters.boolean("returnCatalogItems", True):
        return document
    target = service.reference if parameters.boolean("returnGeometry", True) else None
    place = np.array([[x]]), np.array([[y]])
    values, features = [], []
    for item in select(service.catalog, rule, view, extent_of(window), service.max_mosaic_image_count):
        pixels, valid = draw([item], rule, len(service.band_names), service.pixel_type, *place, "Nearest")
        if valid.all():
            values.append(_text(Block(pixels, valid, service.pixel_type, service.band_names), " "))
            fields = list(service.catalog.types)
            features.append(feature(item.attributes, item.footprint, fields, service.reference, target))
    document["properties"] = {"Values": values}
    document["catalogItems"] = {
        "objectIdFieldName": "OBJECTID",
        "spatialReference": dict(service.reference),
        "geometryType": "esriGeometryPolygon",
        "features": features,
    }
    document["catalogItemVisibilities"] = [1 if place == 0 else 0 for place in range(len(features))]
    return document


def _location(service: ImageService, parameters: Parameters) -> tuple[float, float]:
    if parameters.text("geometryType", "esriGeometryPoint") != "esriGeometryPoint":
        raise ParameterError("Parameter 'geometryType' must be esriGeometryPoint.")
    geometry: object
    if parameters.text("geometry").startswith("{"):
        geometry = parameters.mapping("geometry")
    else:
        geometry = dict(zip("xy", parameters.numbers("geometry")))
    return point(geometry, image_reference(service, parameters, "sr"), service.reference, "geometry")


def pixel_size(service: ImageService, parameters: Parameters) -> tuple[float, float]:
    """`pixelSize`: one number, two of them, or `{"x": …, "y": …}`; the service's own when it is not given."""
    if parameters.text("pixelSize").startswith("{"):
        return point(parameters.mapping("pixelSize"), service.reference, service.reference, "pixelSize")
    sizes = parameters.numbers("pixelSize") or (service.grid.cell_x, service.grid.cell_y)
    if len(sizes) > 2 or min(sizes) <= 0:
        raise ParameterError("Parameter 'pixelSize' must be one or two positive numbers.")
    return sizes[0], sizes[-1]


def _text(block: Block, separator: str) -> str:
    if not block.valid.any():
        return "NoData"
    return separator.join(
        _number(value) if known else "NoData" for value, known in zip(block.pixels[:, 0, 0], block.valid[:, 0, 0])
    )


def _number(value: np.generic) -> str:
    """A pixel as real servers write it: six significant digits in floating point."""
    return f"{value:.6g}" if np.issubdtype(value.dtype, np.floating) else str(value)
