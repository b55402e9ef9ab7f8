"""The classes of a thematic layer in the forms that QGIS knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import Qgis, QgsColorRampShader
from qgis.PyQt.QtCore import QMetaType
from qgis.PyQt.QtGui import QColor

from ..backend.source import LayerSource
from ..service.json_values import number


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
    columns = list(_columns(source, {name.lower() for name, _, _ in fields}))
    for name, kind, _ in columns:
        is_count = kind is not QMetaType.Type.QString and name.lower() == "count"
        fields.append((name, usage.PixelCount if is_count else usage.Generic, kind))
    table = QgsRasterAttributeTable()
    for field in fields:
        table.appendField(*field)
    for position, row in enumerate(source.classes):
        color = (*row.color, 255) if row.color else (0, 0, 0, 0)
        table.appendRow([row.value, row.label, *color, *(values[position] for _, _, values in columns)])
    return table


def _columns(source: LayerSource, taken: set[str]) -> Iterator[tuple[str, QMetaType.Type, list[Any]]]:
    """Yield name, type and values of the other columns; numbers only where no row lacks its own."""
    for name in dict.fromkeys(name for row in source.classes for name in row.attributes):
        if not name or name.lower() in taken:
            continue
        taken.add(name.lower())
        found = [row.attributes.get(name) for row in source.classes]
        numbers = [number(value) for value in found if not isinstance(value, str)]
        if len(numbers) == len(found) and all(value is not None for value in numbers):
            yield name, QMetaType.Type.Double, numbers
        else:
            yield name, QMetaType.Type.QString, ["" if value is None else str(value) for value in found]
