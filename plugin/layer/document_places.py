"""The places of a document's layers in the layer tree: in its groups, in its order, switched on or off."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject
from qgis.PyQt import sip

from ..documents.document import DocumentGroup, DocumentLayer
from .factory import layer_name


class DocumentPlaces:
    """Puts the layers of a document into a project, from the topmost down, above the layers that are there."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project
        self._root = project.layerTreeRoot()
        self._groups: dict[tuple[str, ...], QgsLayerTreeGroup] = {}
        # Of the next thing at the top of the tree.
        self._position = 0

    def add(self, layer: QgsMapLayer, placed: DocumentLayer) -> None:
        """Add a new layer to the project."""
        self._project.addMapLayer(layer, False)
        self._put(layer, placed)

    def move(self, layer: QgsMapLayer, placed: DocumentLayer) -> None:
        """Move a layer of the project to its place."""
        former = self._root.findLayer(layer.id())
        if former is None:
            return
        parent = former.parent()
        self._put(layer, placed)
        parent.removeChildNode(former)

    def remove_empty_groups(self) -> None:
        """Take away those of the groups that hold nothing any more, the innermost first."""
        for group in reversed(list(self._groups.values())):
            # The user may have removed it, or opened another project.
            if not sip.isdeleted(group) and not group.children():
                group.parent().removeChildNode(group)
        self._groups.clear()

    def _put(self, layer: QgsMapLayer, placed: DocumentLayer) -> None:
        parent = self._group(placed.groups)
        if parent is self._root:
            node = parent.insertLayer(self._position, layer)
            self._position += 1
        else:
            node = parent.addLayer(layer)
        node.setItemVisibilityChecked(placed.is_visible)

    def _group(self, groups: Sequence[DocumentGroup]) -> QgsLayerTreeGroup:
        """Return the innermost of some groups, made where it is not there yet."""
        if not groups:
            return self._root
        path = tuple(group.key for group in groups)
        if path not in self._groups:
            parent, name = self._group(groups[:-1]), layer_name(groups[-1].name)
            if parent is self._root:
                made = parent.insertGroup(self._position, name)
                self._position += 1
            else:
                made = parent.addGroup(name)
            made.setItemVisibilityChecked(groups[-1].is_visible)
            self._groups[path] = made
        return self._groups[path]
