"""Live layers of both kinds on the canvas: identified with the mouse, saved, reopened, reloaded, and when all fails."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from osgeo import gdal
from qgis import utils
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QMenu,
    QPushButton,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
)

from ...imageserver.data import DATA
from ...imageserver.security import TOKEN
from ...truth import NORTH_WEST, mosaic
from ..hand import says
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage, rgb
from .lifecycle import switch_on

EDIT, QUICK, FREEZE = "Edit Image Server Layer…", "Image Server Layer", "Freeze at This View"
VALUES, PICTURE, CLASSES, SECURED = "Landsat", "Landsat, around the view", "Land cover", "Secured"
AROUND_THE_VIEW = {"mosaicMethod": "esriMosaicCenter"}
# Parts of the Landsat scene where different rasters are on top.
HERE, THERE, ELSEWHERE = (
    QgsRectangle.fromCenterAndSize(QgsPointXY(x, y), 3000, 3000)
    for x, y in ((291500, 9118000), (295500, 9113500), (295500, 9118000))
)


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    project = QgsProject.instance()
    classes = make_image_server_layer(stage.server.service("PuertoRico/LandCover"), CLASSES)
    project.setCrs(classes.crs())
    yield from stage.draw(classes.extent())
    stage.photograph("layers_1_values")
    check_classes(stage)

    values = make_image_server_layer(
        stage.server.service("Olinda/Landsat"), VALUES, processing_template="None", mosaic_method="NORTH_WEST"
    )
    project.setCrs(values.crs())
    yield from stage.draw(HERE)
    yield from values_are_identified(stage, values)

    picture = make_image_server_layer(
        stage.server.service("Olinda/Landsat"),
        PICTURE,
        band_index="4;3;2",
        mosaic_method="CLOSEST_TO_CENTER",
        processing_template="None",
        kind="picture",
    )
    stage.iface.setActiveLayer(picture)
    yield from stage.draw(HERE)
    stage.photograph("layers_2_picture")
    assert is_right(stage, AROUND_THE_VIEW)
    yield from picture_is_identified(stage, picture)
    assert {layer.providerType() for layer in project.mapLayers().values()} == {"imageserver"}
    assert project.write(str(stage.folder / "layers.qgz"))
    assert providers_on_disk(stage.folder / "layers.qgz") == {VALUES: "gdal", PICTURE: "gdal", CLASSES: "gdal"}

    yield from plugin_can_be_switched_off_and_on(stage, picture)
    yield from plugin_can_be_reloaded_during_drawing(stage)
    yield from sign_in_page_is_told_of(stage)
    yield from layer_can_be_frozen(stage, picture)
    yield from secured_layer_is_saved_and_opened(stage)


def values_are_identified(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """A click with the identify tool tells the numbers of all bands under the mouse."""
    column, row = 120, 90
    found = yield from identified(stage, layer, column, row)
    expected = {number: float(value) for number, value in enumerate(mosaic(NORTH_WEST)[:, row, column], start=1)}
    numbers = {int(label.split(":")[0].removeprefix("Band ")): float(value) for label, value in found.items()}
    assert numbers == expected, found


def picture_is_identified(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """Of a picture, what the server made it of: bands 4, 3 and 2."""
    found = yield from identified(stage, layer, 90, 92)
    assert len(found) == 3, found
    assert all(float(value) > 0 for value in found.values()), found


def identified(stage: Stage, layer: QgsRasterLayer, column: int, row: int) -> Steps:
    """Click into the middle of a cell of a layer; return what the identify results say of its bands."""
    stage.iface.setActiveLayer(layer)
    stage.iface.actionIdentify().trigger()
    extent = layer.extent()
    x = extent.xMinimum() + (column + 0.5) * layer.rasterUnitsPerPixelX()
    y = extent.yMaximum() - (row + 0.5) * layer.rasterUnitsPerPixelY()
    place = stage.canvas.getCoordinateTransform().transform(x, y)
    QTest.mouseClick(stage.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(place.x()), round(place.y())))
    yield lambda: bands_told(stage, layer.name())
    found = bands_told(stage, layer.name())
    stage.photograph("layers_identified")
    stage.iface.actionPan().trigger()
    return found


def bands_told(stage: Stage, layer: str) -> dict[str, str]:
    """Return the values by the names of the bands that stand in the panel of identify results below a layer."""
    panels = [dock for dock in stage.iface.mainWindow().findChildren(QDockWidget) if dock.isVisible()]
    trees = [tree for panel in panels for tree in panel.findChildren(QTreeWidget) if tree.columnCount() == 2]
    told: dict[str, str] = {}
    for tree in trees:
        for number in range(tree.topLevelItemCount()):
            if tree.topLevelItem(number).text(0) == layer:
                told |= _leaves(tree.topLevelItem(number))
    return {label: value for label, value in told.items() if label.startswith("Band ")}


def _leaves(item: QTreeWidgetItem) -> dict[str, str]:
    if item.childCount() == 0:
        return {item.text(0): item.text(1)}
    return {label: value for row in range(item.childCount()) for label, value in _leaves(item.child(row)).items()}


def plugin_can_be_switched_off_and_on(stage: Stage, picture: QgsRasterLayer) -> Steps:
    """Layers that are open go on drawing; the plugin's entries in their menu come and go."""
    assert {EDIT, QUICK} <= set(menu_of(stage, picture))
    assert utils.unloadPlugin(PACKAGE)
    yield from stage.draw()
    stage.photograph("layers_3_plugin_off")
    assert is_right(stage, AROUND_THE_VIEW)
    assert not {EDIT, QUICK} & set(menu_of(stage, picture))

    switch_on()
    yield from stage.draw()
    assert is_right(stage, AROUND_THE_VIEW)
    assert {EDIT, QUICK} <= set(menu_of(stage, picture))


