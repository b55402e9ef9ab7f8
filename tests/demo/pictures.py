"""Draw layers: on a captioned page for the reader, and pixel by pixel to be compared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsRaster, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

_SIZE = QSize(900, 640)
_ABOVE, _BELOW, _MARGIN = 44, 64, 14


def draw_page(layer: QgsRasterLayer, file: Path, title: str, caption: str) -> None:
    """Draw a layer with the title above and the caption below.

    Raises:
        RuntimeError: it cannot be drawn, or the file cannot be written.
    """
    extent = QgsRectangle(layer.extent())
    extent.scale(1.02)
    page = QImage(_SIZE.width(), _ABOVE + _SIZE.height() + _BELOW, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, _ABOVE, _drawn(layer, extent, _SIZE))
    width = page.width() - 2 * _MARGIN
    centered = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(_font("DejaVu Sans", 20))
    painter.setPen(QColor("#222222"))
    painter.drawText(QRectF(_MARGIN, 0, width, _ABOVE), centered, title)
    painter.setFont(_font("DejaVu Sans Mono", 12))
    painter.setPen(QColor("#444444"))
    below = QRectF(_MARGIN, _ABOVE + _SIZE.height(), width, _BELOW)
    painter.drawText(below, centered | int(Qt.TextFlag.TextWordWrap), caption)
    painter.end()
    if not page.save(str(file)):
        raise RuntimeError(f"{file} could not be written")


def own_pixels(layer: QgsRasterLayer) -> npt.NDArray[np.uint8]:
    """Return a layer as it is drawn in its own cells: (rows, columns, 4)."""
    image = _drawn(layer, layer.extent(), QSize(layer.width(), layer.height()))
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)


def values_at_center(layer: QgsRasterLayer) -> dict[str, float]:
    """Return the pixel values in the middle of a layer, by band name."""
    provider = layer.dataProvider()
    found = provider.identify(layer.extent().center(), QgsRaster.IdentifyFormat.IdentifyFormatValue).results()
    return {provider.generateBandName(band): value for band, value in found.items()}


def _drawn(layer: QgsRasterLayer, extent: QgsRectangle, size: QSize) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setOutputSize(size)
    settings.setBackgroundColor(QColor("#f2f2ef"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    if job.errors():
        raise RuntimeError(job.errors()[0].message)
    return job.renderedImage()


def _font(family: str, pixels: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(pixels)
    return font
