"""Draw layers as QGIS does, on threads of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from qgis.core import (
    QgsDateTimeRange,
    QgsMapLayer,
    QgsMapRendererJob,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtGui import QColor, QImage


def map_settings(layer: QgsMapLayer, extent: QgsRectangle, size: tuple[int, int]) -> QgsMapSettings:
    """Return the settings of a map of one layer, in its CRS, on nothing."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setOutputSize(QSize(*size))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    return settings


def started(layer: QgsMapLayer, extent: QgsRectangle, size: tuple[int, int]) -> QgsMapRendererParallelJob:
    """Return a drawing that has begun."""
    job = QgsMapRendererParallelJob(map_settings(layer, extent, size))
    job.start()
    return job


def started_frame(layer: QgsMapLayer, time_range: QgsDateTimeRange | None) -> QgsMapRendererParallelJob:
    """Return a drawing that has begun, of a layer in its own pixels: a frame of the temporal controller, or none."""
    settings = map_settings(layer, layer.extent(), (layer.width(), layer.height()))
    if time_range is not None:
        settings.setIsTemporal(True)
        settings.setTemporalRange(time_range)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    return job


def wait(is_so: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the main thread's events happen until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never became so"
        QCoreApplication.processEvents()
        time.sleep(0.005)


def finished(job: QgsMapRendererJob) -> tuple[npt.NDArray[Any], list[str]]:
    """Return red, green, blue and alpha (4, rows, columns) of a drawing, and the different errors that QGIS reports.

    Some releases report each one twice.
    """
    wait(lambda: not job.isActive())
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits()
    data.setsize(image.sizeInBytes())
    rows, columns = image.height(), image.width()
    pixels = np.frombuffer(bytes(data), np.uint8).reshape(rows, image.bytesPerLine() // 4, 4)[:, :columns]
    return pixels.transpose(2, 0, 1), sorted({error.message for error in job.errors()})


def drawn(
    layer: QgsMapLayer, extent: QgsRectangle | None = None, size: tuple[int, int] | None = None
) -> tuple[npt.NDArray[Any], list[str]]:
    """Draw a layer, by default all of it in its own pixels; see `finished`."""
    own = layer.width(), layer.height()
    return finished(started(layer, extent or layer.extent(), size or own))
