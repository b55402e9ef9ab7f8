"""Three layers made with the form as a person makes them, drawn right, copied as Python, saved and reopened."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from osgeo import gdal
from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QToolButton,
    QWidget,
)

from ..hand import choose, click, click_action, click_row, find, later, press, show, type_into
from ..player import Steps
from ..stage import Stage, rgb

ENTRY = "Add ArcGIS Image Server Layer…"
LANDSAT, ELEVATION = "Olinda/Landsat", "Olinda/Elevation"
NATURAL, INFRARED, HILLSHADE = "Olinda in natural color", "Olinda in infrared, 2002", "Hills of Olinda"
CELL = 28.5


class Look(NamedTuple):
    """What a layer of pixel values shows: where, which bands (from 1) as red, green and blue, and what else it asks."""

    extent: QgsRectangle
    bands: tuple[int, int, int]
    parameters: dict[str, str]


# 200 × 200 pixels of the scene, from column 40 and row 60 on; and the box of the raster of 2002.
TYPED_EXTENT = "289920,295610,9113355,9119045"
LOOKS = {
    NATURAL: Look(QgsRectangle(289916.25, 9113350.75, 295616.25, 9119050.75), (3, 2, 1), {}),
    INFRARED: Look(
        QgsRectangle(295331.25, 9110728.75, 298722.75, 9115060.75),
        (4, 3, 2),
        {"mosaicRule": '{"mosaicMethod":"esriMosaicLockRaster","lockRasterIds":[8]}'},
    ),
}
# Of the rows and columns, those whose pixels are looked at.
EVERY = 9


def steps(stage: Stage) -> Steps:
    dialog = yield from opened(stage)
    yield from photographed(stage, "dialog_1_empty", dialog)

    yield from connected(stage, dialog, LANDSAT)
    type_into(find(dialog, QLineEdit, "Name"), NATURAL)
    click(find(dialog, QPushButton, "Natural color"))
    click_row(find(dialog, QAbstractItemView, "Processing template"), "None: raw pixels")
    click(find(dialog, QRadioButton, "Part of it"))
    extent = dialog.findChild(QLineEdit, "mCondensedLineEdit")
    type_into(extent, TYPED_EXTENT)
    press(extent, Qt.Key.Key_Tab)
    yield from at_rest(dialog)
    yield from photographed(stage, "dialog_2_natural_color", dialog)
    natural = yield from added(dialog, "Add", NATURAL)
    assert natural.extent() == LOOKS[NATURAL].extent
    yield from looks_right(stage, natural)

    yield from infrared_of_one_raster(stage, dialog)
    yield from hillshade_as_picture(stage, dialog)
    yield from all_is_reopened(stage)


def infrared_of_one_raster(stage: Stage, dialog: QDialog) -> Steps:
    """Choose a raster in the table of all, let the map below be seen beside it, and copy what makes the layer."""
    type_into(find(dialog, QLineEdit, "Name"), INFRARED)
    click(find(dialog, QPushButton, "Color infrared"))
    click(find(dialog, QRadioButton, "Whole service"))
    choose(find(dialog, QComboBox, "Mosaic method"), "Lock raster")
    click(find(dialog, QPushButton, "Choose…"))
    picker = next(window for window in dialog.findChildren(QDialog) if window.isVisible())
    table = find(picker, QTableView, "Rasters")
    yield lambda: table.model().rowCount() == 8
    type_into(find(picker, QLineEdit, "Name, another text, or id"), "recife")
    yield lambda: table.model().rowCount() == 2
    click_row(table, "2002-10-27 12:36:10", on_the_tick(table))
    yield from photographed(stage, "dialog_3_rasters", picker)
    click(find(picker, QPushButton, "Lock"))
    show(find(dialog, QPushButton, "Choose…"))
    yield from photographed(stage, "dialog_4_infrared", dialog)
    type_into(find(dialog, QLineEdit, "Nodata"), "0")
    copied = yield from copied_as_python(stage, dialog)
    infrared = yield from added(dialog, "Add", INFRARED)
    stage.iface.setActiveLayer(infrared)
    yield from looks_right(stage, infrared)
    copies: dict[str, Any] = {}
    exec(copied, copies)  # noqa: S102 - it is what we copied
    assert copies["layer"].source() == infrared.source()
    QgsProject.instance().removeMapLayer(copies["layer"].id())


def on_the_tick(table: QTableView) -> QPoint:
    """Return where the box to tick is in the first cell of a row."""
    return QPoint(10, table.rowHeight(0) // 2)


def hillshade_as_picture(stage: Stage, dialog: QDialog) -> Steps:
    """Filter the templates, choose the picture, add and close."""
    yield from connected(stage, dialog, ELEVATION)
    type_into(find(dialog, QLineEdit, "Name"), HILLSHADE)
    type_into(find(dialog, QLineEdit, "Filter the processing templates"), "light northwest")
    click_row(find(dialog, QAbstractItemView, "Processing template"), "Hillshade")
    click(find(dialog, QRadioButton, "Picture"))
    yield find(dialog, QAbstractButton, "Add").isEnabled
    yield from photographed(stage, "dialog_5_hillshade", dialog)
    hillshade = yield from added(dialog, "Add and Close", HILLSHADE)
    assert not dialog.isVisible()
    assert hillshade.providerType() == "imageserver"
    QgsProject.instance().setCrs(hillshade.crs())
    yield from stage.draw(hillshade.extent())
    yield from photographed(stage, "dialog_6_layers")
    assert picture_is_right(stage)


def all_is_reopened(stage: Stage) -> Steps:
    """Save, begin a new project, open the saved one: the three layers are drawn as before."""
    project, file = QgsProject.instance(), str(stage.folder / "dialog.qgz")
    assert project.isDirty()
    assert project.write(file)
    stage.iface.newProject()
    assert not project.mapLayers()
    assert stage.iface.addProject(file)
    (natural,), (infrared,), (hillshade,) = map(project.mapLayersByName, (NATURAL, INFRARED, HILLSHADE))
    project.setCrs(hillshade.crs())
    yield from stage.draw(hillshade.extent())
    assert picture_is_right(stage)
    stage.iface.setActiveLayer(natural)
    project.layerTreeRoot().findLayer(hillshade).setItemVisibilityChecked(False)
    project.setCrs(natural.crs())
    everything = QgsRectangle(LOOKS[NATURAL].extent)
    everything.combineExtentWith(LOOKS[INFRARED].extent)
    yield from stage.draw(everything)
    yield from photographed(stage, "dialog_7_reopened")
    yield from looks_right(stage, infrared)
    project.layerTreeRoot().findLayer(infrared).setItemVisibilityChecked(False)
    yield from looks_right(stage, natural)


def opened(stage: Stage) -> Steps:
    """Open the form by Layer ▸ Add Layer; return its window."""
    bar, layer_menu = stage.iface.mainWindow().menuBar(), stage.iface.layerMenu()
    # The keyboard may have gone with a window that was closed: there is no window manager to hand it on.
    bar.window().activateWindow()
    yield bar.window().isActiveWindow
    click_action(bar, layer_menu.menuAction())
    yield layer_menu.isVisible
    add_menu = stage.iface.addLayerMenu()
    click_action(layer_menu, add_menu.menuAction())
    yield add_menu.isVisible
    yield from photographed(stage, "dialog_0_menu", add_menu)
    (action,) = (action for action in add_menu.actions() if action.text() == ENTRY)
    click_action(add_menu, action)
    yield lambda: window_of(stage).isVisible()
    return window_of(stage)


def window_of(stage: Stage) -> QDialog:
    return stage.iface.mainWindow().findChild(QDialog, "ImageServerLayerDialog")


def connected(stage: Stage, dialog: QDialog, service: str) -> Steps:
    """Type the address of a service, press Return, and wait until a layer can be made of it."""
    address = address_of(dialog)
    type_into(address.lineEdit(), stage.server.service(service))
    press(address, Qt.Key.Key_Return)
    yield find(dialog, QAbstractButton, "Add").isEnabled


def address_of(dialog: QWidget) -> QComboBox:
    """Return the field for the address, after a click on *Change…* where the service has folded into a line."""
    for change in dialog.findChildren(QPushButton):
        if change.isVisible() and change.text() == "Change…":
            click(change)
    return find(dialog, QComboBox, "Address of the image service")


def added(dialog: QDialog, button: str, name: str) -> Steps:
    """Click on *Add*, or on the other entry in its menu, and return the layer."""
    project, add = QgsProject.instance(), find(dialog, QToolButton, "Add")
    yield add.isEnabled
    if button == "Add":
        click(add)
    else:
        later(add.showMenu)
        yield add.menu().isVisible
        click_action(add.menu(), add.menu().actions()[0])
    yield lambda: project.mapLayersByName(name)
    (layer,) = project.mapLayersByName(name)
    return layer


def photographed(stage: Stage, name: str, widget: QWidget | None = None) -> Steps:
    """Take a picture once the layout has followed what was changed."""
    yield from settled()
    stage.photograph(name, widget)


def at_rest(window: QWidget) -> Steps:
    """Wait until a form has drawn all there is to see, for a picture that shows it."""
    forms = [widget for widget in window.findChildren(QWidget) if type(widget).__name__ == "LayerForm"]
    yield from settled()
    yield lambda: not any(form.preview.is_busy or form._function.gallery.is_busy for form in forms)


def settled() -> Steps:
    """Let Qt do what it has put off, such as to lay out what was shown."""
    yield lambda: True
    yield lambda: True


def copied_as_python(stage: Stage, dialog: QDialog) -> Steps:
    """Return what More ▸ Copy as Python puts on the clipboard."""
    more = find(dialog, QPushButton, "More")
    QgsApplication.clipboard().clear()
    later(lambda: click(more))
    yield more.menu().isVisible
    yield from photographed(stage, "dialog_more", more.menu())
    click_action(more.menu(), more.menu().actions()[0])
    yield QgsApplication.clipboard().text
    return QgsApplication.clipboard().text()


def looks_right(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """Compare the canvas, in the middle of some pixels, with the server's values, stretched as the layer is."""
    extent, bands, more = LOOKS[layer.name()]
    yield from stage.draw(extent)
    columns, rows = round(extent.width() / CELL), round(extent.height() / CELL)
    parameters = {
        "format": "tiff",
        "bbox": extent.toString(2).replace(" : ", ","),
        "size": f"{columns},{rows}",
        "bandIds": ",".join(str(number - 1) for number in bands),
        "renderingRule": '{"rasterFunction":"None"}',
        **more,
    }
    gdal.FileFromMemBuffer("/vsimem/dialog.tif", stage.exported(LANDSAT, parameters))
    values = gdal.Open("/vsimem/dialog.tif").ReadAsArray()
    renderer = layer.renderer()
    stretches = [
        renderer.redContrastEnhancement(),
        renderer.greenContrastEnhancement(),
        renderer.blueContrastEnhancement(),
    ]
    shown, to_screen = stage.pixels(), stage.canvas.getCoordinateTransform()
    compared = set()
    for row in range(EVERY, rows - EVERY, EVERY):
        for column in range(EVERY, columns - EVERY, EVERY):
            ground = extent.xMinimum() + (column + 0.5) * CELL, extent.yMaximum() - (row + 0.5) * CELL
            screen = to_screen.transform(*ground)
            pixel = [float(value) for value in values[:, row, column]]
            expected = tuple(stretch.enhanceContrast(value) for stretch, value in zip(stretches, pixel))
            found = shown[int(screen.y()), int(screen.x())]
            assert np.abs(found - np.array(expected)).max() <= 1, (row, column, expected, found)
            compared.add(expected)
    assert len(compared) > 50


def picture_is_right(stage: Stage) -> bool:
    """Compare the whole canvas with the hillshade that the server draws for the same view."""
    extent, size = stage.canvas.extent(), stage.canvas.mapSettings().outputSize()
    parameters = {
        "format": "png32",
        "bbox": extent.toString(9).replace(" : ", ","),
        "size": f"{size.width()},{size.height()}",
        "renderingRule": '{"rasterFunction":"Hillshade"}',
    }
    drawn = QImage.fromData(stage.exported(ELEVATION, parameters))
    covered = drawn.convertToFormat(QImage.Format.Format_RGBA8888)
    data = covered.constBits().asstring(covered.sizeInBytes())
    is_covered = np.frombuffer(data, np.uint8).reshape(covered.height(), covered.width(), 4)[:, :, 3] == 255
    same = (rgb(drawn) == stage.pixels()).all(axis=2)[is_covered]
    return bool(is_covered.mean() > 0.2 and same.mean() > 0.9)
