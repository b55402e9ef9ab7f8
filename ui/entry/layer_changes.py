"""Changes of layers in the background, one at a time for each layer, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qgis.core import QgsFeedback, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject

from ...plugin.layer.edit import edit_request, options_of
from ...plugin.layer.lock import plan_locked
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.layer.request import LayerRequest
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr
from ..common.announcements import Announcements
from ..common.background import Background
from ..common.messages import show_error
from ..form.target import change_layer


class LayerChanges(QObject):
    """Plans in the background what becomes of a layer, then changes it in place and says so."""

    def __init__(self, iface: QgisInterface, announcements: Announcements, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._iface, self._announcements = iface, announcements
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        # By layer id, so that changing one layer does not cancel the change of another.
        self._under_way: dict[str, Background] = {}

    def start(self) -> None:
        """Look after the layers of the project from now on."""
        self._project.layersWillBeRemoved.connect(self._cancel)

    def stop(self) -> None:
        """Cancel what is under way."""
        self._project.layersWillBeRemoved.disconnect(self._cancel)
        self._cancel(list(self._under_way))

    def change(
        self,
        layer: QgsRasterLayer,
        request: LayerRequest,
        description: str,
        plan: Callable[[LayerRequest, QgsFeedback], LayerPlan] = plan_layer,
        *,
        reloads: bool = False,
    ) -> None:
        """Change a layer as `plan` makes of a request, which it may put together anew on its thread.

        `description` is for QGIS' list of tasks, in which the change can be canceled.
        """
        layer_id = layer.id()
        if layer_id not in self._under_way:
            self._under_way[layer_id] = Background(self)
        self._under_way[layer_id].run(
            description,
            lambda feedback: plan(request, feedback),
            lambda found: self._apply(layer_id, found, reloads=reloads),
            self._tell,
        )

    def lock(self, layer: QgsRasterLayer, raster_ids: tuple[int, ...]) -> None:
        """Let a layer show these rasters only, the first one on top; with none, all of them again."""
        options = options_of(layer)
        if options is None:
            return
        request = edit_request(layer, self._project, options)
        description = tr("Changing the layer “{name}”").format(name=layer.name())
        self.change(layer, request, description, lambda asked, feedback: plan_locked(asked, raster_ids, feedback))

    def _apply(self, layer_id: str, plan: LayerPlan, *, reloads: bool) -> None:
        layer = self._project.mapLayer(layer_id)
        if layer is not None:
            change_layer(layer, plan, self._iface.messageBar(), self._announcements, reloads=reloads)

    def _tell(self, error: ImageServerLayerError) -> None:
        show_error(self._iface.messageBar(), error)

    def _cancel(self, layer_ids: Iterable[str]) -> None:
        for layer_id in layer_ids:
            background = self._under_way.pop(layer_id, None)
            if background is not None:
                background.cancel()
                background.deleteLater()
