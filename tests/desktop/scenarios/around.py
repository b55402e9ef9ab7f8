"""The ways around a layer: footprints and locks, export, its properties, the preferences, the locator."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAction,
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTextBrowser,
    QTreeView,
    QWidget,
)

from ...truth import NORTH_WEST, mosaic
from ..hand import click, click_action, click_pixel, find, later, press, says, tap, tap_entry, type_into
from ..player import Steps
from ..stage import Stage

SERVICE, NAME, QUICK = "Olinda/Landsat", "Coast", "Image Server Layer"
# Column and row of the scene, where five rasters lie.
HERE = (130, 160)
CELL = 28.5


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    layer = make_image_server_layer(stage.server.service(SERVICE), NAME, processing_template="None")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    yield from raster_is_locked_on_the_map(stage, layer)
    yield from footprints_are_shown_and_lock_the_layer(stage, layer)
    yield from native_resolution_is_qgis_own(stage, layer)
    yield from export_is_clicked_through(stage, layer)
    yield from properties_lead_to_the_form(stage, layer)
    yield from preferences_are_kept(stage)
    yield from locator_opens_the_form(stage)


def raster_is_locked_on_the_map(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """*Lock Raster Here…*, a click on the map, and a raster of the menu: it is drawn alone; *Undo* brings all back."""
    quick = yield from quick_menu(stage, layer)
    lock = entry(quick, "Lock Raster Here…")
    yield lock.isEnabled
    stage.photograph_screen("around_1_menu")
    click_action(quick, lock)
    yield lambda: says(stage.iface.mainWindow(), "Click on the map")
    yield lambda: popup() is None
    canvas = stage.canvas
    x, y = layer.extent().xMinimum() + CELL * (HERE[0] + 0.5), layer.extent().yMaximum() - CELL * (HERE[1] + 0.5)
    place = canvas.getCoordinateTransform().transform(x, y).toQPointF().toPoint()
    click_pixel(canvas.viewport(), place)
    yield lambda: popup() is not None
    menu = popup()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts[:2] == ["Show only:", "20010805 (2002-02-13 12:37:21)"], texts
    # What is pointed at is shown on the map.
    menu.setActiveAction(menu.actions()[4])
    menu.actions()[4].hover()
    yield lambda: not stage.canvas.isDrawing()
    stage.photograph_screen("around_2_rasters")
    source = layer.source()
    click_action(menu, entry(menu, "Recife (1999-12-01 12:40:44)"))
    yield lambda: layer.source() != source
    yield from stage.draw()
    stage.photograph("around_3_locked")
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: layer.source() == source
    yield from stage.draw()


def footprints_are_shown_and_lock_the_layer(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """*Show Footprints* adds them; the menu of theirs locks the layer to those that are selected."""
    quick = yield from quick_menu(stage, layer)
    click_action(quick, entry(quick, "Show Footprints"))
    yield footprints
    yield from stage.draw()
    stage.photograph("around_4_footprints")
    listed = footprints()
    assert listed is not None
    # Nothing may be drawn anew from here on: it would take the selection away.
    listed.selectByExpression("OBJECTID IN (4, 7)")
    yield lambda: not stage.canvas.isDrawing()
    menu = yield from context_menu(stage, listed)
    lock = entry(menu, "Lock Image Server Layer to Selected Features")
    click_action(menu, lock)
    yield lock.menu().isVisible
    stage.photograph_screen("around_5_lock_menu")
    source = layer.source()
    click_action(lock.menu(), entry(lock.menu(), NAME))
    yield lambda: layer.source() != source
    yield from stage.draw()
    stage.photograph("around_6_locked_to_selected")
    click(find(stage.iface.messageBar(), QPushButton, "Undo"))
    yield lambda: layer.source() == source
    QgsProject.instance().removeMapLayer(listed.id())
    yield from stage.draw()


def native_resolution_is_qgis_own(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """QGIS' own entry zooms to the pixels of the service, which has them from the provider."""
    menu = yield from context_menu(stage, layer)
    native = next(action for action in menu.actions() if "Native Resolution" in action.text().replace("&", ""))
    click_action(menu, native)
    yield lambda: abs(stage.canvas.mapUnitsPerPixel() - CELL) < 0.01
    yield from stage.draw(layer.extent())


