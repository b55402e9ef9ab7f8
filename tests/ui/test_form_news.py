"""What the form shows once something has changed: the rasters of a service, its template, a layer, a configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer

from image_server_layer.plugin.layer.options_file import SavedOptions
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import RAW, ProcessingTemplate
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.forms import open_service, settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.ui.area.cell_size_field import CellSizeField
from image_server_layer.ui.bands.bands_section import BandsSection
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.function.function_section import FunctionSection
from image_server_layer.ui.mosaic.locked_rasters import LockedRasters
from image_server_layer.ui.mosaic.where_field import WhereField
from image_server_layer.ui.service.recent import RecentService, remember

NATURAL = (3, 2, 1)
RULE, FIRST_PAGE = "renderingRule", "resultOffset=0"


def answer(server: ImageServerProcess, match: str, body: dict[str, Any]) -> None:
    """Let the server answer something else to requests of a kind."""
    server.fault("status", match=match, status=200, body=json.dumps(body), content_type="application/json")


def rasters(*ids: int, more: bool) -> dict[str, Any]:
    features = [{"attributes": {"OBJECTID": number, "Name": f"raster {number}"}} for number in ids]
    return {"objectIdFieldName": "OBJECTID", "fields": [], "features": features, "exceededTransferLimit": more}


def locked(form: LayerForm, server: ImageServerProcess, *ids: int) -> LockedRasters:
    options = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=ids)
    form.take(SavedOptions(server.service(LANDSAT), options))
    wait_until(lambda: settled(form))
    field = form.findChild(LockedRasters)
    wait_until(lambda: not field._naming.is_busy)
    return field


def names(field: LockedRasters) -> list[str]:
    return [field.list.item(row).text() for row in range(field.list.count())]


def choose_template(form: LayerForm, name: str) -> None:
    view = form.findChild(FunctionSection).view
    rows = range(view.model().rowCount())
    view.setCurrentIndex(next(view.model().index(row, 0) for row in rows if view.model().index(row, 0).data() == name))
    wait_until(lambda: settled(form))


def test_rasters_on_a_later_page_of_the_server_are_no_absent_ones(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    answer(image_server, FIRST_PAGE, rasters(1, more=True))
    field = locked(form, image_server, 1, 3, 4)
    assert names(field)[0] == "1: raster 1"
    assert all(": " in name for name in names(field))
    assert (form.problem(), field.problem.text()) == ("", "")


def test_rasters_that_the_server_does_not_list_are_asked_for_by_id(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    answer(image_server, FIRST_PAGE, rasters(1, more=False))
    field = locked(form, image_server, 1, 3)
    assert names(field) == ["1: raster 1", "3"]
    assert form.problem() == ""


def test_a_raster_that_comes_is_no_problem_any_more(form: LayerForm, image_server: ImageServerProcess) -> None:
    field = locked(form, image_server, 3, 999)
    assert "has no raster “999”" in form.problem()
    answer(image_server, FIRST_PAGE, rasters(999, more=False))
    form._service.refresh_button.click()
    wait_until(lambda: settled(form) and not form.problem())
    assert field.problem.text() == ""
    assert names(field)[1] == "999: raster 999"


def test_refreshing_counts_what_the_clause_picks_anew(form: LayerForm, image_server: ImageServerProcess) -> None:
    open_service(form, image_server)
    field = form.findChild(WhereField)
    wait_until(lambda: field.count_label.text() == "All 8 rasters")
    answer(image_server, "returnCountOnly", {"count": 0})
    field.edit.setText("CloudCover < 10")
    wait_until(form.problem)
    assert form.problem() == "No raster matches; loosen the clause."
    image_server.reset()
    form._service.refresh_button.click()
    wait_until(lambda: settled(form) and not form.problem() and field.count_label.text() == "3 of 8 rasters match")


@pytest.mark.parametrize("service", [LANDSAT, "Test/LandsatDefault"])
def test_a_preset_of_raw_bands_does_not_stay_for_another_template(
    form: LayerForm, image_server: ImageServerProcess, service: str
) -> None:
    open_service(form, image_server, service)
    preset = form.findChild(BandsSection).natural_color_button
    wait_until(preset.isEnabled)
    preset.click()
    wait_until(lambda: settled(form) and form.options().bands == NATURAL)
    choose_template(form, "ShortWaveInfrared")
    assert form.options() == LayerOptions(processing_template=ProcessingTemplate("ShortWaveInfrared"))


def test_a_preset_counts_while_the_template_is_still_being_read(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=RULE, times=1)
    form.open(image_server.service("Test/LandsatDefault"))
    preset = form.findChild(BandsSection).natural_color_button
    wait_until(lambda: form.request() is not None and preset.isEnabled())
    preset.click()
    wait_until(lambda: settled(form) and not form.problem())
    image_server.release()
    let_pass(0.3)
    assert form.options() == LayerOptions(bands=NATURAL, processing_template=RAW)


def test_a_referer_for_another_server_does_not_go_to_this_one(
    form: LayerForm, image_server: ImageServerProcess
) -> None:
    open_service(form, image_server)
    wait_until(form.findChild(WhereField).count_label.text)
    image_server.clear()
    form._service._address.setEditText("http://elsewhere.example/arcgis/rest/services/X/ImageServer")
    form._advanced.referer_edit.setText("https://theirs.example/")
    form._advanced.referer_edit.editingFinished.emit()
    choose_template(form, "NDVI")
    assert image_server.requests()
    assert not [request for request in image_server.requests() if request.headers.get("referer")]
    form._service._address.setEditText(image_server.service(LANDSAT))
    assert form._advanced.referer == ""


def test_a_configuration_that_was_deleted_is_not_used(form: LayerForm, image_server: ImageServerProcess) -> None:
    remember(RecentService(SavedOptions(image_server.service(LANDSAT), LayerOptions()), Access("gone123")))
    open_service(form, image_server)
    request = form.request()
    assert request is not None
    assert request.access.authcfg == form._service._authentication.authcfg == ""


def test_the_cell_size_of_a_layer_that_goes_stays_as_a_number(
    form: LayerForm, image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    layers = []
    for size in (30, 60, 90):
        path = str(tmp_path / f"{size}.tif")
        dataset = gdal.GetDriverByName("GTiff").Create(path, 2, 2)
        dataset.SetGeoTransform((290000, size, 0, 9112000, 0, -size))
        dataset.GetRasterBand(1).WriteArray(np.zeros((2, 2)))
        del dataset
        layers.append(QgsRasterLayer(path, str(size)))
    project.addMapLayers(layers)
    open_service(form, image_server)
    field = form.findChild(CellSizeField)
    field.layer_box.setLayer(layers[0])
    field.layer_button.click()
    assert form.options().cell_size == (30, 30)
    project.removeMapLayer(layers[0].id())
    assert form.options().cell_size == (30, 30)
    assert field.typed_button.isChecked()
    assert field.typed_edit.text() == "30"
