"""A plain client of the image server: requests out, arrays and JSON back, nothing in between."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import requests
from osgeo import gdal, osr

from image_server_layer.tests.imageserver.process import ImageServerProcess

Array = npt.NDArray[Any]


def decoded(image: bytes) -> Array:
    """The bands of an image, shape (bands, rows, columns); a palette is looked up to red, green, blue and alpha."""
    path = f"/vsimem/{uuid4()}"
    gdal.FileFromMemBuffer(path, image)
    try:
        dataset = gdal.Open(path)
        pixels: Array = dataset.ReadAsArray().reshape(-1, dataset.RasterYSize, dataset.RasterXSize)
        table = dataset.GetRasterBand(1).GetColorTable()
        if table is None or dataset.GetDriver().ShortName == "GTiff":
            return pixels
        colors = np.array([table.GetColorEntry(index) for index in range(table.GetCount())])
        return np.moveaxis(colors[pixels[0]], 2, 0)
    finally:
        gdal.Unlink(path)


def projected(source: str, target: str, x: Array, y: Array) -> tuple[Array, Array]:
    """Points of one spatial reference in another; x is the easting or the longitude in both."""
    references = []
    for definition in (source, target):
        reference = osr.SpatialReference()
        reference.SetFromUserInput(definition)
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        references.append(reference)
    points = osr.CoordinateTransformation(*references).TransformPoints(np.column_stack([x, y]).tolist())
    return np.array(points)[:, 0], np.array(points)[:, 1]


class Client:
    """Requests to the services of a server; parameters that are no text are sent as JSON."""

    def __init__(self, server: ImageServerProcess) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False

    def get(self, service: str, operation: str = "", **parameters: object) -> requests.Response:
        url = self.server.service(service) + (f"/{operation}" if operation else "")
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        return self.session.get(url, params=texts, timeout=30)

    def json(self, service: str, operation: str = "", **parameters: object) -> Any:
        response = self.get(service, operation, **{"f": "json", **parameters})
        assert response.status_code == 200
        return response.json()

    def image(self, service: str, box: tuple[float, ...], size: tuple[int, int], **parameters: object) -> bytes:
        """The bytes of an exported image: TIFF without adjusting the box unless the parameters say otherwise."""
        given = {
            "bbox": ",".join(repr(float(side)) for side in box),
            "size": f"{size[0]},{size[1]}",
            "adjustAspectRatio": "false",
            "format": "tiff",
            "f": "image",
        }
        response = self.get(service, "exportImage", **{**given, **parameters})
        assert response.headers["Content-Type"].startswith("image/"), response.text
        return response.content

    def pixels(self, service: str, box: tuple[float, ...], size: tuple[int, int], **parameters: object) -> Array:
        return decoded(self.image(service, box, size, **parameters))

    def error(self, service: str, operation: str = "exportImage", **parameters: object) -> tuple[int, str]:
        """Code and words of the error that a request is answered with."""
        error = self.json(service, operation, **parameters)["error"]
        return error["code"], " ".join([error["message"], *error["details"]])
