"""*Lock Raster Here…*: a place on the map, and a menu of the rasters there, one of which the layer then shows."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeedback,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface, QgsMessageBarItem
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QPoint
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QMenu

from ...plugin.backend.source import LayerSource
from ...plugin.layer.connect import connect
from ...plugin.layer.edit import options_of, source_of
from ...plugin.layer.lock import RastersAtPoint, raster_in_words, rasters_at
from ...plugin.layer.outlines import outline_of
from ...plugin.service.address import ServiceAddress
from ...plugin.service.catalog import CatalogRaster
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.service.image_service import ImageService
from ...plugin.service.plain_text import clean_line
from ...plugin.service.warming import warm, warm_all
from ...plugin.translation import tr
from ..common.background import Background
from ..common.footprints import Footprints
from ..common.messages import push, show_error
from ..mosaic.point_picker import PointPicker

Lock = Callable[[QgsRasterLayer, "tuple[int, ...]"], None]
_SECONDS_SHOWN = 20


class RasterPickerOnMap(QObject):
    """Asks for one point at a time. `lock` changes a layer; no raster stands for all. `on_edit` opens its form."""

    def __init__(
        self, iface: QgisInterface, lock: Lock, on_edit: Callable[[QgsRasterLayer], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        warm(self)
        self._iface, self._lock, self._on_edit = iface, lock, on_edit
        self._project = QgsProject.instance()
        self._canvas = iface.mapCanvas()
        self._points = PointPicker(self._canvas, self._canvas)
        self._points.picked.connect(self._ask)
        self._asking = Background(self)
        self._layer_id = ""
        self._service: ImageService | None = None
        self._hint: QgsMessageBarItem | None = None
        self.menu: QMenu | None = None

    def begin(self, layer: QgsRasterLayer, service: ImageService) -> None:
        """Wait for a click on the map; Esc, the right button or another tool puts an end to it."""
        self._layer_id, self._service = layer.id(), service
        self._take_hint()
        text = tr("Click on the map to choose from the rasters of “{name}” there; Esc gives up.")
        self._hint = push(
            self._iface.messageBar(), text.format(name=layer.name()), Qgis.MessageLevel.Info, _SECONDS_SHOWN
        )
        self._points.start()

    def ask_at(self, layer: QgsRasterLayer, point: QgsPointXY) -> None:
        """Look for the rasters at a point of the map, after reading what the service of the layer says of itself."""
        self._layer_id, self._service = layer.id(), None
        self._ask(point)

    def stop(self) -> None:
        """Ask for nothing, and leave no trace on the map."""
        self._points.stop()
        self._points.deleteLater()
        self._asking.cancel()
        self._take_hint()
        self._close_menu()

    def _ask(self, point: QgsPointXY) -> None:
        self._take_hint()
        layer, service = self._project.mapLayer(self._layer_id), self._service
        source = None if layer is None else source_of(layer)
        if source is None:
            return
        place = self._canvas.mapToGlobal(self._canvas.getCoordinateTransform().transform(point).toQPointF().toPoint())
        to_layer = QgsCoordinateTransform(
            self._canvas.mapSettings().destinationCrs(), layer.crs(), self._project.transformContext()
        )
        try:
            there = to_layer.transform(point)
        except QgsCsException:
            text = tr("This point cannot be transformed to the reference system of “{name}”: click elsewhere.")
            self._tell(OptionError("lock_raster_ids", text.format(name=layer.name())))
            return
        x, y = there.x(), there.y()
        self._asking.run(
            tr("Looking for the rasters of “{name}” at a point").format(name=layer.name()),
            lambda feedback: _find(source, service, x, y, feedback),
            lambda found: self._offer(found[0], found[1], place),
            self._tell,
        )

    def _offer(self, service: ImageService, found: RastersAtPoint, place: QPoint) -> None:
        """Show the menu, unless the layer has gone."""
        layer = self._project.mapLayer(self._layer_id)
        options = None if layer is None else options_of(layer)
        if options is None:
            return
        if not found.rasters:
            text = tr("No raster of “{name}” lies there: click where the layer shows something.")
            self._tell(OptionError("lock_raster_ids", text.format(name=layer.name())))
            return
        self._close_menu()
        self.menu = menu = QMenu(self._iface.mainWindow())
        footprints = Footprints(self._canvas, layer.crs(), menu)
        menu.addAction(tr("Show only:")).setEnabled(False)
        group = QActionGroup(menu)
        for raster in found.rasters:
            action = self._add_raster(menu, raster, service, footprints)
            group.addAction(action)
            action.setChecked(options.lock_raster_ids == (raster.id,))
        if found.has_more:
            menu.addAction(tr("More Rasters…")).triggered.connect(lambda _checked: self._with_layer(self._on_edit))
        if options.lock_raster_ids:
            menu.addSeparator()
            every = menu.addAction(tr("All Rasters"))
            every.triggered.connect(lambda _checked: self._with_layer(lambda it: self._lock(it, ())))
        menu.aboutToHide.connect(footprints.remove)
        menu.aboutToHide.connect(menu.deleteLater)
        warm_all(menu)
        menu.popup(place)

    def _add_raster(self, menu: QMenu, raster: CatalogRaster, service: ImageService, footprints: Footprints) -> QAction:
        action = menu.addAction(clean_line(raster_in_words(raster, service)).replace("&", "&&"))
        action.setCheckable(True)
        outline = outline_of(raster)
        shapes = [] if outline is None else [outline]
        action.hovered.connect(lambda: footprints.show(shapes))
        action.triggered.connect(lambda _checked: self._with_layer(lambda layer: self._lock(layer, (raster.id,))))
        return action

    def _with_layer(self, do: Callable[[QgsRasterLayer], None]) -> None:
        layer = self._project.mapLayer(self._layer_id)
        if layer is not None:
            do(layer)

    def _take_hint(self) -> None:
        hint, self._hint = self._hint, None
        if hint is not None and not sip.isdeleted(hint):
            self._iface.messageBar().popWidget(hint)

    def _close_menu(self) -> None:
        menu, self.menu = self.menu, None
        if menu is not None and not sip.isdeleted(menu):
            menu.close()

    def _tell(self, error: ImageServerLayerError) -> None:
        show_error(self._iface.messageBar(), error)


def _find(
    source: LayerSource, service: ImageService | None, x: float, y: float, feedback: QgsFeedback
) -> tuple[ImageService, RastersAtPoint]:
    """Return the service of a layer, which is read where it is not known, and its rasters at a point."""
    if service is None:
        service = connect(ServiceAddress(source.service_url), source.access, feedback).service
    if service.mosaic is None or not service.mosaic.has_catalog:
        text = tr("“{name}” lists no rasters, so that none of them can be locked.")
        raise OptionError("lock_raster_ids", text.format(name=service.name))
    return service, rasters_at(source, service, x, y, feedback)
