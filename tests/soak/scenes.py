"""The layers of the soak: both kinds, open and secured, large and small; and what some of them must show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import numpy as np
import numpy.typing as npt
from qgis.core import Qgis, QgsApplication, QgsAuthMethodConfig, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtGui import QImage

from ..desktop.stage import rgb
from ..imageserver.security import PASSWORD, TOKEN, USER

Array = npt.NDArray[Any]

#: Short enough for a main thread that asks a server that hangs.
TIMEOUT = 5
_PICTURE_BANDS = 4
_DTYPES = {
    Qgis.DataType.Byte: np.uint8,
    Qgis.DataType.UInt16: np.uint16,
    Qgis.DataType.Int16: np.int16,
    Qgis.DataType.Float32: np.float32,
}


@dataclass(frozen=True)
class Scene:
    """A layer: its name, the service, and the arguments of `make_image_server_layer` after the address.

    `credentials` names the method of the authentication configuration. `truth` names what it must show.
    """

    name: str
    service: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    credentials: str = ""
    truth: str = ""


_RAW = {"processing_template": "None", "mosaic_method": "NORTH_WEST"}
SCENES = (
    Scene("Landsat", "Olinda/Landsat", {"kind": "values", **_RAW}, truth="landsat"),
    Scene("Landsat picture", "Olinda/Landsat", {"kind": "picture", **_RAW}, truth="landsat picture"),
    Scene("Natural color", "Olinda/Landsat", {"kind": "values"}),
    Scene("Natural color picture", "Olinda/Landsat", {"kind": "picture"}),
    Scene("NDVI", "Olinda/Landsat", {"kind": "values", "processing_template": "NDVI"}),
    Scene("NDVI picture", "Olinda/Landsat", {"kind": "picture", "processing_template": "NDVI"}),
    Scene("Around the view", "Olinda/Landsat", {"kind": "values", "mosaic_method": "CLOSEST_TO_CENTER"}),
    Scene("Around the view picture", "Olinda/Landsat", {"kind": "picture", "mosaic_method": "CLOSEST_TO_CENTER"}),
    Scene("Cells of 300 m", "Olinda/Landsat", {"kind": "values", "cell_size": 300}),
    Scene("Elevation", "Olinda/Elevation", {"kind": "values", "processing_template": "None"}, truth="elevation"),
    Scene("Hillshade", "Olinda/Elevation", {"kind": "values", "processing_template": "Hillshade"}),
    Scene("Hillshade picture", "Olinda/Elevation", {"kind": "picture", "processing_template": "Hillshade"}),
    Scene("Land cover", "PuertoRico/LandCover", {"kind": "values"}, truth="land cover"),
    Scene("Land cover picture", "PuertoRico/LandCover", {"kind": "picture"}),
    Scene("Huge", "Test/Huge", {"kind": "values"}),
    Scene("Huge picture", "Test/Huge", {"kind": "picture"}),
    Scene("Secured", "Test/Secured", {"kind": "values"}, credentials="EsriToken"),
    Scene("Secured picture", "Test/Secured", {"kind": "picture"}, credentials="EsriToken"),
    Scene("Web tier", "Test/SecuredWebTier", {"kind": "values"}, credentials="Basic"),
    Scene("Web tier picture", "Test/SecuredWebTier", {"kind": "picture"}, credentials="Basic"),
)


class Credentials:
    """The authentication configurations of the scenes, in the throw-away profile of this QGIS."""

    def __init__(self) -> None:
        manager = QgsApplication.authManager()
        assert manager.setMasterPassword("for this run only", True)
        self._ids = {
            "": None,
            "EsriToken": _stored("EsriToken", token=TOKEN),
            "Basic": _stored("Basic", username=USER, password=PASSWORD),
        }

    def of(self, scene: Scene) -> str | None:
        """Return the id of the configuration that a scene needs."""
        return self._ids[scene.credentials]


def _stored(method: str, **values: str) -> str:
    config = QgsAuthMethodConfig(method)
    config.setName(method)
    for key, value in values.items():
        config.setConfig(key, value)
    stored = QgsApplication.authManager().storeAuthenticationConfig(config)
    # QGIS 3.22 answers with a pair.
    assert all(stored) if isinstance(stored, tuple) else stored
    return config.id()


@dataclass(frozen=True)
class Look:
    """What a script sees of a layer: how many pixels are shown, and how many of these are wrong."""

    shown: int
    wrong: int


def look(layer: QgsRasterLayer, extent: QgsRectangle, expected: Array) -> Look:
    """Read an extent of a layer through its provider, and compare it with (bands, rows, columns).

    What is not drawn is not wrong: no data, or what is transparent in a picture.
    """
    rows, columns = expected.shape[1:]
    blocks = [layer.dataProvider().block(band, extent, columns, rows) for band in range(1, layer.bandCount() + 1)]
    found = [np.frombuffer(bytes(block.data()), _DTYPES[block.dataType()]).reshape(rows, columns) for block in blocks]
    is_picture = len(found) == _PICTURE_BANDS and len(expected) < _PICTURE_BANDS
    drawn = found[-1] > 0 if is_picture else np.ones((rows, columns), bool)
    shown = wrong = 0
    for block, pixels, truth in zip(blocks, found, expected):
        differing = np.argwhere((pixels != truth) & drawn)
        missing = sum(block.isNoData(int(row), int(column)) for row, column in differing)
        wrong += len(differing) - missing
        shown += int(drawn.sum()) - missing
    return Look(shown, wrong)


def cells(layer: QgsRasterLayer, left: int, top: int, columns: int, rows: int) -> QgsRectangle:
    """Return the extent of some of a layer's own cells."""
    whole, x, y = layer.extent(), layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    xmin, ymax = whole.xMinimum() + left * x, whole.yMaximum() - top * y
    return QgsRectangle(xmin, ymax - rows * y, xmin + columns * x, ymax)


def drawn_by_server(url: str, layer: QgsRasterLayer, reference: int, parameters: Mapping[str, object]) -> Array:
    """Return (3, rows, columns): the picture of a whole layer in its own cells, asked for by hand."""
    extent = layer.extent()
    corners = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    query = {
        "f": "image",
        "format": "png32",
        "bbox": ",".join(map(repr, corners)),
        "bboxSR": reference,
        "imageSR": reference,
        "size": f"{layer.width()},{layer.height()}",
        **{key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()},
    }
    with urlopen(f"{url}/exportImage?{urlencode(query)}") as answer:  # noqa: S310 - an address of our own
        return np.moveaxis(rgb(QImage.fromData(bytes(answer.read()))), 2, 0)
