"""What is chosen in the form is what the layer keeps, and what goes to the server: every option, whole requests."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRectangle

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.arcgis_arguments import processing_template
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from image_server_layer.tests.drawing import drawn
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import OPTIONS, added, idle, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.form.layer_form import LayerForm

WHOLE = Extent(288776.25, 9110728.75, 298722.75, 9120760.75)
CHAIN = '{"rasterFunction":"Stretch","rasterFunctionArguments":{"StretchType":5,"Min":0,"Max":255}}'
# The 64 × 64 cells in the middle, which are looked at before a layer is made: 142 columns and 144 rows from the edge of
# the service, and 68 of each from that of the extent.
MIDDLE_OF_SERVICE = "292823.25,9114832.75,294647.25,9116656.75"
MIDDLE_OF_EXTENT = "292040.0,9114040.0,293960.0,9115960.0"
VALUES: dict[str, Any] = {
    "size": "64,64",
    "bboxSR": "31985",
    "imageSR": "31985",
    "adjustAspectRatio": "false",
    "compression": "LZ77",
    "format": "tiff",
    "f": "image",
}
BY_ATTRIBUTE = replace(
    OPTIONS,
    ascending=False,
    mosaic_operation=MosaicOperation.MEAN,
    interpolation=Interpolation.BILINEAR,
    nodata=(0, 1, 2),
    nodata_matches_all=False,
)
BY_DATE = LayerOptions(
    mosaic_method=MosaicMethod.ATTRIBUTE, order_field="AcquisitionDate", order_base_value="2000/05/09 12:00:00"
)
LOCKED = LayerOptions(
    bands=(2,),
    processing_template=ProcessingTemplate("NaturalColor"),
    mosaic_method=MosaicMethod.LOCK_RASTER,
    lock_raster_ids=(3, 1),
)
PICTURE = LayerOptions(
    bands=(3, 2, 1),
    processing_template=processing_template(CHAIN),
    mosaic_method=MosaicMethod.VIEWPOINT,
    viewpoint=(293000.5, 9115000),
    nodata=(0,),
    nodata_matches_all=True,
    compression_quality=80,
)


def taken(form: LayerForm, server: ImageServerProcess, options: LayerOptions, kind: Kind | None = None) -> None:
    form.take(SavedOptions(server.service(LANDSAT), options, kind))
    wait_until(lambda: settled(form))
    assert form.problem() == ""


@pytest.mark.parametrize("options", [LayerOptions(), BY_ATTRIBUTE, BY_DATE, LOCKED, PICTURE])
def test_options_go_into_the_form_and_come_out_as_they_were(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject, options: LayerOptions
) -> None:
    taken(form, image_server, options)
    assert form.options() == options
    added(form, project)
    (layer,) = project.mapLayers().values()
    assert options_of(layer) == options


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (LayerOptions(), {"bbox": MIDDLE_OF_SERVICE}),
        (
            BY_ATTRIBUTE,
            {
                "bbox": MIDDLE_OF_EXTENT,
                "bandIds": "3,2,1",
                "noData": "0,1,2",
                "noDataInterpretation": "esriNoDataMatchAny",
                "interpolation": "RSP_BilinearInterpolation",
                "mosaicRule": {
                    "mosaicMethod": "esriMosaicAttribute",
                    "where": "CloudCover < 50",
                    "sortField": "CloudCover",
                    "sortValue": 0,
                    "ascending": False,
                    "mosaicOperation": "MT_MEAN",
                },
            },
        ),
        (
            LOCKED,
            {
                "bbox": MIDDLE_OF_SERVICE,
                "bandIds": "1",
                "renderingRule": {"rasterFunction": "NaturalColor"},
                "mosaicRule": {
                    "mosaicMethod": "esriMosaicLockRaster",
                    "lockRasterIds": [3, 1],
                    "mosaicOperation": "MT_FIRST",
                },
            },
        ),
    ],
)
def test_pixel_values_are_asked_for_as_chosen(
    form: LayerForm,
    image_server: ImageServerProcess,
    project: QgsProject,
    options: LayerOptions,
    expected: dict[str, Any],
) -> None:
    taken(form, image_server, options, Kind.VALUES)
    image_server.clear()
    added(form, project)
    request = image_server.requests(operation="exportImage")[0]
    assert {name: _read(value) for name, value in request.query.items()} == {**VALUES, **expected}
    (layer,) = project.mapLayers().values()
    extent, size = ((*options.extent,), (200, 200)) if options.extent else ((*WHOLE,), (349, 352))
    box = layer.extent()
    assert (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()) == extent
    assert (layer.width(), layer.height()) == size


def test_a_picture_is_asked_for_as_chosen(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    taken(form, image_server, PICTURE, Kind.PICTURE)
    added(form, project)
    (layer,) = project.mapLayers().values()
    image_server.clear()
    pixels, errors = drawn(layer, QgsRectangle(290000, 9112000, 296000, 9118000), (200, 200))
    let_pass(0.1)
    assert errors == []
    assert pixels[3].min() == 255
    (request,) = image_server.requests(operation="exportImage")
    assert {name: _read(value) for name, value in request.query.items()} == {
        "bbox": "290000.0,9112000.0,296000.0,9118000.0",
        "size": "200,200",
        "bboxSR": "31985",
        "imageSR": "31985",
        "adjustAspectRatio": "false",
        "format": "jpgpng",
        "transparent": "true",
        "bandIds": "2,1,0",
        "noData": "0",
        "noDataInterpretation": "esriNoDataMatchAll",
        "compressionQuality": "80",
        "renderingRule": json.loads(CHAIN),
        "mosaicRule": {
            "mosaicMethod": "esriMosaicViewpoint",
            "viewpoint": {"x": 293000.5, "y": 9115000, "spatialReference": {"wkid": 31985}},
            "mosaicOperation": "MT_FIRST",
        },
        "f": "image",
    }


def test_the_server_is_asked_as_is_set_now(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject
) -> None:
    """Referer and timeout can be changed without connecting anew."""
    taken(form, image_server, LayerOptions())
    wait_until(idle)
    form._advanced.referer_edit.setText("https://portal.example.org/")
    form._advanced.referer_edit.editingFinished.emit()
    form._advanced.timeout_box.setValue(77)
    request = form.request()
    assert request is not None
    assert (request.access.referer, request.access.timeout) == ("https://portal.example.org/", 77)
    wait_until(idle)
    image_server.clear()
    added(form, project)
    asked = image_server.requests()
    assert asked
    assert {request.headers.get("referer") for request in asked} == {"https://portal.example.org/"}


def _read(value: str) -> Any:
    return json.loads(value) if value.startswith("{") else value
