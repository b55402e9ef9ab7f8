"""The group that layers of single dates are put into."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

from ..translation import tr


def date_group(name: str, layers: Sequence[QgsMapLayer], *, is_visible: bool) -> QgsLayerTreeGroup:
    """Return a new group, in no layer tree yet, for layers of single dates.

    It is shown only by the temporal controller: otherwise all of them would be drawn over each other, with a request
    for each.
    """
    group = QgsLayerTreeGroup(tr("{name}, by date").format(name=name))
    for layer in layers:
        group.addLayer(layer).setExpanded(False)
    group.setExpanded(False)
    group.setItemVisibilityChecked(is_visible)
    return group


def move_into_date_group(project: QgsProject, name: str, layers: Sequence[QgsMapLayer]) -> None:
    """Move layers of a project into such a group at the top of its layer tree, switched off."""
    root = project.layerTreeRoot()
    former = [node for node in (root.findLayer(layer.id()) for layer in layers) if node is not None]
    root.insertChildNode(0, date_group(name, layers, is_visible=False))
    for node in former:
        node.parent().removeChildNode(node)
