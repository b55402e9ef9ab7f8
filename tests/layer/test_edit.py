"""A layer is changed in place: nothing of it is lost but what the change is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsLayerMetadata,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtGui import QPainter

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.edit import Edited, apply_plan, edit_request, frozen_at, options_of, source_of
from image_server_layer.plugin.layer.kind import Provider
from image_server_layer.plugin.layer.own_properties import write_property
from image_server_layer.plugin.layer.plan import plan_layer
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import REFERER, TOKEN
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import BY_ID, landsat_extent, mosaic

LANDSAT = "Olinda/Landsat"
Make = Callable[..., QgsRasterLayer]


@pytest.fixture
def make(image_server: ImageServerProcess, project: QgsProject) -> Make:
    """Return a function that makes a layer of the Landsat mosaic, in the project."""
    assert not project.mapLayers()

    def made(**arguments: Any) -> QgsRasterLayer:
        return make_image_server_layer(image_server.service(LANDSAT), "Coast", **arguments)

    return made


@pytest.fixture
def authcfg(stored: Store) -> str:
    """Return the id of stored credentials for the services that want a token."""
    return stored("EsriToken", {"token": TOKEN})


def edited(layer: QgsRasterLayer, options: LayerOptions) -> Edited:
    """Change a layer to other options."""
    return apply_plan(layer, plan_layer(edit_request(layer, QgsProject.instance(), options)))


def options(layer: QgsRasterLayer) -> LayerOptions:
    found = options_of(layer)
    assert found is not None
    return found


@pytest.mark.parametrize("provider", ["imageserver", "gdal"])
@pytest.mark.parametrize("kind", ["values", "picture"])
def test_everything_of_the_layer_stays_but_its_pixels(
    make: Make, project: QgsProject, kind: str, provider: str
) -> None:
    layer = make(kind=kind, provider=provider, mosaic_method="NONE", processing_template="None", band_index="1;2;3")
    other = make(kind="picture")
    layer_id, order = layer.id(), [node.layerId() for node in project.layerTreeRoot().findLayers()]
    layer.setName("My coast")
    layer.setOpacity(0.5)
    layer.setBlendMode(QPainter.CompositionMode.CompositionMode_Multiply)
    layer.setCustomProperty("mine", "kept")
    renderer = layer.renderer()
    renderer.setOpacity(0.25)
    chosen = replace(options(layer), mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7, 5))
    assert edited(layer, chosen) == Edited(keeps_style=True)
    assert options(layer) == chosen
    assert (layer.id(), layer.name(), layer.opacity(), layer.providerType()) == (layer_id, "My coast", 0.25, provider)
    assert layer.blendMode() == QPainter.CompositionMode.CompositionMode_Multiply
    assert layer.customProperty("mine") == "kept"
    assert [node.layerId() for node in project.layerTreeRoot().findLayers()] == order
    source = source_of(layer)
    assert source is not None
    assert source.kind is Kind(kind)
    assert other.isValid()
    if kind == "values":
        np.testing.assert_array_equal(qgis_pixels(layer), mosaic((7, 5))[:3])


def test_the_service_is_asked_as_before(image_server: ImageServerProcess, project: QgsProject, authcfg: str) -> None:
    url = image_server.service("Test/SecuredReferer")
    layer = make_image_server_layer(url, authcfg=authcfg, referer=REFERER, timeout=17)
    request = edit_request(layer, project, LayerOptions())
    assert request.access == Access(authcfg, REFERER, 17)
    assert (request.kind, request.provider) == (Kind.VALUES, None)
    image_server.clear()
    assert edited(layer, LayerOptions(bands=(1,))).keeps_style is False
    assert {request.status for request in image_server.requests()} == {200}
    source = source_of(layer)
    assert source is not None
    assert source.access == Access(authcfg, REFERER, 17)


def test_a_gdal_layer_stays_one(make: Make, project: QgsProject) -> None:
    request = edit_request(make(provider="gdal"), project, LayerOptions())
    assert request.provider is Provider.GDAL


def test_the_extent_follows_the_options(make: Make) -> None:
    layer = make()
    assert layer.extent() == QgsRectangle(*landsat_extent(0, 0, 349, 352))
    part = Extent(*landsat_extent(10, 20, 30, 40))
    edited(layer, LayerOptions(extent=part))
    assert layer.extent() == QgsRectangle(*part)
    assert (layer.width(), layer.height()) == (30, 40)
    edited(layer, LayerOptions())
    assert layer.extent() == QgsRectangle(*landsat_extent(0, 0, 349, 352))


def test_the_description_follows_the_options(make: Make) -> None:
    layer = make(where_clause="OBJECTID = 4")
    assert "Where clause: OBJECTID = 4" in layer.metadata().abstract()
    edited(layer, LayerOptions(where="OBJECTID = 3", order_field="Best"))
    assert "Where clause: OBJECTID = 3" in layer.metadata().abstract()
    assert "OBJECTID = 4" not in layer.metadata().abstract()
    (note,) = layer.customProperty("image_server_layer/notes")
    assert "has no effect" in note
    edited(layer, LayerOptions())
    assert layer.customProperty("image_server_layer/notes") == []


def test_what_the_user_wrote_into_the_metadata_stays(make: Make) -> None:
    layer = make()
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setAbstract("My own words")
    metadata.setKeywords({"theme": ["coast"]})
    layer.setMetadata(metadata)
    edited(layer, LayerOptions(where="OBJECTID = 3"))
    assert layer.metadata().abstract() == "My own words"
    assert layer.metadata().keywords() == {"theme": ["coast"]}
    assert layer.metadata().title() == LANDSAT
    assert [link.url for link in layer.metadata().links()] == [
        source.service_url for source in [source_of(layer)] if source
    ]


@pytest.mark.parametrize("written", ["[" * 50_000, "9" * 5000, "7", "{"], ids=["deep", "a long number", "7", "broken"])
def test_what_a_strangers_project_says_was_written_is_no_obstacle(make: Make, written: str) -> None:
    layer = make()
    write_property(layer, "_image_server_layer/described", written)
    edited(layer, LayerOptions(where="OBJECTID = 3"))
    assert options(layer).where == "OBJECTID = 3"
    assert layer.metadata().title() == LANDSAT


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        (LayerOptions(bands=(4,)), QgsSingleBandGrayRenderer),
        (LayerOptions(bands=(4, 3, 2)), QgsMultiBandColorRenderer),
        (LayerOptions(processing_template=ProcessingTemplate("NDVI")), QgsSingleBandGrayRenderer),
    ],
)
def test_a_style_of_bands_that_are_gone_gives_way_to_that_of_the_service(
    make: Make, changed: LayerOptions, kind: type
) -> None:
    layer = make()
    layer.renderer().setOpacity(0.5)
    assert edited(layer, changed) == Edited(keeps_style=False)
    assert isinstance(layer.renderer(), kind)
    assert layer.opacity() == 0.5
    assert all(number <= layer.bandCount() for number in layer.renderer().usesBands())


def test_a_layer_can_be_edited_into_what_it_was(make: Make) -> None:
    layer = make(mosaic_method="NONE", processing_template="None")
    before, source = options(layer), layer.source()
    edited(layer, LayerOptions(bands=(4,), lock_raster_ids=(3,)))
    edited(layer, before)
    assert layer.source() == source
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(BY_ID))


def test_a_copy_from_another_project_can_be_edited(make: Make, project: QgsProject) -> None:
    copy = make(lock_rasterid=3).clone()
    project.clear()
    project.addMapLayer(copy)
    edited(copy, replace(options(copy), lock_raster_ids=(5,)))
    np.testing.assert_array_equal(qgis_pixels(copy), mosaic((5,)))


def test_frozen_options_look_from_one_point() -> None:
    chosen = LayerOptions(mosaic_method=MosaicMethod.CENTER, where="Best < 70")
    assert frozen_at(chosen, 1, 2) == LayerOptions(
        mosaic_method=MosaicMethod.VIEWPOINT, viewpoint=(1, 2), where="Best < 70"
    )


def test_other_layers_have_no_options(project: QgsProject) -> None:
    del project
    assert options_of(QgsRasterLayer("/nowhere.tif", "other")) is None
