"""Whatever a server writes is shown letter by letter, in every window; and no image of it fills the memory."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsApplication, QgsProject, QgsSettings
from qgis.PyQt.QtWidgets import QApplication, QDialog

from image_server_layer.plugin.backend.pixels import read_picture, read_values
from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.tests.main_window import Interface, delete_what_is_due
from image_server_layer.tests.trust.hostile_answers import large_png, large_tiff
from image_server_layer.tests.trust.standstill import watched
from image_server_layer.tests.trust.windows import html_of
from image_server_layer.tests.ui.forms import added, idle, settled
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.entry.editing import Editing

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

# In seconds: a form that opens takes a part of one, on a slow machine more.
_LONGEST_STANDSTILL = 5.0
MARK = "<img src='file:///etc/hostname'>"
_REFERENCE = (
    f'PROJCS["{MARK}",GEOGCS["{MARK}",DATUM["D_Sphere",SPHEROID["Sphere",6370997.0,0.0]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],PARAMETER["False_Easting",0.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-96.0],PARAMETER["Standard_Parallel_1",29.5],'
    'PARAMETER["Standard_Parallel_2",45.5],PARAMETER["Latitude_Of_Origin",37.5],UNIT["Meter",1.0]]'
)


def _texts_changed(image_server: ImageServerProcess) -> None:
    """Write HTML wherever a server writes for people."""
    functions = [{"name": "None", "description": MARK, "help": MARK}]
    functions += [{"name": f"{MARK}{number}", "description": MARK, "help": MARK} for number in range(3)]
    changes: dict[str, Any] = {
        "name": MARK, "description": MARK, "copyrightText": MARK, "serviceDescription": MARK,
        "rasterFunctionInfos": functions, "bandNames": [f"{MARK}{number}" for number in range(6)],
    }  # fmt: skip
    image_server.patch("Olinda/Landsat", changes)


def _shown(image_server: ImageServerProcess, windows: Interface, project: QgsProject) -> list[str]:
    """Use a service in the form and its layer in the menus and pages; return the HTML in all windows."""
    for key in ("function_gallery", "preview"):
        QgsSettings().setValue(f"image_server_layer/{key}", True)
    editing = Editing(windows, lambda _layer_id: None)
    editing.start()
    dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
    dialog.present()
    described: list[str] = []
    QgsApplication.taskManager().taskAdded.connect(
        lambda task_id: described.append(QgsApplication.taskManager().task(task_id).description())
    )
    dialog.form.open(image_server.service("Olinda/Landsat"))
    wait_until(lambda: settled(dialog.form))
    added(dialog.form, project)
    [layer] = project.mapLayers().values()
    windows.active_layer = layer
    editing.menu.quick.fill()
    wait_until(idle)
    (factory,) = windows.properties_pages
    page = QDialog(windows.window)
    factory.createWidget(layer, windows.canvas, False, page)
    editing.editor.edit(layer)
    editing.indicators.update()
    let_pass(0.2)
    wait_until(idle)
    found = [text for window in QApplication.topLevelWidgets() for text in html_of(window)]
    found += [sign.indicator.toolTip() for sign in editing.indicators._signs]
    found += [layer.htmlMetadata(), *described]
    QgsApplication.taskManager().taskAdded.disconnect()
    delete(page)
    delete(dialog)
    editing.stop()
    delete_what_is_due()
    return found


def images_in(found: list[str]) -> list[str]:
    """Return the places where Qt would show the image, and so open what it names."""
    marks = (MARK, MARK.replace("'", '"'))
    return [text[max(0, text.find(mark) - 200) :][:300] for text in found for mark in marks if mark in text]


def test_html_in_the_texts_of_a_server_is_html_nowhere(
    image_server: ImageServerProcess, windows: Interface, project: QgsProject
) -> None:
    _texts_changed(image_server)
    found = _shown(image_server, windows, project)
    assert any("&lt;img" in text for text in found)
    assert images_in(found) == []


def test_html_in_the_name_of_a_reference_system_is_html_nowhere(
    image_server: ImageServerProcess, windows: Interface, project: QgsProject
) -> None:
    reference = {"wkt": _REFERENCE}
    extent = {"xmin": 0, "ymin": 0, "xmax": 9e4, "ymax": 9e4, "spatialReference": reference}
    image_server.patch("Olinda/Landsat", {"spatialReference": reference, "extent": extent})
    found = _shown(image_server, windows, project)
    assert images_in(found) == []


@pytest.mark.parametrize("unit", ["<p>word ", "x", "<a <a", "&#999999"])
def test_a_description_of_a_megabyte_does_not_freeze_the_form(
    image_server: ImageServerProcess, windows: Interface, unit: str
) -> None:
    text = unit * (2**20 // len(unit))
    functions = [{"name": name, "description": text, "help": text} for name in ("None", "Long")]
    image_server.patch("Olinda/Landsat", {"description": text, "rasterFunctionInfos": functions})
    dialog = AddLayerDialog(windows.canvas, windows.bar, windows.window)
    dialog.present()
    dialog.form.open(image_server.service("Olinda/Landsat"))
    standstill = watched(lambda: settled(dialog.form))
    assert standstill < _LONGEST_STANDSTILL
    assert dialog.form.state.known is not None
    wait_until(idle)
    delete(dialog)


@pytest.mark.usefixtures("bounded_memory")
@pytest.mark.parametrize(("content", "read"), [(large_tiff(), read_values), (large_png(), read_picture)])
def test_an_image_of_another_size_is_not_unpacked(content: bytes, read: Any) -> None:
    assert len(content) < 1000
    began = time.thread_time()
    with pytest.raises(ResponseError):
        read(content, (64, 64))
    assert time.thread_time() - began < 1