def plugin_can_be_reloaded_during_drawing(stage: Stage) -> Steps:
    """QGIS survives, and the layers are drawn."""
    stage.server.settings(latency=0.5)
    stage.canvas.setExtent(ELSEWHERE)
    stage.canvas.refresh()
    yield stage.canvas.isDrawing
    assert utils.unloadPlugin(PACKAGE)
    switch_on()
    stage.server.reset()
    yield from stage.draw()
    assert is_right(stage, AROUND_THE_VIEW)


def sign_in_page_is_told_of(stage: Stage) -> Steps:
    """A web page instead of an image: one message a layer, however often it is drawn, until it can be drawn again."""
    (values,) = QgsProject.instance().mapLayersByName(VALUES)
    QgsProject.instance().layerTreeRoot().findLayer(values.id()).setItemVisibilityChecked(False)
    stage.server.fault("html")
    yield from stage.draw(THERE)
    yield lambda: messages(stage)
    yield from stage.draw()
    (message,) = messages(stage)
    stage.photograph("layers_4_message")
    assert says(message, f"The layer “{PICTURE}” is not drawn, or not all of it: ")
    assert says(message, "web page")
    button(message, "Details…").click()
    yield viewers
    stage.photograph("layers_4_details", viewers()[0])
    assert viewers()[0].findChild(QTextEdit).toPlainText().endswith("Olinda/Landsat/ImageServer/exportImage")
    viewers()[0].close()
    stage.server.reset()
    button(message, "Try Again").click()
    yield lambda: not messages(stage) and not stage.canvas.isDrawing()
    assert is_right(stage, AROUND_THE_VIEW)
    QgsProject.instance().layerTreeRoot().findLayer(values.id()).setItemVisibilityChecked(True)


