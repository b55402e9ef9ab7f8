"""The project: what is added to it, and that a saved one shows the same numbers where there is no plugin."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsProject

from image_server_layer import make_image_server_layer
from image_server_layer.tests.layer.without_plugin import seen_without_plugin
from image_server_layer.tests.reading import Array, qgis_pixels
from image_server_layer.tests.truth import BY_ID, elevation, land_cover, mosaic, ramps, typed

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

LAYERS: dict[str, tuple[str, dict[str, Any]]] = {
    "locked": ("Olinda/Landsat", {"band_index": "4;2", "lock_rasterid": "7;'20010805'"}),
    "where": ("Olinda/Landsat", {"mosaic_method": "None", "where_clause": "Name <> 'é|option:a=b &amp; \"%7C\" ]]>'"}),
    "elevation": ("Olinda/Elevation", {}),
    "classes": ("PuertoRico/LandCover", {}),
    "signed bytes": ("Test/S8", {}),
    "old server": ("Test/Version93", {}),
    "odd names": ("Test/FourBands", {}),
}


def _hash(pixels: Array, numpy_type: type) -> list[str]:
    return [hashlib.sha256(band.astype(numpy_type).tobytes()).hexdigest() for band in pixels]


@pytest.mark.parametrize("file", ["map.qgs", "mapa são & salvo.qgz"])
def test_a_saved_project_shows_the_same_numbers_without_the_plugin(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, file: str
) -> None:
    odd_names = ["a|option:X=Y", 'b " & <c>', "ção", "|layername=x"]
    image_server.patch("Test/FourBands", {"bandNames": odd_names})
    layers = {
        name: make_image_server_layer(image_server.service(service), name, **arguments)
        for name, (service, arguments) in LAYERS.items()
    }
    path = tmp_path / file
    assert project.write(str(path))
    image_server.clear()
    found = seen_without_plugin(path)

    assert {request.operation for request in image_server.requests()} == {"exportImage"}
    assert set(found) == set(LAYERS)
    assert all(layer["valid"] for layer in found.values())
    assert {name: layer["pixels"] for name, layer in found.items()} == {
        "locked": _hash(mosaic((7, 5))[[3, 1]], np.uint8),
        "where": _hash(mosaic(BY_ID), np.uint8),
        "elevation": _hash(elevation(), np.float32),
        "classes": _hash(land_cover(), np.uint8),
        "signed bytes": _hash(typed("S8"), np.int16),
        "old server": _hash(ramps(3), np.uint8),
        "odd names": _hash(ramps(4), np.uint16),
    }
    assert found["odd names"]["bands"] == [
        "Band 1: a|option:X=Y",
        'Band 2: b " & ‹c›',
        "Band 3: ção",
        "Band 4: |layername=x",
    ]
    assert found["elevation"]["nodata"] == [-9999]
    assert found["classes"]["nodata"] == [0]
    assert found["classes"]["renderer"] == "paletted"
    assert found["where"]["renderer"] == "multibandcolor"
    assert found["locked"]["title"] == "Olinda/Landsat"
    for name, layer in layers.items():
        assert found[name]["extent"] == layer.extent().toString(9)
        assert found[name]["crs"] == layer.crs().toWkt()


def test_a_layer_is_added_once_and_the_project_asks_to_be_saved(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    project.setDirty(False)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast")
    assert project.mapLayers() == {layer.id(): layer}
    assert [node.name() for node in project.layerTreeRoot().findLayers()] == ["Coast"]
    assert project.isDirty()


def test_a_layer_need_not_be_added(image_server: ImageServerProcess, project: QgsProject) -> None:
    project.setDirty(False)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), add_to_project=False)
    assert not project.mapLayers()
    assert not project.isDirty()
    assert layer.isValid()
    np.testing.assert_array_equal(qgis_pixels(layer)[0].shape, (352, 349))


def test_layers_of_one_service_are_independent(image_server: ImageServerProcess, project: QgsProject) -> None:
    url = image_server.service("Olinda/Landsat")
    orders: list[tuple[int, ...]] = [(1,), (2,), (7, 5), BY_ID]
    layers = [make_image_server_layer(url, lock_rasterid=list(order)) for order in orders]
    assert len(project.mapLayers()) == 4
    for layer, order in zip(layers, orders):
        np.testing.assert_array_equal(qgis_pixels(layer), mosaic(order))
