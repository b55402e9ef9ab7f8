"""*Add a Layer for Each Date…* in the menu of a layer: what is asked, what is made, and what frames then show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    QgsDateTimeRange,
    QgsLayerTreeGroup,
    QgsMapRendererParallelJob,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.describe import abstract_holder
from image_server_layer.tests.imageserver.climate import months
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.times import month_value
from image_server_layer.tests.provider.drawing import finished, map_settings
from image_server_layer.tests.ui.editing import Window, options
from image_server_layer.tests.ui.forms import messages
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.time import date_layers_dialog
from image_server_layer.ui.time.date_layers_dialog import DateLayersDialog

CLIMATE, LANDSAT, MONTHLY, YEARLY = "Test/Climate", "Olinda/Landsat", "Test/Monthly", "Test/Yearly"


def utc(*day: int) -> QDateTime:
    return QDateTime(QDate(*day), QTime(0, 0), Qt.TimeSpec.UTC)


def frame(begin: QDateTime, end: QDateTime) -> QgsDateTimeRange:
    """Return a frame as the controller has it."""
    return QgsDateTimeRange(begin, end, True, False)


def asked(window: Window, layer: QgsRasterLayer) -> DateLayersDialog:
    """Choose the entry of the menu, and wait until the dates are there."""
    window.activate(layer)
    quick = window.editing.menu.quick
    quick.aboutToShow.emit()
    assert quick.dates.isEnabled()
    quick.dates.trigger()
    dialog = window.editing.dates.dialog
    assert dialog is not None
    wait_until(lambda: dialog.add_button.isEnabled() or dialog.problem.text())
    assert cold_below(dialog) == cold_of_the_plugin() == []
    return dialog


def group(project: QgsProject) -> QgsLayerTreeGroup:
    (found,) = project.layerTreeRoot().findGroups()
    return found


def added(project: QgsProject, dialog: DateLayersDialog) -> list[QgsRasterLayer]:
    """Press the button, and return the layers of the group."""
    dialog.add_button.click()
    wait_until(lambda: project.layerTreeRoot().findGroups())
    return [node.layer() for node in group(project).findLayers()]


def value_in(layers: list[QgsRasterLayer], when: QgsDateTimeRange) -> list[int]:
    """Return the gray that a frame of the controller shows, of each layer that is in it."""
    found = []
    for layer in layers:
        settings = map_settings(layer, layer.extent(), (8, 8))
        settings.setIsTemporal(True)
        settings.setTemporalRange(when)
        job = QgsMapRendererParallelJob(settings)
        job.start()
        pixels, errors = finished(job)
        assert errors == []
        if pixels[3].any():
            found.append(int(np.asarray(pixels)[0].max()))
    return found


@pytest.fixture
def monthly(window: Window, image_server: ImageServerProcess) -> QgsRasterLayer:
    del window
    layer = make_image_server_layer(image_server.service(MONTHLY), "Monthly")
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    image_server.clear()
    return layer


def test_each_date_becomes_a_layer_that_frames_show_one_at_a_time(
    window: Window, monthly: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess
) -> None:
    monthly.setOpacity(0.5)
    dialog = asked(window, monthly)
    assert dialog.dates.tree.headerItem().text(1) == "Rasters"
    assert dialog.add_button.text() == "Add 23 Layers"
    image_server.clear()
    layers = added(project, dialog)
    # Not one request: neither to make them, nor for their style.
    let_pass(0.2)
    assert image_server.requests() == []
    assert group(project).name() == "Monthly, by date"
    names = [layer.name() for layer in layers]
    assert names[:2] == ["Monthly – 2020-01-01", "Monthly – 2020-02-01"]
    assert len(names) == 23
    assert names == sorted(names)
    assert {type(layer.renderer()).__name__ for layer in layers} == {"QgsSingleBandGrayRenderer"}
    assert {layer.opacity() for layer in layers} == {0.5}
    monthly.setOpacity(1.0)
    for layer in layers:
        layer.setOpacity(1.0)
    for year, month in ((2020, 3), (2021, 12)):
        begin = utc(year, month, 1)
        assert value_in(layers, frame(begin, begin.addMonths(1))) == [month_value(year, month)]
        # A frame that ends where the date begins does not show it.
        assert value_in(layers, frame(begin.addDays(-2), begin)) == []
    assert value_in(layers, frame(utc(2020, 7, 1), utc(2020, 8, 1))) == []
    times = {request.query["time"] for request in image_server.requests(operation="exportImage")}
    assert times == {str(utc(*day).toMSecsSinceEpoch()) for day in ((2020, 3, 1), (2021, 12, 1))}
    assert "Time: 2020-01-01" in abstract_holder(layers[0]).abstract().splitlines()


def test_they_are_taken_back_at_once_and_the_group_is_off_without_a_controller(
    window: Window, monthly: QgsRasterLayer, project: QgsProject
) -> None:
    project.setDirty(False)
    added(project, asked(window, monthly))
    assert project.isDirty()
    assert not group(project).itemVisibilityChecked()
    (said,) = messages(window.iface.bar)
    assert said.startswith("23 layers were added, in the group “Monthly, by date”. The group is switched off")
    window.press("Undo")
    assert list(project.mapLayers().values()) == [monthly]
    assert project.layerTreeRoot().findGroups() == []


def test_a_group_is_shown_while_the_controller_is_on(
    window: Window, monthly: QgsRasterLayer, project: QgsProject
) -> None:
    window.iface.canvas.setTemporalRange(frame(utc(2020, 1, 1), utc(2020, 2, 1)))
    added(project, asked(window, monthly))
    assert group(project).itemVisibilityChecked()
    assert "switched off" not in messages(window.iface.bar)[0]


def test_ranges_that_touch_are_never_drawn_together_also_once_saved(
    window: Window, project: QgsProject, image_server: ImageServerProcess, tmp_path: Path
) -> None:
    layer = make_image_server_layer(image_server.service(YEARLY), "Yearly")
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    added(project, asked(window, layer))
    project.removeMapLayer(layer.id())
    assert project.write(str(tmp_path / "years.qgs"))
    project.clear()
    assert project.read(str(tmp_path / "years.qgs"))
    layers = [node.layer() for node in group(project).findLayers()]
    assert [layer.name() for layer in layers] == [f"Yearly – {year}" for year in range(2017, 2022)]
    for year in range(2017, 2022):
        begin = utc(year, 1, 1)
        visible = [
            layer.name()
            for layer in layers
            if layer.temporalProperties().isVisibleInTemporalRange(frame(begin, begin.addYears(1)))
        ]
        assert visible == [f"Yearly – {year}"]


def test_a_date_of_a_dimension_is_asked_for_by_its_value(
    window: Window, project: QgsProject, image_server: ImageServerProcess
) -> None:
    layer = make_image_server_layer(image_server.service(CLIMATE), "Climate", variable="pr")
    image_server.clear()
    dialog = asked(window, layer)
    assert dialog.dates.tree.headerItem().text(1) == "Slices"
    dialog.dates.tree.setCurrentItem(dialog.dates.tree.topLevelItem(0).child(6))
    assert dialog.add_button.text() == "Add 1 Layer"
    (july,) = added(project, dialog)
    assert july.name() == "Climate – 1999-07-31"
    assert [str(value) for value in options(july).dimensions] == ["StdTime=1999-07-31 00:00:00"]
    assert image_server.requests(operation="exportImage") == []
    assert value_in([july], frame(utc(1999, 7, 1), utc(1999, 8, 1)))
    (request,) = image_server.requests(operation="exportImage")
    (part,) = json.loads(request.query["mosaicRule"])["multidimensionalDefinition"]
    assert (part["variableName"], part["values"], part["isSlice"]) == ("pr", [months()[6]], True)


def test_dates_that_the_layer_knows_are_counted_themselves(window: Window, image_server: ImageServerProcess) -> None:
    """How many rasters have each of them, it does not know."""
    dialog = asked(window, make_image_server_layer(image_server.service(MONTHLY), nearest_date=True))
    assert dialog.dates.tree.headerItem().text(1) == "Dates"


def test_too_many_are_counted_and_not_made(
    window: Window, monthly: QgsRasterLayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(date_layers_dialog, "MOST_LAYERS", 20)
    window.activate(monthly)
    window.editing.dates.show(monthly)
    dialog = window.editing.dates.dialog
    assert dialog is not None
    wait_until(dialog.problem.text)
    assert dialog.problem.text() == "These are 23 layers; at most 20 are added at once. Choose fewer dates."
    assert not dialog.add_button.isEnabled()
    dialog.dates.tree.setCurrentItem(dialog.dates.tree.topLevelItem(0))
    assert (dialog.add_button.text(), dialog.problem.text()) == ("Add 11 Layers", "")
    dialog.all_button.click()
    assert not dialog.add_button.isEnabled()
    dialog.until_next_box.click()
    assert str(dialog.frames()[5].shown) == "2020-06-01 00:00:00/2020-07-31 23:59:59"


def test_canceled_while_they_are_made_leaves_nothing(
    window: Window, monthly: QgsRasterLayer, project: QgsProject
) -> None:
    dialog = asked(window, monthly)
    dialog.add_button.click()
    wait_until(lambda: dialog.progress.value() >= 4)
    dialog.reject()
    let_pass(0.3)
    assert list(project.mapLayers().values()) == [monthly]
    assert project.layerTreeRoot().findGroups() == []


def test_dates_that_cannot_be_read_are_one_sentence(
    window: Window, monthly: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    image_server.fault("status", match="query", status=403)
    window.editing.dates.show(monthly)
    dialog = window.editing.dates.dialog
    assert dialog is not None
    wait_until(dialog.problem.text)
    assert dialog.problem.text().startswith("The dates could not be read: ")
    assert not dialog.add_button.isEnabled()


def test_a_layer_of_one_time_has_nothing_to_offer(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(MONTHLY), "March", time="2020-03")
    window.activate(layer)
    quick = window.editing.menu.quick
    quick.aboutToShow.emit()
    assert not quick.dates.isEnabled()
    window.editing.menu.quick.aboutToShow.emit()
    wait_until(lambda: len(quick.templates.actions()) > 1)