def layer_can_be_frozen(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The rasters stay in the order of the view in which the layer was frozen."""
    yield from stage.draw(HERE)
    stage.iface.setActiveLayer(layer)
    menu = stage.iface.layerTreeView().menuProvider().createContextMenu()
    menu.popup(stage.iface.layerTreeView().mapToGlobal(stage.iface.layerTreeView().pos()))
    yield menu.isVisible
    stage.photograph("layers_5_menu", menu)
    (quick,) = (action.menu() for action in menu.actions() if action.text() == QUICK)
    quick.aboutToShow.emit()
    (freeze,) = (action for action in quick.actions() if action.text() == FREEZE)
    assert freeze.isVisible()
    menu.close()
    source = layer.source()
    freeze.trigger()
    yield lambda: layer.source() != source
    yield from stage.draw(THERE)
    stage.photograph("layers_6_frozen")
    viewpoint = {"x": 291500, "y": 9118000, "spatialReference": {"wkid": 31985}}
    assert is_right(stage, {"mosaicMethod": "esriMosaicViewpoint", "viewpoint": viewpoint})
    assert not is_right(stage, AROUND_THE_VIEW)
    quick.aboutToShow.emit()
    assert not freeze.isVisible()


def secured_layer_is_saved_and_opened(stage: Stage) -> Steps:
    """Values of a service that asks for a token: live on disk, too, and the token is in no file."""
    from image_server_layer import make_image_server_layer

    project, file = QgsProject.instance(), stage.folder / "layers_secured.qgz"
    manager, config = QgsApplication.authManager(), QgsAuthMethodConfig("EsriToken")
    assert manager.setMasterPassword("for this scenario only", True)
    config.setName("Secured")
    config.setConfig("token", TOKEN)
    manager.storeAuthenticationConfig(config)
    project.clear()
    make_image_server_layer(
        stage.server.service("Test/SecuredLandsat"), SECURED, processing_template="None", authcfg=config.id()
    )
    assert project.write(str(file))
    assert providers_on_disk(file) == {SECURED: "imageserver"}
    assert TOKEN not in project_text(file)
    project.clear()

    assert project.read(str(file))
    (layer,) = project.mapLayers().values()
    assert not project.isDirty()
    yield from stage.draw(HERE)
    stage.photograph("layers_7_secured")
    assert (stage.pixels() != 255).any()
    found = yield from identified(stage, layer, 120, 90)
    assert len(found) == 6, found


def providers_on_disk(file: Path) -> dict[str, str]:
    """Return the provider of each layer by its name, as the project file says."""
    from qgis.PyQt.QtXml import QDomDocument

    document = QDomDocument()
    document.setContent(project_text(file))
    layers = document.elementsByTagName("maplayer")
    elements = [layers.at(number).toElement() for number in range(layers.count())]
    return {
        element.firstChildElement("layername").text(): element.firstChildElement("provider").text()
        for element in elements
    }


def project_text(file: Path) -> str:
    """Return the XML in a project file."""
    with zipfile.ZipFile(file) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".qgs"))
        return archive.read(name).decode("utf-8")


def check_classes(stage: Stage) -> None:
    """Compare the canvas with the colors of the file that the server reads, in the middle of some pixels."""
    file = gdal.Open(str(DATA / "landcover_puerto_rico.tif"))
    classes, colors = file.ReadAsArray(), file.GetRasterBand(1).GetColorTable()
    shown, to_screen = stage.pixels(), stage.canvas.getCoordinateTransform()
    compared = set()
    for row in range(2, 46, 4):
        for column in range(2, 84, 4):
            value = int(classes[row, column])
            ground = gdal.ApplyGeoTransform(file.GetGeoTransform(), column + 0.5, row + 0.5)
            screen = to_screen.transform(*ground)
            expected = colors.GetColorEntry(value)[:3] if value else (255, 255, 255)
            found = tuple(shown[int(screen.y()), int(screen.x())])
            assert found == expected, (row, column, value, found, expected)
            compared.add(value)
    assert len(compared) > 5


def is_right(stage: Stage, mosaic_rule: Mapping[str, object]) -> bool:
    """Compare the whole canvas with what the server draws for the same view.

    QGIS may ask for one column or row more than it shows, so some pixels beside the edges of the scene's are others.
    """
    extent, size = stage.canvas.extent(), stage.canvas.mapSettings().outputSize()
    parameters = {
        "format": "png32",
        "bbox": extent.toString(9).replace(" : ", ","),
        "bboxSR": 31985,
        "imageSR": 31985,
        "size": f"{size.width()},{size.height()}",
        "bandIds": "3,2,1",
        "renderingRule": '{"rasterFunction":"None"}',
        "mosaicRule": json.dumps(mosaic_rule),
    }
    expected = rgb(QImage.fromData(stage.exported("Olinda/Landsat", parameters)))
    same = (expected == stage.pixels()).all(axis=2)
    return bool(same.mean() > 0.9)


def menu_of(stage: Stage, layer: QgsRasterLayer) -> list[str]:
    """Return what the layer tree offers for a layer."""
    stage.iface.setActiveLayer(layer)
    menu: QMenu = stage.iface.layerTreeView().menuProvider().createContextMenu()
    return [action.text() for action in menu.actions()]


def messages(stage: Stage) -> list[QgsMessageBarItem]:
    """Return the plugin's messages in the message bar."""
    return [item for item in stage.iface.messageBar().items() if says(item, "<b>Image Server Layer:</b>")]


def button(message: QgsMessageBarItem, text: str) -> QPushButton:
    """Return the button of a message that bears a text."""
    (found,) = (button for button in message.findChildren(QPushButton) if button.text() == text)
    return found


def viewers() -> list[QDialog]:
    """Return the windows that show details."""
    windows = [
        window for window in QApplication.topLevelWidgets() if isinstance(window, QDialog) and window.isVisible()
    ]
    return [window for window in windows if window.windowTitle() == "Image Server Layer"]
