"""*Image Server Pixel*: points on the map, their values, rasters and profiles, with the mouse and the keyboard."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsPointXY, QgsProject, QgsRasterLayer
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QLineEdit, QPushButton, QToolButton, QWidget

from ..hand import click_pixel, find, tap, tap_tab, type_into, xdotool
from ..player import Steps
from ..stage import Stage

CELL = 28.5
HERE, THERE = (130, 160), (60, 70)


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    layer = make_image_server_layer(stage.server.service("Olinda/Landsat"), "Coast", processing_template="NDVI")
    QgsProject.instance().setCrs(layer.crs())
    yield from stage.draw(layer.extent())
    stage.iface.setActiveLayer(layer)
    buttons = stage.iface.mainWindow().findChildren(QToolButton)
    tap(next(found for found in buttons if found.toolTip().startswith("Ask an image service") and found.isVisible()))
    yield dock
    yield from stage.draw(layer.extent())
    found = dock()
    assert found is not None
    panel = found.widget()
    click_on_map(stage, layer, HERE)
    yield lambda: panel.points and not panel.is_busy
    stage.photograph_screen("pixel_1_values")
    yield from tab_is_shown(panel, 1)
    tap(find(panel, QPushButton, "Show Footprint"))
    yield lambda: footprints_on(stage)
    yield lambda: not stage.canvas.isDrawing()
    stage.photograph_screen("pixel_2_rasters")
    tap(panel.compare)
    yield panel.compare.isChecked
    click_on_map(stage, layer, THERE)
    yield lambda: len(panel.points) == 2 and not panel.is_busy
    yield from tab_is_shown(panel, 2)
    stage.photograph_screen("pixel_3_bands")
    click_pixel(panel.profile.over, panel.profile.over.rect().center())
    yield lambda: QApplication.activePopupWidget() is not None
    xdotool("key", "Down", "Return")
    yield lambda: panel.profile.plot.plot.x_title == "Wavelength (nm)"
    stage.photograph_screen("pixel_4_raw_bands")
    xdotool("key", "Down")
    yield lambda: panel.profile.over.currentIndex() == 2
    yield lambda: panel.profile.plot.plot.series and not panel.is_busy
    stage.photograph_screen("pixel_5_time")
    x, y = place(layer, (200, 100))
    type_into(find(panel, QLineEdit, "Coordinates in the reference system of the map"), f"{x}, {y}")
    xdotool("key", "Return")
    yield lambda: len(panel.points) == 3 and not panel.is_busy
    yield from tab_is_shown(panel, 0)
    stage.photograph_screen("pixel_6_typed")
    click_on_map(stage, layer, (340, 345))
    yield lambda: len(panel.points) == 4 and not panel.is_busy
    stage.photograph_screen("pixel_7_several")
    yield from picture_has_the_legend_of_the_service(stage)


def picture_has_the_legend_of_the_service(stage: Stage) -> Steps:
    """A picture stands in the layer tree with the service's own legend; a click tells the class by its name."""
    from image_server_layer import make_image_server_layer

    address = stage.server.service("Olinda/Landsat")
    layer = make_image_server_layer(address, "Classes", processing_template="NDVIClasses", kind="picture")
    yield lambda: type(layer.legend()).__name__ == "PictureLegend"
    tree = stage.iface.layerTreeView()
    yield lambda: tree.isExpanded(tree.model().index(0, 0)) and tree.model().rowCount(tree.model().index(0, 0)) == 5
    stage.iface.setActiveLayer(layer)
    yield from stage.draw(layer.extent())
    found = dock()
    assert found is not None
    panel = found.widget()
    panel.choose(layer)
    tap(panel.clear)
    yield lambda: not panel.points
    click_on_map(stage, layer, HERE)
    yield lambda: panel.points and not panel.is_busy
    stage.photograph_screen("pixel_8_legend")
    yield from plot_is_dark_where_qgis_is(stage, panel)


def plot_is_dark_where_qgis_is(stage: Stage, panel: QWidget) -> Steps:
    """At the end: QGIS does not find back from a theme to another before it is started again."""
    yield from tab_is_shown(panel, 2)
    panel.profile.over.setCurrentIndex(1)
    QgsApplication.setUITheme("Night Mapping")
    yield lambda: panel.profile.plot.palette().color(QPalette.ColorRole.Base).lightness() < 100
    panel.profile.plot.repaint()
    yield lambda: not stage.canvas.isDrawing()
    stage.photograph_screen("pixel_9_dark")


def dock() -> QDockWidget | None:
    found = (widget for widget in QApplication.allWidgets() if widget.objectName() == "ImageServerPixel")
    return next((widget for widget in found if widget.isVisible()), None)


def place(layer: QgsRasterLayer, cell: tuple[int, int]) -> tuple[float, float]:
    extent = layer.extent()
    return extent.xMinimum() + CELL * (cell[0] + 0.5), extent.yMaximum() - CELL * (cell[1] + 0.5)


def click_on_map(stage: Stage, layer: QgsRasterLayer, cell: tuple[int, int]) -> None:
    canvas = stage.canvas
    at = canvas.getCoordinateTransform().transform(QgsPointXY(*place(layer, cell))).toQPointF().toPoint()
    click_pixel(canvas.viewport(), at)


def tab_is_shown(panel: QWidget, number: int) -> Steps:
    tap_tab(panel.tabs, number)
    yield lambda: panel.tabs.currentIndex() == number


def footprints_on(stage: Stage) -> bool:
    """Whether an outline lies on the map."""
    return any(isinstance(item, QgsRubberBand) and item.isVisible() for item in stage.canvas.scene().items())
