"""Signs beside our layers in the layer tree: what is set for them, and that one cannot be drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qgis.core import QgsApplication, QgsLayerTreeLayer, QgsLayerTreeNode, QgsProject, QgsRasterLayer
from qgis.gui import QgisInterface, QgsLayerTreeViewIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QIcon

from ...plugin.layer.edit import provider_of, source_of
from ...plugin.layer.words import layer_in_words
from ...plugin.resources import ICON
from ...plugin.service.plain_text import escaped
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.messages import tooltip


@dataclass
class _Sign:
    """An indicator, at the node that it is at: a layer may be in the tree more than once, and moves by a new node."""

    node: QgsLayerTreeLayer
    layer_id: str
    is_warning: bool
    indicator: QgsLayerTreeViewIndicator


class Indicators(QObject):
    """Keeps the signs up to date. `on_edit` and `on_retry` are for a click on the one or the other."""

    def __init__(
        self,
        iface: QgisInterface,
        on_edit: Callable[[QgsRasterLayer], None],
        on_retry: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = iface.layerTreeView()
        self._on_edit, self._on_retry = on_edit, on_retry
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._root = self._project.layerTreeRoot()
        self._signs: list[_Sign] = []
        # Why layers are not drawn, by layer id.
        self._failures: dict[str, str] = {}
        self._listened: list[QgsRasterLayer] = []
        # Nodes and layers come and go in many steps; the timer combines them.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.update)

    def start(self) -> None:
        """Show signs from now on."""
        self._root.addedChildren.connect(self._on_news)
        self._root.willRemoveChildren.connect(self._on_nodes_go)
        self._project.layersAdded.connect(self._on_news)
        # While a project is read, nodes exist before their layers.
        self._project.readProject.connect(self._on_news)
        self._project.layersWillBeRemoved.connect(self._on_layers_go)
        self.update()

    def stop(self) -> None:
        """Take all signs away."""
        self._later.stop()
        self._root.addedChildren.disconnect(self._on_news)
        self._root.willRemoveChildren.disconnect(self._on_nodes_go)
        self._project.layersAdded.disconnect(self._on_news)
        self._project.readProject.disconnect(self._on_news)
        self._project.layersWillBeRemoved.disconnect(self._on_layers_go)
        for layer in self._listened:
            layer.dataSourceChanged.disconnect(self._on_news)
        self._listened.clear()
        self._failures.clear()
        self._remove(lambda _sign: True)

    def warn(self, layer_id: str, text: str, _details: str = "") -> None:
        """Show that a layer is not drawn, and why."""
        self._failures[layer_id] = text
        self._later.start()

    def calm(self, layer_id: str) -> None:
        """Show that a layer is drawn again."""
        self._failures.pop(layer_id, None)
        self._later.start()

    def update(self) -> None:
        """Bring all signs up to date."""
        nodes = list(self._root.findLayers())
        wanted = {
            (node.layerId(), is_warning): text
            for node in nodes
            for is_warning, text in ((False, self._settings(node)), (True, self._failure(node)))
            if text
        }
        self._remove(lambda sign: (sign.layer_id, sign.is_warning) not in wanted or sign.node not in nodes)
        there = {(sign.layer_id, sign.is_warning, id(sign.node)): sign for sign in self._signs}
        for node in nodes:
            for is_warning in (False, True):
                text = wanted.get((node.layerId(), is_warning))
                if text is None:
                    continue
                sign = there.get((node.layerId(), is_warning, id(node))) or self._add(node, is_warning=is_warning)
                if sign.indicator.toolTip() != text:
                    sign.indicator.setToolTip(text)

    def _settings(self, node: QgsLayerTreeLayer) -> str:
        """Return what the sign of a layer of ours says; empty for other layers."""
        layer = node.layer()
        source = None if layer is None else source_of(layer)
        if source is None:
            return ""
        if layer not in self._listened:
            layer.dataSourceChanged.connect(self._on_news)
            self._listened.append(layer)
        first, *lines = layer_in_words(source, provider_of(layer))
        said = "<br>".join((f"<b>{escaped(first)}</b>", *map(escaped, lines)))
        return f"<p>{said}</p><p>{escaped(tr('Click to edit the layer.'))}</p>"

    def _failure(self, node: QgsLayerTreeLayer) -> str:
        text = self._failures.get(node.layerId(), "")
        return tooltip(text) + tooltip(tr("Click to try again.")) if text else ""

    def _add(self, node: QgsLayerTreeLayer, *, is_warning: bool) -> _Sign:
        layer_id = node.layerId()
        indicator = QgsLayerTreeViewIndicator(self)
        warm(indicator)
        indicator.setIcon(QgsApplication.getThemeIcon("/mIconWarning.svg") if is_warning else QIcon(str(ICON)))
        if is_warning:
            indicator.clicked.connect(lambda _index: self._on_retry(layer_id))
        else:
            indicator.clicked.connect(lambda _index: self._edit(layer_id))
        self._view.addIndicator(node, indicator)
        sign = _Sign(node, layer_id, is_warning, indicator)
        self._signs.append(sign)
        return sign

    def _remove(self, is_due: Callable[[_Sign], bool]) -> None:
        for sign in [sign for sign in self._signs if is_due(sign)]:
            self._signs.remove(sign)
            if not sip.isdeleted(sign.node) and not sip.isdeleted(self._view):
                self._view.removeIndicator(sign.node, sign.indicator)
            sign.indicator.deleteLater()

    def _edit(self, layer_id: str) -> None:
        layer = self._project.mapLayer(layer_id)
        if layer is not None:
            self._on_edit(layer)

    def _on_news(self, *_: object) -> None:
        self._later.start()

    def _on_nodes_go(self, parent: QgsLayerTreeNode, first: int, last: int) -> None:
        """Take the signs of nodes that go, while they are there: the view would give them to whoever comes next."""
        going = {id(node) for child in parent.children()[first : last + 1] for node in _layer_nodes(child)}
        self._remove(lambda sign: id(sign.node) in going)

    def _on_layers_go(self, layer_ids: list[str]) -> None:
        self._listened = [layer for layer in self._listened if layer.id() not in layer_ids]
        for layer_id in layer_ids:
            self._failures.pop(layer_id, None)


def _layer_nodes(node: QgsLayerTreeNode) -> Iterator[QgsLayerTreeLayer]:
    if isinstance(node, QgsLayerTreeLayer):
        yield node
    else:
        for child in node.children():
            yield from _layer_nodes(child)
