"""The options in the user's words, for the layer's Information panel, messages and forms."""

from __future__ import annotations

from collections.abc import Mapping

from ..service.description import ImageService
from ..translation import tr
from .layer_options import RAW_PIXELS, Interpolation, LayerOptions, MosaicMethod, MosaicOperation

# Characters of a value that a sentence repeats.
_LONGEST_SHOWN = 80


def shortened(value: object) -> str:
    """Return what was given for an option, on one line that leaves a sentence readable."""
    line = " ".join(str(value).split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def option_label(option: str) -> str:
    """Return what a field of `LayerOptions` is called, as a form labels it."""
    return {
        "extent": tr("Template extent"),
        "cell_size": tr("Cell size"),
        "bands": tr("Bands"),
        "processing_template": tr("Processing template"),
        "mosaic_method": tr("Mosaic method"),
        "order_field": tr("Order field"),
        "order_base_value": tr("Order base value"),
        "ascending": tr("Ascending"),
        "mosaic_operation": tr("Mosaic operator"),
        "lock_raster_ids": tr("Locked rasters"),
        "viewpoint": tr("Viewpoint"),
        "where": tr("Where clause"),
        "interpolation": tr("Interpolation"),
        "nodata": tr("Nodata"),
        "nodata_matches_all": tr("Nodata interpretation"),
        "compression_quality": tr("Compression quality"),
    }[option]


def method_label(method: MosaicMethod) -> str:
    """Return the name of a mosaic method, as ArcGIS Pro shows it."""
    return {
        MosaicMethod.NONE: tr("None (by raster id)"),
        MosaicMethod.CENTER: tr("Closest to center"),
        MosaicMethod.NADIR: tr("Closest to nadir"),
        MosaicMethod.VIEWPOINT: tr("Closest to viewpoint"),
        MosaicMethod.ATTRIBUTE: tr("By attribute"),
        MosaicMethod.LOCK_RASTER: tr("Lock raster"),
        MosaicMethod.NORTH_WEST: tr("Northwest"),
        MosaicMethod.SEAMLINE: tr("Seamline"),
    }[method]


def operation_label(operation: MosaicOperation) -> str:
    """Return the name of a mosaic operation, as ArcGIS Pro shows it."""
    return {
        MosaicOperation.FIRST: tr("First"),
        MosaicOperation.LAST: tr("Last"),
        MosaicOperation.MIN: tr("Minimum"),
        MosaicOperation.MAX: tr("Maximum"),
        MosaicOperation.MEAN: tr("Mean"),
        MosaicOperation.BLEND: tr("Blend"),
        MosaicOperation.SUM: tr("Sum"),
    }[operation]


def interpolation_label(interpolation: Interpolation) -> str:
    """Return the name of an interpolation, as QGIS shows it."""
    return {
        Interpolation.NEAREST: tr("Nearest neighbor"),
        Interpolation.BILINEAR: tr("Bilinear"),
        Interpolation.CUBIC: tr("Cubic"),
        Interpolation.MAJORITY: tr("Majority"),
    }[interpolation]


def in_words(options: LayerOptions, service: ImageService, output: ImageService | None = None) -> list[tuple[str, str]]:
    """Return label and value, plain text, of each option that was given, and of the server's default function.

    `output` is the service's description after the processing template; without it bands go without names, unless
    pixels stay raw.
    """
    stays_raw = options.processing_template == RAW_PIXELS or not (
        options.processing_template or service.default_function
    )
    described = output or (service if stays_raw else None)
    names = {band.number: band.name for band in described.bands if band.has_own_name} if described else {}
    values = {
        "extent": options.extent and str(options.extent),
        "cell_size": options.cell_size and " × ".join(map(_number, options.cell_size)),
        "bands": options.bands and ", ".join(_band(number, names) for number in options.bands),
        "processing_template": _template(options, service),
        "mosaic_method": options.mosaic_method and method_label(options.mosaic_method),
        "order_field": options.order_field,
        "order_base_value": None if options.order_base_value is None else _text_or_number(options.order_base_value),
        "ascending": _yes_or_no(options.ascending),
        "mosaic_operation": options.mosaic_operation and operation_label(options.mosaic_operation),
        "lock_raster_ids": ", ".join(map(str, options.lock_raster_ids)),
        "viewpoint": options.viewpoint and " ".join(map(_number, options.viewpoint)),
        "where": options.where,
        "interpolation": options.interpolation and interpolation_label(options.interpolation),
        "nodata": ", ".join(map(_number, options.nodata)),
        "nodata_matches_all": _yes_or_no(options.nodata_matches_all),
        "compression_quality": options.compression_quality and str(options.compression_quality),
    }
    return [(option_label(option), value) for option, value in values.items() if value]


def _template(options: LayerOptions, service: ImageService) -> str:
    if options.processing_template == RAW_PIXELS:
        return tr("None (pixels as they are)")
    if options.processing_template or not service.allows_functions or not service.default_function:
        return options.processing_template
    return tr("{function} (the default of the server)").format(function=service.default_function)


def _band(number: int, names: Mapping[int, str]) -> str:
    return f"{number} ({names[number]})" if number in names else str(number)


def _yes_or_no(value: bool | None) -> str:
    if value is None:
        return ""
    return tr("yes") if value else tr("no")


def _text_or_number(value: str | float) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    return format(value, ".15g")
