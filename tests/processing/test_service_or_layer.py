"""Algorithms that ask a service take a layer's options, and what is given beside them goes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsApplication, QgsProcessingParameterDefinition, QgsProject, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.request import LayerRequest
from image_server_layer.plugin.layer.settle import settle
from image_server_layer.plugin.processing.service_or_layer import read_source
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.processing.running import CATALOG, SAMPLE, new_context

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def read(**parameters: Any) -> LayerRequest:
    return read_source(QgsApplication.processingRegistry().algorithmById(SAMPLE), parameters, new_context())


def made(server: ImageServerProcess, **options: Any) -> QgsRasterLayer:
    layer = make_image_server_layer(server.service("Olinda/Landsat"), **options)
    assert isinstance(layer, QgsRasterLayer)
    return layer


def test_a_layer_brings_its_options_its_kind_and_how_it_is_asked(image_server: ImageServerProcess) -> None:
    layer = made(
        image_server, where_clause="Best < 50", band_index="4;2", kind="picture", timeout=7, referer="http://r.test"
    )
    request = read(INPUT=layer, TIMEOUT=30)
    assert (request.kind, request.access.timeout, request.access.referer) == (Kind.PICTURE, 7, "http://r.test")
    options = settle(request).options
    assert (options.where, options.bands) == ("Best < 50", (4, 2))
    assert read(INPUT=layer, TIMEOUT=11).access.timeout == 11


def test_what_is_given_goes_before_the_layers_own(image_server: ImageServerProcess) -> None:
    layer = made(image_server, where_clause="Best < 50", band_index="4;2", interpolation="CUBIC")
    options = settle(read(INPUT=layer, WHERE_CLAUSE="Best > 50", BAND_INDEX="1")).options
    assert (options.where, options.bands, str(options.interpolation)) == ("Best > 50", (1,), "Interpolation.CUBIC")


def test_another_function_has_its_own_bands(image_server: ImageServerProcess) -> None:
    layer = made(image_server, band_index="6;2", nodata="0;1")
    options = settle(read(INPUT=layer, PROCESSING_TEMPLATE="NDVI")).options
    assert (options.bands, options.nodata) == (None, ())


def test_rasters_that_are_given_are_locked_whatever_the_layers_method(image_server: ImageServerProcess) -> None:
    layer = made(image_server, mosaic_method="NORTH_WEST")
    options = settle(read(INPUT=layer, LOCK_RASTERID="3")).options
    assert (options.mosaic_method, options.lock_raster_ids) in [(None, (3,)), (MosaicMethod.LOCK_RASTER, (3,))]


def test_an_arcgis_layer_of_qgis_itself_is_a_service_without_options(image_server: ImageServerProcess) -> None:
    uri = f"crs='EPSG:31985' format='PNG32' layer='' url='{image_server.service('Olinda/Landsat')}'"
    layer = QgsRasterLayer(uri, "other", "arcgismapserver")
    QgsProject.instance().addMapLayer(layer)
    assert settle(read(INPUT=layer)).options.is_default()


def test_credentials_in_the_address_are_refused_as_everywhere(image_server: ImageServerProcess) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(CATALOG)
    address = image_server.service("Test/Secured") + "?token=secret"
    fits, sentence = algorithm.checkParameterValues({"IN_IMAGE_SERVICE": address, "OUTPUT": "memory:"}, new_context())
    assert not fits
    assert "secret" not in sentence


@pytest.mark.parametrize("name", ["catalogtolayer", "rasterstable", "samplepoints", "zonalstatistics"])
def test_every_algorithm_says_what_it_is_for(name: str) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById(f"imageserver:{name}")
    assert algorithm.displayName()
    assert algorithm.shortDescription().endswith(".")
    assert algorithm.shortHelpString().startswith("<p>")
    address = algorithm.parameterDefinition("IN_IMAGE_SERVICE")
    assert address.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional
    assert not address.flags() & QgsProcessingParameterDefinition.Flag.FlagAdvanced
