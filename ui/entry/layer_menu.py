"""What the layer tree's context menu offers for our layers."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsMapLayerType,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ...plugin.layer.edit import apply_plan, edit_request, frozen_at, options_of, orders_by_view
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.service.errors import OptionError
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.background import Background
from ..common.messages import show_error


class LayerMenu(QObject):
    """*Freeze at This View*, for layers whose rasters are ordered around the view."""

    def __init__(self, iface: QgisInterface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface = iface
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        # By the ids of the layers: freezing one does not put an end to another.
        self._freezing: dict[str, Background] = {}
        self._freeze = QAction(tr("Freeze at This View"), self)
        self._freeze.setToolTip(tr("Order the rasters around the middle of this view, from now on and for every view."))
        self._freeze.triggered.connect(self._on_freeze)
        warm_all(self)

    def start(self) -> None:
        """Put the action into the menus of the layers that there are, and of those to come."""
        self._project.layersAdded.connect(self._offer)
        self._offer_anew()

    def stop(self) -> None:
        """Take the action out of all menus."""
        self._project.layersAdded.disconnect(self._offer)
        self._iface.removeCustomActionForLayerType(self._freeze)
        for background in self._freezing.values():
            background.cancel()

    def _offer_anew(self) -> None:
        """Offer the action for the layers that follow the view by now, and for no other."""
        self._iface.removeCustomActionForLayerType(self._freeze)
        self._iface.addCustomActionForLayerType(self._freeze, "", QgsMapLayerType.RasterLayer, False)
        self._offer(self._project.mapLayers().values())

    def _offer(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if orders_by_view(layer):
                self._iface.addCustomActionForLayer(self._freeze, layer)

    def _on_freeze(self) -> None:
        layer = self._iface.activeLayer()
        options = options_of(layer) if isinstance(layer, QgsRasterLayer) and orders_by_view(layer) else None
        if options is None:
            return
        canvas, project = self._iface.mapCanvas(), self._project
        transform = QgsCoordinateTransform(canvas.mapSettings().destinationCrs(), layer.crs(), project)
        try:
            center = transform.transform(canvas.extent().center())
        except QgsCsException:
            text = tr(
                "The middle of this view cannot be transformed to the reference system of “{name}”; zoom in first."
            )
            show_error(self._iface.messageBar(), OptionError("viewpoint", text.format(name=layer.name())))
            return
        request = edit_request(layer, project, frozen_at(options, center.x(), center.y()))
        layer_id = layer.id()
        if layer_id not in self._freezing:
            self._freezing[layer_id] = Background(self)
        self._freezing[layer_id].run(
            tr("Freeze “{name}”").format(name=layer.name()),
            lambda feedback: plan_layer(request, feedback),
            lambda plan: self._apply(layer_id, plan),
            lambda error: show_error(self._iface.messageBar(), error),
        )

    def _apply(self, layer_id: str, plan: LayerPlan) -> None:
        layer = self._project.mapLayer(layer_id)
        if layer is not None:
            apply_plan(layer, plan)
            self._offer_anew()
            self._project.setDirty(True)