def export_is_clicked_through(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """*Export…* opens QGIS' dialog with the layer in its place; a script is copied, and the file is exact."""
    view: QTreeView = stage.iface.layerTreeView()
    click_pixel(view.viewport(), view.visualRect(index_of(stage, layer)).center(), button=3)
    yield lambda: popup() is not None
    menu = popup()
    assert menu is not None
    tap_entry(menu, entry(menu, QUICK))
    quick = entry(menu, QUICK).menu()
    yield quick.isVisible
    tap_entry(quick, entry(quick, "Export…"))
    title = "Export image server layer"
    yield lambda: window(title) is not None
    dialog = window(title)
    assert dialog is not None
    assert dialog.mainWidget().createProcessingParameters()["INPUT"] == layer.id()
    yield lambda: says(dialog, "349 × 352 pixels, 6 bands")
    stage.photograph("around_7_export", dialog)
    tap(find(dialog, QPushButton, "Copy as"))
    yield lambda: popup() is not None
    scripts = popup()
    assert scripts is not None
    stage.photograph_screen("around_7_export_as_script")
    QApplication.clipboard().clear()
    tap_entry(scripts, scripts.actions()[0])
    yield QApplication.clipboard().text
    script = QApplication.clipboard().text()
    assert stage.server.service(SERVICE) in script, script
    assert layer.id() not in script

    file = stage.folder / "around_export.tif"
    file.unlink(missing_ok=True)
    output = dialog.mainWidget().wrappers["OUTPUT"].wrappedWidget()
    dialog.mainWidget().findChild(QScrollArea).ensureWidgetVisible(output)
    type_into(output.findChild(QLineEdit), str(file))
    tap(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    yield file.exists
    yield lambda: find(dialog, QPushButton, "Close").isEnabled()
    np.testing.assert_array_equal(gdal.Open(str(file)).ReadAsArray(), mosaic(NORTH_WEST))
    stage.photograph("around_7_exported", dialog)
    tap(find(dialog, QPushButton, "Close"))
    yield lambda: window(title) is None
    for exported in QgsProject.instance().mapLayers().values():
        if exported.source() == str(file):
            QgsProject.instance().removeMapLayer(exported.id())
            break
    yield from stage.draw()


def properties_lead_to_the_form(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The page in Layer Properties, whose button closes them and opens the form."""
    stage.iface.showLayerProperties(layer, "")
    yield lambda: properties() is not None
    dialog = properties()
    assert dialog is not None
    (page,) = (found for found in dialog.findChildren(QWidget) if type(found).__name__ == "PropertiesPage")
    choose_page(dialog, "Image Server")
    yield page.isVisible
    stage.photograph("around_8_properties", dialog)
    choose_page(dialog, "Information")
    yield lambda: _information(dialog) != ""
    _, _, told = _information(dialog).partition("Source")
    words = f"Pixel values of the image service {SERVICE} · Processing template: None"
    assert told.strip().startswith(words), told[:300]
    stage.photograph("around_8_information", dialog)
    choose_page(dialog, "Image Server")
    yield page.isVisible
    source, style = layer.source(), layer.renderer().type()
    click(find(page, QPushButton, "Edit Image Server Layer…"))
    yield lambda: properties() is None
    title = f"Edit Image Server Layer – {NAME}"
    yield lambda: can_press(title, "OK")
    stage.photograph_screen("around_9_form_from_properties")
    assert (layer.source(), layer.renderer().type()) == (source, style)
    form = window(title)
    assert form is not None
    type_into(find(form, QLineEdit, "Name"), "Shore")
    click(find(form, QPushButton, "OK"))
    yield lambda: layer.name() == "Shore"
    yield from stage.draw()


def _information(dialog: QWidget) -> str:
    """Return what is to be read on the page *Information*, which some builds of QGIS show with WebKit."""
    with suppress(ImportError):
        from qgis.PyQt.QtWebKitWidgets import QWebView

        for viewer in filter(QWidget.isVisible, dialog.findChildren(QWebView)):
            return str(viewer.page().mainFrame().toPlainText())
    shown = (viewer.toPlainText() for viewer in dialog.findChildren(QTextBrowser) if viewer.isVisible())
    return next(shown, "")


def preferences_are_kept(stage: Stage) -> Steps:
    """The page in Settings ▸ Options."""
    later(lambda: stage.iface.showOptionsDialog(stage.iface.mainWindow(), "Image Server Layer"))
    yield lambda: options_page() is not None
    page = options_page()
    assert page is not None
    dialog = page.window()
    stage.photograph("around_10_options", dialog)
    box = find(page, QCheckBox, "Draw a preview while a layer is composed")
    assert box.isChecked()
    click(box)
    click(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok))
    yield lambda: options_page() is None
    assert not QgsSettings().value("image_server_layer/preview", type=bool)


def locator_opens_the_form(stage: Stage) -> Steps:
    """An address that is pasted into the locator bar opens in the form."""
    bars = (found for found in stage.iface.mainWindow().findChildren(QWidget))
    bar = next(found for found in bars if found.metaObject().className() == "QgsLocatorWidget")
    edit = bar.findChild(QLineEdit)
    type_into(edit, stage.server.service("Olinda/Landsat"))
    views = (found for found in QApplication.allWidgets() if isinstance(found, QTreeView))
    results = next(found for found in views if found.metaObject().className() == "QgsLocatorResultsView")
    yield lambda: "Add a layer from this address" in " ".join(cells(results))
    results.viewport().repaint()
    stage.photograph_screen("around_11_locator")
    press(edit, Qt.Key.Key_Return)
    title = "Add ArcGIS Image Server Layer"
    yield lambda: can_press(title, "Natural color")
    stage.photograph_screen("around_12_form_from_locator")
    form = window(title)
    assert form is not None
    form.close()


def cells(view: QTreeView) -> list[str]:
    """Return what stands in the rows of a view."""
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def quick_menu(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """Open the quick ways of a layer, and wait until its service has been read."""
    menu = yield from context_menu(stage, layer)
    quick = entry(menu, QUICK)
    click_action(menu, quick)
    yield quick.menu().isVisible
    yield entry(quick.menu(), "Show Footprints").isEnabled
    return quick.menu()


def context_menu(stage: Stage, layer: QgsRasterLayer | QgsVectorLayer) -> Steps:
    """Open the menu of a layer in the layer tree."""
    view: QTreeView = stage.iface.layerTreeView()
    stage.iface.setActiveLayer(layer)
    place = view.visualRect(index_of(stage, layer)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    later(lambda: QApplication.sendEvent(view.viewport(), event))
    yield lambda: popup() is not None
    return popup()


def index_of(stage: Stage, layer: QgsRasterLayer | QgsVectorLayer) -> QModelIndex:
    """Return where a layer stands in the layer tree."""
    model = stage.iface.layerTreeView().model()
    (index,) = model.match(model.index(0, 0), Qt.ItemDataRole.DisplayRole, layer.name(), 1, Qt.MatchFlag.MatchRecursive)
    return index


def choose_page(dialog: QDialog, title: str) -> None:
    """Turn to a page of a window that lists its pages at the left, as a list or a tree."""
    for view in dialog.findChildren(QTreeView):
        model = view.model()
        for row in range(model.rowCount() if model is not None else 0):
            if model.index(row, 0).data() == title:
                view.setCurrentIndex(model.index(row, 0))
                return
    for tree in dialog.findChildren(QWidget):
        if tree.objectName() == "mOptionsListWidget":
            for row in range(tree.count()):
                if tree.item(row).text() == title:
                    tree.setCurrentRow(row)
                    return
    raise AssertionError(f"There is no page “{title}”.")


def footprints() -> QgsVectorLayer | None:
    found = QgsProject.instance().mapLayersByName(f"Footprints of {NAME}")
    return found[0] if found else None


def properties() -> QDialog | None:
    """Return the open window Layer Properties."""
    windows = (found for found in QApplication.topLevelWidgets() if found.isVisible())
    return next((found for found in windows if found.metaObject().className() == "QgsRasterLayerProperties"), None)


def options_page() -> QWidget | None:
    """Return the page of preferences, where it can be seen."""
    found = (widget for widget in QApplication.allWidgets() if type(widget).__name__ == "OptionsPage")
    return next((page for page in found if page.isVisible()), None)


def window(title: str) -> QWidget | None:
    """Return the window that can be seen and bears a title; 3.40 puts the group of an algorithm before it."""
    windows = (found for found in QApplication.topLevelWidgets() if found.isVisible())
    return next((found for found in windows if found.windowTitle().endswith(title)), None)


def can_press(title: str, text: str) -> bool:
    """Whether a window is there, with a button that can be pressed."""
    found = window(title)
    buttons = [] if found is None else found.findChildren(QAbstractButton)
    return any(
        button.isVisible() and button.isEnabled() and button.text().replace("&", "") == text for button in buttons
    )


def popup() -> QMenu | None:
    return QApplication.activePopupWidget()


def entry(menu: QMenu, text: str) -> QAction:
    """Return the entry of a menu that bears a text."""
    (found,) = (action for action in menu.actions() if action.text() == text)
    return found
