"""What was identified, as QGIS takes it."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsError, QgsRaster, QgsRasterDataProvider, QgsRasterIdentifyResult

from ..backend.source import Kind, LayerSource
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError, ResponseError, ServerError
from ..service.plain_text import escaped
from ..service.transport import Transport
from ..translation import tr
from .cells import Point, is_inside
from .identified_text import in_text, variable_shown
from .identify import Identified, identify_details, pixel_at, values_at

_NOT_KNOWN = float("nan")


def identify_result(
    provider: QgsRasterDataProvider, source: LayerSource, point: Point, identify_format: Any
) -> QgsRasterIdentifyResult:
    """Return the values of all bands, or everything that the service knows of a point as text or HTML.

    While the service does not answer, the result is an error and holds no number.
    """
    if source.clip is not None and not is_inside(source, point):
        # The service has pixels there, but the layer is clipped.
        return QgsRasterIdentifyResult(identify_format, {})
    transport = Transport(source.access)
    try:
        if identify_format == QgsRaster.IdentifyFormatValue:
            values = values_at(source, point, transport)
            return QgsRasterIdentifyResult(
                identify_format,
                {band: _shown(provider, band, value) for band, value in enumerate(values, start=1)},
            )
        rows = in_text(_details(source, point, transport), source.classes, variable_shown(source))
    except ImageServerLayerError as error:
        return QgsRasterIdentifyResult(QgsError(error.message, provider.name()))
    if identify_format == QgsRaster.IdentifyFormatHtml:
        cells = "".join(f"<tr><th>{escaped(label)}</th><td>{escaped(value)}</td></tr>" for label, value in rows)
        return QgsRasterIdentifyResult(identify_format, {0: f"<table>{cells}</table>"})
    return QgsRasterIdentifyResult(identify_format, {0: "\n".join(f"{label}: {value}" for label, value in rows)})


def _details(source: LayerSource, point: Point, transport: Transport) -> Identified:
    """Return what the service says of a point; few services of tiles do, so that of others it is the tile that says."""
    if source.tiles is None or source.has_images:
        return identify_details(source, point, transport)
    try:
        return identify_details(source, point, transport)
    except (AuthenticationError, CanceledError):
        raise
    except (ServerError, ResponseError):
        values = values_at(source, point, transport)
        return Identified(values, values, ())


def nothing_identified(source: LayerSource, identify_format: Any) -> QgsRasterIdentifyResult:
    """Return what is identified where the service has nothing of a time: no data in any band."""
    if identify_format == QgsRaster.IdentifyFormatValue:
        return QgsRasterIdentifyResult(identify_format, dict.fromkeys(range(1, len(source.bands) + 1)))
    return QgsRasterIdentifyResult(identify_format, {0: tr("no data")})


def sampled(provider: QgsRasterDataProvider, source: LayerSource, point: Point, band: int) -> tuple[float, bool]:
    """Return a band's value and True; NaN and False for no data, outside, and while the service does not answer."""
    transport = Transport(source.access)
    try:
        is_picture = source.kind is Kind.PICTURE
        values = (pixel_at if is_picture else values_at)(source, point, transport)
    except ImageServerLayerError:
        return _NOT_KNOWN, False
    value = _shown(provider, band, values[band - 1]) if 1 <= band <= len(values) else None
    return (_NOT_KNOWN, False) if value is None else (value, True)


def _shown(provider: QgsRasterDataProvider, band: int, value: float | None) -> float | None:
    """Return a value, None where the user has declared it to be no data."""
    if value is None or provider.userNoDataValuesContains(band, value):
        return None
    return value
