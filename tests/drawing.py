"""Draw layers as QGIS does, on threads of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage


def drawn(
    layer: QgsMapLayer, extent: QgsRectangle | None = None, size: tuple[int, int] = (349, 352)
) -> tuple[npt.NDArray[Any], list[str]]:
    """Return red, green, blue and alpha (4, rows, columns) of a drawn layer, and the errors that QGIS reports."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent or layer.extent())
    settings.setOutputSize(QSize(*size))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits()
    data.setsize(image.sizeInBytes())
    rows, columns = image.height(), image.width()
    pixels = np.frombuffer(bytes(data), np.uint8).reshape(rows, image.bytesPerLine() // 4, 4)[:, :columns]
    return pixels.transpose(2, 0, 1), [error.message for error in job.errors()]
