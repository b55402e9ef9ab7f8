"""The types in which a raster provider answers QGIS: an enum of another kind in an answer ends QGIS 3.40 and 3.44."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsRaster, QgsRasterDataProvider, QgsRasterInterface

from ..backend.source import Kind, LayerSource

_CHANNELS = ("RedBand", "GreenBand", "BlueBand", "AlphaBand")
_CAPABILITIES = ("Size", "Identify", "IdentifyValue", "IdentifyHtml", "IdentifyText")
HAS_ATTRIBUTE_TABLES = hasattr(Qgis, "RasterProviderCapability")


def data_type(gdal_name: str) -> Qgis.DataType:
    """Return QGIS' data type for GDAL's name of it; unknown for another name."""
    return getattr(Qgis.DataType, gdal_name, Qgis.DataType.UnknownDataType)


def capabilities() -> Any:
    """Return what the provider can do: tell its size, and identify in each format but features."""
    if not hasattr(Qgis, "RasterInterfaceCapability"):
        total = 0
        for name in _CAPABILITIES:
            total |= getattr(QgsRasterInterface, name)
        return total
    flags = Qgis.RasterInterfaceCapabilities()
    for name in _CAPABILITIES:
        flags |= getattr(Qgis.RasterInterfaceCapability, name)
    return flags


def provider_capabilities(*, has_table: bool) -> Any:
    """Return that the provider can reload, and whether it brings an attribute table (3.40 and later)."""
    if not HAS_ATTRIBUTE_TABLES:
        return QgsRasterDataProvider.ProviderCapabilities(QgsRasterDataProvider.NoProviderCapabilities)
    flags = Qgis.RasterProviderCapabilities(Qgis.RasterProviderCapability.ReloadData)
    return flags | Qgis.RasterProviderCapability.NativeRasterAttributeTable if has_table else flags


def color_interpretation(source: LayerSource, band: int) -> Any:
    """Return what a band is to QGIS: a channel of a picture, an index of classes, or nothing in particular."""
    names = getattr(Qgis, "RasterColorInterpretation", QgsRaster)
    if source.kind is Kind.PICTURE and 1 <= band <= len(_CHANNELS):
        return getattr(names, _CHANNELS[band - 1])
    if source.classes and len(source.bands) == 1:
        return names.PaletteIndex
    return undefined_color_interpretation()


def undefined_color_interpretation() -> Any:
    """Return that a band is nothing in particular."""
    names = getattr(Qgis, "RasterColorInterpretation", None)
    return names.Undefined if names else QgsRaster.UndefinedColorInterpretation
