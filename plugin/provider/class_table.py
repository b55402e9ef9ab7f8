"""The classes of a thematic layer in the forms that QGIS knows."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsColorRampShader
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtGui import QColor

from ..backend.source import LayerSource


def color_items(source: LayerSource) -> list[QgsColorRampShader.ColorRampItem]:
    """Return value, color and label of each class that has a color."""
    return [
        QgsColorRampShader.ColorRampItem(row.value, QColor(*row.color), row.label)
        for row in source.classes
        if row.color
    ]


def attribute_table(source: LayerSource) -> Any:
    """Return the classes as a raster attribute table, which QGIS has since 3.30."""
    from qgis.core import QgsRasterAttributeTable

    usage = Qgis.RasterAttributeTableFieldUsage
    fields = [("Value", usage.MinMax, QMetaType.Type.Double), ("Class", usage.Name, QMetaType.Type.QString)]
    fields += [(name, getattr(usage, name), QMetaType.Type.Int) for name in ("Red", "Green", "Blue", "Alpha")]
    table = QgsRasterAttributeTable()
    for field in fields:
        table.appendField(*field)
    for row in source.classes:
        color = (*row.color, 255) if row.color else (0, 0, 0, 0)
        table.appendRow([row.value, row.label, *color])
    return table
