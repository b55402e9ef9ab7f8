"""Image services that are dragged from QGIS' Browser into the map or the layer tree become layers of this plugin."""

from __future__ import annotations

from dataclasses import replace

from qgis.core import QgsProject
from qgis.gui import QgisInterface, QgsCustomDropHandler
from qgis.PyQt.QtCore import QMimeData, QObject

from ...plugin.layer.naming import unique_name
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.layer.request import LayerRequest
from ...plugin.service.access import Access
from ...plugin.service.address import parse_web_address
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.preferences import preferred_timeout
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background
from ..common.messages import show_error
from ..form.earlier_choices import preferred_kind
from ..form.target import Target
from ..service.recent import recent_service
from .dropped_service import DroppedService, services_of_browser


class _DropHandler(QgsCustomDropHandler):
    """What QGIS asks first when something is dropped on its window."""

    def __init__(self, owner: MapDrop) -> None:
        super().__init__()
        warm(self)
        self._owner = owner

    def handleMimeDataV2(self, data: QMimeData) -> bool:
        """Take what holds image services and nothing else; QGIS sees to all the rest."""
        return self._owner.take(data)


class MapDrop(QObject):
    """Makes the layers in the background, with what the services do by themselves. `target` takes them."""

    def __init__(self, iface: QgisInterface, target: Target, parent: QObject | None = None) -> None:
        super().__init__(parent)
        warm(self)
        self._iface, self._target = iface, target
        self._handler = _DropHandler(self)
        self._under_way: list[Background] = []

    def start(self) -> None:
        """Take what is dropped from now on."""
        self._iface.registerCustomDropHandler(self._handler)

    def stop(self) -> None:
        """Take no more, and cancel what is under way."""
        self._iface.unregisterCustomDropHandler(self._handler)
        for background in self._under_way:
            background.cancel()
            background.deleteLater()
        self._under_way.clear()

    def take(self, data: QMimeData) -> bool:
        """Begin to make a layer of each service that was dropped; False where there is anything else among it."""
        services = services_of_browser(data)
        for service in services:
            self._make(service)
        return bool(services)

    def _make(self, service: DroppedService) -> None:
        recent = recent_service(service.address)
        known = Access(timeout=preferred_timeout()) if recent is None else recent.access
        request = LayerRequest(
            parse_web_address(service.address),
            Access(service.authcfg or known.authcfg, service.referer or known.referer, known.timeout),
            kind=preferred_kind(),
            transform_context=QgsProject.instance().transformContext(),
        )
        background = Background(self)
        self._under_way.append(background)
        background.run(
            tr("Adding an image service"),
            lambda feedback: plan_layer(request, feedback),
            lambda plan: self._add(background, plan),
            lambda error: self._tell(background, error),
        )

    def _add(self, background: Background, plan: LayerPlan) -> None:
        self._forget(background)
        try:
            # Nobody has named it, and the same service may have been dropped before.
            taken = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
            self._target.take(replace(plan, name=unique_name(plan.name, taken)), self._iface.messageBar())
        except ImageServerLayerError as error:
            show_error(self._iface.messageBar(), error)

    def _tell(self, background: Background, error: ImageServerLayerError) -> None:
        self._forget(background)
        show_error(self._iface.messageBar(), error)

    def _forget(self, background: Background) -> None:
        self._under_way.remove(background)
        background.deleteLater()
