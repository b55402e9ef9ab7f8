"""A style that comes from another layer brings its look, and nothing of what that layer remembers of itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtXml import QDomDocument

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import apply_plan, edit_request, provider_of
from image_server_layer.plugin.layer.footprint_layer import RasterList, mark_raster_list, raster_list_of
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.options.layer_options import LayerOptions

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture(autouse=True)
def _started(project: QgsProject) -> Iterator[None]:
    image_server_layer.start()
    yield
    project.clear()
    image_server_layer.stop()


def paste_style(of: QgsMapLayer, into: QgsMapLayer) -> None:
    """Do what *Copy Style* and *Paste Style* do."""
    style = QDomDocument()
    of.exportNamedStyle(style)
    assert into.importNamedStyle(style)[0]


def test_a_pasted_style_changes_nobody_who_draws_the_layer(
    image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    live = make_image_server_layer(image_server.service("Olinda/Landsat"), "live")
    ordinary = make_image_server_layer(image_server.service("Olinda/Elevation"), "ordinary", provider="gdal")
    style = QDomDocument()
    live.exportNamedStyle(style)
    paste_style(ordinary, live)
    assert type(live.renderer()) is type(ordinary.renderer())
    assert ordinary.importNamedStyle(style)[0]
    assert (provider_of(live), provider_of(ordinary)) == (None, Provider.GDAL)
    path = str(tmp_path / "map.qgs")
    assert project.write(path)
    del live, ordinary
    assert project.read(path)
    drawn_by = {layer.name(): layer.providerType() for layer in project.mapLayers().values()}
    assert drawn_by == {"live": "imageserver", "ordinary": "gdal"}


def test_after_a_pasted_style_an_edit_still_tells_what_the_user_wrote(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), "Coast", where_clause="OBJECTID = 3")
    other = make_image_server_layer(image_server.service("Olinda/Elevation"))
    metadata = layer.metadata()
    metadata.setRights(["My own words"])
    layer.setMetadata(metadata)
    assert "OBJECTID = 3" in layer.metadata().abstract()
    paste_style(other, layer)
    wanted = edit_request(layer, QgsProject.instance(), LayerOptions(where="OBJECTID = 4"))
    apply_plan(layer, plan_layer(wanted))
    assert "OBJECTID = 4" in layer.metadata().abstract()
    assert "OBJECTID = 3" not in layer.metadata().abstract()
    assert layer.metadata().rights() == ["My own words"]


def test_other_properties_come_with_a_style(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    other = make_image_server_layer(image_server.service("Olinda/Elevation"))
    other.setCustomProperty("somebody/else", "7")
    paste_style(other, layer)
    assert layer.customProperty("somebody/else") == "7"


def test_footprints_stay_those_of_their_service(project: QgsProject) -> None:
    layers = []
    for name in ("A", "B"):
        layer = QgsVectorLayer("Polygon?crs=EPSG:4326&field=OBJECTID:integer", name, "memory")
        mark_raster_list(layer, RasterList(f"https://host/arcgis/rest/services/{name}/ImageServer", "OBJECTID"))
        project.addMapLayer(layer)
        layers.append(layer)
    paste_style(*layers)
    listed = raster_list_of(layers[1])
    assert listed is not None
    assert listed.service_url == "https://host/arcgis/rest/services/B/ImageServer"


def test_a_layer_that_is_no_image_server_layer_gets_none_of_it(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    from image_server_layer.tests.imageserver.data import DATA

    foreign = QgsRasterLayer(str(DATA / "landsat7_olinda.tif"), "file")
    project.addMapLayer(foreign)
    paste_style(make_image_server_layer(image_server.service("Olinda/Landsat"), provider="gdal"), foreign)
    assert not [key for key in foreign.customPropertyKeys() if "image_server_layer/" in key]
