"""What the menu of a layer of footprints offers: to lock a layer of the same service to what is selected."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from ...plugin.layer.footprint_layer import layers_of_service, raster_list_of, selected_rasters
from ...plugin.resources import ICON
from ...plugin.service.plain_text import clean_line
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr

Lock = Callable[[QgsRasterLayer, "tuple[int, ...]"], None]


class RasterListMenu(QMenu):
    """Filled each time it opens: the layers to choose from, or what is missing."""

    def __init__(self, iface: QgisInterface, lock: Lock) -> None:
        super().__init__(tr("Lock Image Server Layer to Selected Features"), iface.mainWindow())
        self._iface, self._lock = iface, lock
        self._project = QgsProject.instance()
        self.setIcon(QIcon(str(ICON)))
        self.aboutToShow.connect(self.fill)
        warm_all(self)

    def fill(self) -> None:
        """List the layers of the service whose rasters the active layer lists."""
        self.clear()
        layer = self._iface.activeLayer()
        listed = raster_list_of(layer)
        if listed is None or not isinstance(layer, QgsVectorLayer):
            return
        if not layer.selectedFeatureCount():
            self.addAction(tr("Select the rasters first")).setEnabled(False)
            return
        layers = layers_of_service(self._project, listed.service_url)
        if not layers:
            self.addAction(tr("The project has no layer of this image service")).setEnabled(False)
        for image_layer in layers:
            action = self.addAction(clean_line(image_layer.name()).replace("&", "&&"))
            action.triggered.connect(self._locking(layer.id(), image_layer.id()))
        warm_all(self)

    def _locking(self, list_id: str, layer_id: str) -> Callable[[bool], None]:
        def lock(_checked: bool) -> None:
            layer, image_layer = self._project.mapLayer(list_id), self._project.mapLayer(layer_id)
            listed = raster_list_of(layer)
            if listed is not None and isinstance(image_layer, QgsRasterLayer):
                raster_ids = selected_rasters(layer, listed)
                if raster_ids:
                    self._lock(image_layer, raster_ids)

        return lock
