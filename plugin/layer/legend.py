"""The service's own legend of a picture, in QGIS' layer tree and layouts, and saved with the layer."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

from qgis.core import (
    QgsFeedback,
    QgsLayerTreeLayer,
    QgsLayerTreeModelLegendNode,
    QgsMapLayerLegend,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsSimpleLegendNode,
)
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QIcon, QImageReader, QPixmap

from ..backend.source import Kind, LayerSource
from ..provider.guard import never_raises
from ..service.client import ImageServiceClient
from ..service.json_values import compact_json, load, mapping, sequence, text
from ..service.legend import MOST_ENTRIES, LegendEntry, decoded_image, legend_parameters
from ..service.plain_text import clean_line
from ..service.transport import Transport
from ..service.warming import warm
from .own_properties import write_property

LEGEND_PROPERTY = "image_server_layer/legend"
"""The custom property of a layer that holds its legend, so that a project that is opened asks for none."""
# In pixels; a usual swatch has some twenty.
_LARGEST_SIDE = 256
_LONGEST_PROPERTY = 4 * 2**20


def has_own_legend(layer: QgsRasterLayer, source: LayerSource) -> bool:
    """Whether the server's legend fits what the layer shows: a picture, unchanged."""
    return source.kind is Kind.PICTURE and isinstance(layer.renderer(), QgsMultiBandColorRenderer)


def legend_key(source: LayerSource) -> str:
    """Return what stands for everything that changes the legend."""
    asked = compact_json([source.service_url, legend_parameters(source.parameters)])
    return hashlib.sha256(asked.encode()).hexdigest()[:16]


def read_legend(source: LayerSource, feedback: QgsFeedback | None = None) -> tuple[LegendEntry, ...]:
    """Ask the service for the legend of a picture; it may have none.

    Raises:
        ImageServerLayerError: as `ImageServiceClient.request`.
    """
    client = ImageServiceClient(source.service_url, Transport(source.access, feedback))
    return client.legend(source.parameters)


def keep_legend(layer: QgsRasterLayer, key: str, entries: Sequence[LegendEntry]) -> None:
    """Save a legend with its layer."""
    listed = [[entry.label, base64.b64encode(entry.image).decode()] for entry in entries]
    write_property(layer, LEGEND_PROPERTY, compact_json({"key": key, "entries": listed}))


def kept_legend(layer: QgsRasterLayer, key: str) -> tuple[LegendEntry, ...] | None:
    """Return the legend that is saved with a layer, None where there is none for this key, or not one of ours."""
    saved = str(layer.customProperty(LEGEND_PROPERTY, ""))
    if not saved or len(saved) > _LONGEST_PROPERTY:
        return None
    try:
        found = mapping(load(saved.encode()))
    except ValueError:
        return None
    listed = [sequence(entry) for entry in sequence(found.get("entries"))]
    if found.get("key") != key or len(listed) > MOST_ENTRIES or not all(len(entry) == 2 for entry in listed):
        return None
    return tuple(LegendEntry(clean_line(text(entry[0])), decoded_image(text(entry[1]))) for entry in listed)


class PictureLegend(QgsMapLayerLegend):
    """A row for each entry. It belongs to its layer, which deletes it."""

    def __init__(self, entries: Sequence[LegendEntry]) -> None:
        super().__init__()
        self.entries = tuple(entries)
        warm(self)

    @never_raises(list)
    def createLayerTreeModelLegendNodes(  # noqa: N802 - QGIS calls it
        self,
        nodeLayer: QgsLayerTreeLayer,  # noqa: N803
    ) -> list[QgsLayerTreeModelLegendNode]:
        """Return new rows. They belong to this legend until the layer tree takes them."""
        nodes = []
        for number, entry in enumerate(self.entries):
            node = QgsSimpleLegendNode(nodeLayer, entry.label, _icon(entry.image), self, f"entry {number}")
            warm(node)
            nodes.append(node)
        return nodes


def show_legend(layer: QgsRasterLayer, entries: Sequence[LegendEntry]) -> bool:
    """Give a layer this legend or, without entries, the one that QGIS makes of its style. Main thread only.

    Returns whether the legend has changed.
    """
    current = layer.legend()
    if entries:
        if isinstance(current, PictureLegend) and current.entries == tuple(entries):
            return False
        layer.setLegend(PictureLegend(entries))
        return True
    if isinstance(current, PictureLegend):
        layer.setLegend(QgsMapLayerLegend.defaultRasterLegend(layer))
        return True
    return False


def _icon(image: bytes) -> QIcon:
    """Return a swatch; nothing for what is no image, or a large one."""
    data = QByteArray(image)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST_SIDE:
        return QIcon()
    read = reader.read()
    return QIcon() if read.isNull() else QIcon(QPixmap.fromImage(read))
