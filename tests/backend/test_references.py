"""Spatial references: what the layer's CRS is, what GDAL reads in the source, and what the server is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import osr
from qgis.core import QgsCoordinateReferenceSystem

from image_server_layer import make_image_server_layer
from image_server_layer.tests.backend.references import (
    CODES,
    TEXTS,
    published_text,
    sent_references,
    take_reference_away,
)
from image_server_layer.tests.reading import gdal_dataset, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import Array, ramps

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize(("service", "authid", "sent"), CODES)
def test_a_code_is_the_layers_crs_and_goes_out_as_the_service_has_it(
    image_server: ImageServerProcess, service: str, authid: str, sent: str
) -> None:
    layer = make_image_server_layer(image_server.service(service))
    assert layer.crs().authid() == authid
    dataset = gdal_dataset(layer)
    assert QgsCoordinateReferenceSystem.fromWkt(dataset.GetProjection()).authid() == authid
    # From inside the overviews too, as GDAL sends it.
    qgis_pixels(layer, size=(20, 20))
    assert sent_references(image_server) == [(sent, sent), (sent, sent)]


def _reference(wkt: str) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    return reference


@pytest.mark.parametrize(("service", "file", "pixels"), TEXTS)
def test_a_text_alone_is_the_layers_crs_and_goes_out_letter_by_letter(
    image_server: ImageServerProcess, service: str, file: str, pixels: Callable[[], Array]
) -> None:
    published = published_text(file)
    reference = _reference(published)
    layer = make_image_server_layer(image_server.service(service))
    assert layer.crs().isValid()
    criteria = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT"]
    gdal_wkt = QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL
    assert _reference(layer.crs().toWkt(gdal_wkt)).IsSame(reference, criteria)
    assert _reference(gdal_dataset(layer).GetProjection()).IsSame(reference, criteria)
    np.testing.assert_array_equal(gdal_pixels(layer), pixels())
    sent = json.dumps({"wkt": published}, separators=(",", ":"))
    assert sent_references(image_server) == [(sent, sent), (sent, sent)]


def test_a_service_without_a_reference_still_has_its_pixels(image_server: ImageServerProcess) -> None:
    take_reference_away(image_server)
    layer = make_image_server_layer(image_server.service("Test/FourBands"))
    assert not layer.crs().isValid()
    np.testing.assert_array_equal(qgis_pixels(layer), ramps(4))
    assert sent_references(image_server) == [(None, None), (None, None)]
