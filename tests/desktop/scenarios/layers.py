"""Both kinds of layers on the canvas: while the plugin is on, off and on again, and when the server misbehaves."""

from __future__ import annotations

import json
from collections.abc import Mapping

from osgeo import gdal
from qgis import utils
from qgis.core import QgsLayerNotesUtils, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsMessageBarItem
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from ...imageserver.data import DATA
from ..profile import PACKAGE
from ..stage import Stage, Steps, rgb
from .lifecycle import switch_on

FREEZE = "Freeze at This View"
AROUND_THE_VIEW = {"mosaicMethod": "esriMosaicCenter"}
# Parts of the Landsat scene where different rasters are on top.
HERE, THERE, ELSEWHERE = (
    QgsRectangle.fromCenterAndSize(QgsPointXY(x, y), 3000, 3000)
    for x, y in ((291500, 9118000), (295500, 9113500), (295500, 9118000))
)


def steps(stage: Stage) -> Steps:
    from image_server_layer import make_image_server_layer

    project = QgsProject.instance()
    classes = make_image_server_layer(stage.server.service("PuertoRico/LandCover"), "Land cover", provider="gdal")
    project.setCrs(classes.crs())
    yield from stage.draw(classes.extent())
    stage.photograph("layers_1_values")
    check_classes(stage)

    picture = make_image_server_layer(
        stage.server.service("Olinda/Landsat"),
        "Landsat, around the view",
        band_index="4;3;2",
        mosaic_method="CLOSEST_TO_CENTER",
        processing_template="None",
    )
    assert picture.providerType() == "arcgismapserver"
    project.setCrs(picture.crs())
    stage.iface.setActiveLayer(picture)
    yield from stage.draw(HERE)
    stage.photograph("layers_2_picture")
    assert is_right(stage, AROUND_THE_VIEW)
    assert project.write(str(stage.folder / "layers.qgz"))

    assert utils.unloadPlugin(PACKAGE)
    yield from stage.draw()
    stage.photograph("layers_3_plugin_off")
    assert (stage.pixels() == 255).all()
    assert "It needs the QGIS plugin <b>Image Server Layer</b>" in QgsLayerNotesUtils.layerNotes(picture)
    assert FREEZE not in menu_of(stage, picture)

    switch_on()
    yield from stage.draw()
    assert is_right(stage, AROUND_THE_VIEW)

    yield from plugin_can_be_reloaded_during_drawing(stage)
    yield from sign_in_page_is_told_of(stage)
    yield from layer_can_be_frozen(stage, picture)


def plugin_can_be_reloaded_during_drawing(stage: Stage) -> Steps:
    """QGIS survives, and the layer is drawn."""
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
    """A web page instead of an image: one message, however often the layer is drawn, until *Retry* succeeds."""
    stage.server.fault("html")
    yield from stage.draw(THERE)
    yield from stage.draw()
    (message,) = messages(stage)
    stage.photograph("layers_4_message")
    assert message.text() == (
        "The layer “Landsat, around the view” draws nothing: the server sends a web page, not an image; "
        "you may have to sign in."
    )
    stage.server.reset()
    (retry,) = message.findChildren(QPushButton)
    assert retry.text() == "Retry"
    retry.click()
    yield lambda: not messages(stage) and not stage.canvas.isDrawing()
    assert is_right(stage, AROUND_THE_VIEW)


def layer_can_be_frozen(stage: Stage, layer: QgsRasterLayer) -> Steps:
    """The rasters stay in the order of the view in which the layer was frozen."""
    yield from stage.draw(HERE)
    menu = stage.iface.layerTreeView().menuProvider().createContextMenu()
    menu.popup(stage.iface.layerTreeView().mapToGlobal(stage.iface.layerTreeView().pos()))
    yield menu.isVisible
    stage.photograph("layers_5_menu", menu)
    (freeze,) = (action for action in menu.actions() if action.text() == FREEZE)
    menu.close()
    source = layer.source()
    freeze.trigger()
    yield lambda: layer.source() != source
    yield from stage.draw(THERE)
    stage.photograph("layers_6_frozen")
    viewpoint = {"x": 291500, "y": 9118000, "spatialReference": {"wkid": 31985}}
    assert is_right(stage, {"mosaicMethod": "esriMosaicViewpoint", "viewpoint": viewpoint})
    assert not is_right(stage, AROUND_THE_VIEW)
    assert FREEZE not in menu_of(stage, layer)


def check_classes(stage: Stage) -> None:
    """Compare the canvas with the colours of the file that the server reads, in the middle of some pixels."""
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
    return [item for item in stage.iface.messageBar().items() if item.title() == "Image Server Layer"]
