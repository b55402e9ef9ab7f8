"""What the provider answers from its source, without asking anybody."""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any

from qgis.core import (
    Qgis,
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsDataProvider,
    QgsError,
    QgsRasterDataProvider,
    QgsRectangle,
)

from ..backend.pixel_types import nodata_in_type, numpy_type
from ..backend.source import Kind, LayerSource
from ..service.extent import Extent
from ..service.warming import warm
from ..translation import tr
from . import qgis_types
from .class_table import attribute_table, color_items
from .guard import never_raises
from .information import html_rows
from .opened_source import OpenedSource
from .temporal import offer_times

KEY = "imageserver"
# QGIS reads a view in steps, and all bands of a step are in memory at once. A service may want smaller requests still.
_LARGEST_STEP_BYTES = 128 * 2**20


class SourceProvider(QgsRasterDataProvider):
    """A provider that knows its source.

    Args:
        uri: the text of the source.
        options: QGIS' own.
        opened: what the text says; None for a text that cannot be used.
        problem: why it cannot be used.
    """

    def __init__(
        self, uri: str, options: QgsDataProvider.ProviderOptions, opened: OpenedSource | None, problem: str = ""
    ) -> None:
        super().__init__(uri, options)
        self._opened = opened
        self._problem = problem
        warm(self)
        if problem:
            self.setError(QgsError(problem, KEY))
        if opened is None:
            return
        offer_times(self.temporalCapabilities(), opened.source)
        for band in range(1, len(opened.source.bands) + 1):
            self.setUseSourceNoDataValue(band, nodata_of(opened, band) is not None)
        if qgis_types.HAS_ATTRIBUTE_TABLES and opened.source.classes:
            self.setAttributeTable(1, attribute_table(opened.source))

    @property
    def source(self) -> LayerSource | None:
        """What the layer is; None where the source cannot be used."""
        return self._opened.source if self._opened else None

    @property
    def source_key(self) -> Hashable:
        """What stands for everything that changes pixels; None where the source cannot be used."""
        return self._opened.key if self._opened else None

    @property
    def is_elevation(self) -> bool:
        """Whether the values are heights."""
        return bool(self._opened and self._opened.source.is_elevation)

    # What it is.

    @never_raises(lambda: KEY)
    def name(self) -> str:
        """Return the key of the provider."""
        return KEY

    @never_raises(lambda: "")
    def description(self) -> str:
        """Return what the provider is for."""
        return tr("ArcGIS image services")

    @never_raises(lambda: False)
    def isValid(self) -> bool:
        """Whether the source can be used. Whether the service answers is seen when it is drawn."""
        return self._opened is not None

    @never_raises(qgis_types.capabilities)
    def capabilities(self) -> Any:
        """Return what the provider can do."""
        return qgis_types.capabilities()

    @never_raises(lambda: qgis_types.provider_capabilities(has_table=False))
    def providerCapabilities(self) -> Any:
        """Return what the provider brings along."""
        return qgis_types.provider_capabilities(has_table=bool(self._opened and self._opened.source.classes))

    @never_raises(lambda: (False, ""))
    def readNativeAttributeTable(self) -> tuple[bool, str]:
        """Tell that the attribute table is there: it came with the source."""
        has_table = bool(self._opened and self._opened.source.classes)
        return has_table, "" if has_table else tr("The image service has no attribute table.")

    @never_raises(lambda: "")
    def lastErrorTitle(self) -> str:
        """Return a title for `lastError`."""
        return tr("Image Server Layer") if self._problem else ""

    @never_raises(lambda: "")
    def lastError(self) -> str:
        """Return why the source cannot be used."""
        return self._problem

    @never_raises(lambda: "")
    def htmlMetadata(self) -> str:
        """Return what the layer is, as rows of the table in its Information panel."""
        return html_rows(self._opened.source) if self._opened else ""

    # Its pixels.

    @never_raises(QgsCoordinateReferenceSystem)
    def crs(self) -> QgsCoordinateReferenceSystem:
        """Return the service's CRS."""
        return self._opened.crs if self._opened else QgsCoordinateReferenceSystem()

    @never_raises(QgsRectangle)
    def extent(self) -> QgsRectangle:
        """Return the layer's extent in the service's CRS; nothing is drawn outside."""
        return self._opened.extent if self._opened else QgsRectangle()

    @never_raises(lambda: 0)
    def xSize(self) -> int:
        """Return the columns of the layer's own grid."""
        return self._opened.source.grid.columns if self._opened else 0

    @never_raises(lambda: 0)
    def ySize(self) -> int:
        """Return the rows of the layer's own grid."""
        return self._opened.source.grid.rows if self._opened else 0

    @never_raises(lambda: 0)
    def bandCount(self) -> int:
        """Return how many bands there are."""
        return len(self._opened.source.bands) if self._opened else 0

    @never_raises(lambda: Qgis.DataType.UnknownDataType)
    def dataType(self, _band: int) -> Qgis.DataType:
        """Return the type of the pixels."""
        return data_type_of(self._opened)

    @never_raises(lambda: Qgis.DataType.UnknownDataType)
    def sourceDataType(self, _band: int) -> Qgis.DataType:
        """Return the type of the pixels."""
        return data_type_of(self._opened)

    @never_raises(lambda: False)
    def sourceHasNoDataValue(self, band: int) -> bool:
        """Whether a value means "no data" in a band."""
        return nodata_of(self._opened, band) is not None

    @never_raises(lambda: 0.0)
    def sourceNoDataValue(self, band: int) -> float:
        """Return the value that means "no data" in a band."""
        return nodata_of(self._opened, band) or 0.0

    @never_raises(qgis_types.undefined_color_interpretation)
    def colorInterpretation(self, band: int) -> Any:
        """Return what a band is to QGIS."""
        if self._opened is None:
            return qgis_types.undefined_color_interpretation()
        return qgis_types.color_interpretation(self._opened.source, band)

    @never_raises(list)
    def colorTable(self, _band: int) -> list[QgsColorRampShader.ColorRampItem]:
        """Return the colors of the classes."""
        return color_items(self._opened.source) if self._opened else []

    @never_raises(lambda: "")
    def generateBandName(self, band: int) -> str:
        """Return what a band is called."""
        name = tr("Band {number}").format(number=band)
        if self._opened is None or self._opened.source.kind is Kind.PICTURE:
            return name
        bands = self._opened.source.bands
        own = bands[band - 1].name if 1 <= band <= len(bands) else ""
        return f"{name}: {own}" if own and own != name else name

    @never_raises(lambda: 2048)
    def stepWidth(self) -> int:
        """Return how wide the parts are in which QGIS asks for a view."""
        return _step(self._opened)

    @never_raises(lambda: 2048)
    def stepHeight(self) -> int:
        """Return how high the parts are in which QGIS asks for a view."""
        return _step(self._opened)

    def _area(self, extent: QgsRectangle) -> Extent | None:
        """Return the part of the layer in an extent, all of it for an empty one; None if there is none."""
        if self._opened is None:
            return None
        area = self._opened.extent if extent.isEmpty() else extent.intersect(self._opened.extent)
        return None if area.isEmpty() else extent_of(area)

    def _nodata_in_use(self, band: int) -> float | None:
        return nodata_of(self._opened, band) if self.useSourceNoDataValue(band) else None


def data_type_of(opened: OpenedSource | None) -> Qgis.DataType:
    """Return the type of all bands."""
    return qgis_types.data_type(opened.source.data_type if opened else "")


def nodata_of(opened: OpenedSource | None, band: int) -> float | None:
    """Return the value that means "no data" in a band, None where there is none."""
    if opened is None or not 1 <= band <= len(opened.source.bands):
        return None
    # The source may come from a stranger, and name a value that the pixel type does not have.
    return nodata_in_type(opened.source.bands[band - 1].nodata, opened.source.data_type)


def _step(opened: OpenedSource | None) -> int:
    """Return the side of a square whose bands fit into memory."""
    if opened is None:
        return 1
    depth = numpy_type(opened.source.data_type).itemsize * len(opened.source.bands)
    return max(256, math.isqrt(_LARGEST_STEP_BYTES // depth))


def extent_of(box: QgsRectangle) -> Extent:
    """Return a rectangle of QGIS as plain numbers."""
    return Extent(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
