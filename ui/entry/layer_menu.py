"""What the layer tree's context menu offers for layers of image services, and for their footprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.core import QgsApplication, QgsMapLayer, QgsMapLayerType, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ...plugin.layer.editable import is_of_image_service
from ...plugin.layer.footprint_layer import raster_list_of
from ...plugin.resources import ICON
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from .date_layers import DateLayers
from .footprint_loader import FootprintLoader
from .identify_action import IdentifyAction
from .layer_changes import LayerChanges
from .quick_menu import QuickMenu
from .raster_list_menu import RasterListMenu
from .take_home import open_download_dialog_of_list


class LayerMenu(QObject):
    """*Edit Image Server Layer…*, and the quick ways; of these, QGIS' own layers have some once they are ours."""

    def __init__(
        self,
        iface: QgisInterface,
        changes: LayerChanges,
        footprints: FootprintLoader,
        dates: DateLayers,
        on_edit: Callable[[QgsRasterLayer], None],
        on_ask: Callable[[QgsRasterLayer], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._iface = iface
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._on_edit, self._on_ask = on_edit, on_ask
        self._edit = QAction(QIcon(str(ICON)), tr("Edit Image Server Layer…"), self)
        self._edit.setToolTip(tr("Change what is shown of the image service, and how; everything else of it stays."))
        self._edit.triggered.connect(lambda _checked: self._edit_active())
        self.download_listed = QAction(
            QgsApplication.getThemeIcon("/downloading_svg.svg"), tr("Download Selected Source Rasters…"), self
        )
        self.download_listed.triggered.connect(lambda _checked: self._download_listed())
        self._changes, self._footprints, self._dates = changes, footprints, dates
        warm_all(self)

    def start(self) -> None:
        """Put the entries into the menus of the layers that there are, and of those to come."""
        self.quick = QuickMenu(
            self._iface, self._changes, self._footprints, self._dates, self._on_edit, self._on_ask
        )
        self._identify = IdentifyAction(self._iface.mapCanvas(), self.quick.lock_at, self)
        self._identify.start()
        self.raster_list = RasterListMenu(self._iface, self._changes.lock)
        for action in self._actions():
            self._iface.addCustomActionForLayerType(action, "", QgsMapLayerType.RasterLayer, False)
        for action in self._actions_of_lists():
            self._iface.addCustomActionForLayerType(action, "", QgsMapLayerType.VectorLayer, False)
        self._project.layersAdded.connect(self._offer)
        self._offer(self._project.mapLayers().values())

    def stop(self) -> None:
        """Take the entries out of all menus."""
        self._project.layersAdded.disconnect(self._offer)
        for action in (*self._actions(), *self._actions_of_lists()):
            self._iface.removeCustomActionForLayerType(action)
        self._identify.stop()
        self.quick.stop()
        for menu in (self.quick, self.raster_list):
            menu.deleteLater()

    def _actions(self) -> tuple[QAction, QAction]:
        return self._edit, self.quick.menuAction()

    def _actions_of_lists(self) -> tuple[QAction, QAction]:
        return self.raster_list.menuAction(), self.download_listed

    def _download_listed(self) -> None:
        layer = self._iface.activeLayer()
        if isinstance(layer, QgsVectorLayer):
            open_download_dialog_of_list(layer, self._iface.messageBar())

    def _offer(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if is_of_image_service(layer, self._project):
                for action in self._actions():
                    self._iface.addCustomActionForLayer(action, layer)
            elif raster_list_of(layer) is not None:
                for action in self._actions_of_lists():
                    self._iface.addCustomActionForLayer(action, layer)

    def _edit_active(self) -> None:
        layer = self._iface.activeLayer()
        if isinstance(layer, QgsRasterLayer):
            self._on_edit(layer)
