"""The options in the user's words, for the layer's Information panel, messages and forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..service.image_service import ImageService
from ..service.multidimensional import Span, is_time
from ..service.number_text import readable_number
from ..service.vocabulary import Interpolation, MosaicMethod, MosaicOperation
from ..translation import tr, tr_n
from .clip import Clip
from .dimension_value import span_text
from .layer_options import LayerOptions
from .mosaic_rule import direction_in_force, mosaic_rule
from .processing_template import ProcessingTemplate
from .sentences import shortened
from .slices import SliceValue, slice_values, value_text, variable_in_force
from .time_range import TimeRange


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
        "ascending": tr("Sort order"),
        "mosaic_operation": tr("Mosaic operator"),
        "lock_raster_ids": tr("Locked rasters"),
        "viewpoint": tr("Viewpoint"),
        "where": tr("Where clause"),
        "interpolation": tr("Interpolation"),
        "nodata": tr("Nodata"),
        "nodata_matches_all": tr("Nodata interpretation"),
        "compression_quality": tr("Compression quality"),
        "time": tr("Time"),
        "nearest_date": tr("Nearest date"),
        "clip": tr("Clip to"),
        "snap_origin": tr("Align cells"),
        "variable": tr("Variable"),
        "dimensions": tr("Dimensions"),
        "tiles": tr("Ready-made tiles"),
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


def direction_label(ascending: bool) -> str:
    """Return what the direction of the rasters' order is called."""
    return tr("Ascending") if ascending else tr("Descending")


def interpolation_label(interpolation: Interpolation) -> str:
    """Return the name of an interpolation, as QGIS shows it."""
    return {
        Interpolation.NEAREST: tr("Nearest neighbor"),
        Interpolation.BILINEAR: tr("Bilinear"),
        Interpolation.CUBIC: tr("Cubic"),
        Interpolation.MAJORITY: tr("Majority"),
    }[interpolation]


def tiles_label(tiles: bool | None) -> str:
    """Return what is chosen between ready-made tiles and images."""
    if tiles is None:
        return tr("Automatic")
    return tr("Draw from the tiles") if tiles else tr("Ask for images")


def in_words(options: LayerOptions, service: ImageService, output: ImageService | None = None) -> list[tuple[str, str]]:
    """Return label and value, plain text, of each option that was given, and of the server's default function.

    `output` is the service's description after the processing template; without it bands go without names, unless
    pixels stay raw.
    """
    template = options.processing_template
    stays_raw = template.is_raw or not (template or service.default_function)
    described = output or (service if stays_raw else None)
    names = {band.number: band.name for band in described.bands if band.has_own_name} if described else {}
    values = {
        "extent": options.extent and _coordinates(options.extent, service),
        "cell_size": options.cell_size and " × ".join(map(readable_number, options.cell_size)),
        "snap_origin": options.snap_origin and _aligned(options.snap_origin, service),
        "clip": options.clip and clip_in_words(options.clip),
        "bands": options.bands and ", ".join(_band(number, names) for number in options.bands),
        "processing_template": template_in_words(template, service),
        "mosaic_method": options.mosaic_method and method_label(options.mosaic_method),
        "order_field": options.order_field,
        "order_base_value": None if options.order_base_value is None else _text_or_number(options.order_base_value),
        "ascending": _direction(options, service),
        "mosaic_operation": options.mosaic_operation and operation_label(options.mosaic_operation),
        "lock_raster_ids": ", ".join(map(str, options.lock_raster_ids)),
        "viewpoint": options.viewpoint and _coordinates(options.viewpoint, service),
        "where": options.where,
        "interpolation": options.interpolation and interpolation_label(options.interpolation),
        "nodata": ", ".join(map(readable_number, options.nodata)),
        "nodata_matches_all": _nodata_interpretation(options.nodata_matches_all),
        "compression_quality": options.compression_quality and str(options.compression_quality),
        "time": options.time and time_in_words(options.time),
        "nearest_date": options.nearest_date and tr("Shown where the temporal controller is between dates"),
        "tiles": tiles_label(options.tiles) if options.tiles is not None else "",
    }
    given = [(option_label(option), value) for option, value in values.items() if value]
    return [*given, *slice_in_words(options, service)]


def slice_in_words(options: LayerOptions, service: ImageService) -> list[tuple[str, str]]:
    """Return label and value, plain text, of the variable and of its dimensions, and which nobody has chosen."""
    variable = variable_in_force(options, service)
    if variable is None:
        return []
    name = " – ".join(filter(None, (variable.label, variable.description)))
    if not options.variable:
        name = tr("{variable} (by default)").format(variable=name)
    values = [_dimension(value) for value in slice_values(options, service)]
    return [(option_label("variable"), name), *((option_label("dimensions"), value) for value in values)]


def slice_in_short(options: LayerOptions, service: ImageService) -> list[str]:
    """Return the variable and its dimensions, whoever has chosen them: `tas (°C)`, `StdTime 1999-07-31 (UTC)`."""
    variable = variable_in_force(options, service)
    if variable is None:
        return []
    values = slice_values(options, service)
    texts = [(value.dimension, value_text(value.dimension, value.span)) for value in values]
    return [variable.label, *(_with_unit(dimension.name, text, dimension.unit) for dimension, text in texts)]


def _dimension(value: SliceValue) -> str:
    text = dimension_text(value.dimension.name, value.span, value.dimension.unit)
    return text if value.is_chosen else tr("{value} (by default)").format(value=text)


def dimension_text(name: str, span: Span, unit: str = "") -> str:
    """Return what a dimension is: `StdZ -50 m`, `StdTime 1999-06 (UTC)`."""
    return _with_unit(name, span_text(name, span), unit)


def _with_unit(name: str, value: str, unit: str) -> str:
    if is_time(name):
        return f"{name} {tr('{time} (UTC)').format(time=value)}"
    return " ".join(filter(None, (name, value, unit)))


def clip_in_words(clip: Clip) -> str:
    """Return what a layer is clipped to."""
    return tr_n("%n polygon", "%n polygons", len(clip.polygons))


def time_in_words(time: TimeRange) -> str:
    """Return an instant or a range, and in which zone that is."""
    return tr("{time} (UTC)").format(time=time)


def template_in_words(template: ProcessingTemplate, service: ImageService) -> str:
    """Return what is done to the pixels, in a few words; empty where nothing was chosen and nothing is done."""
    if template.is_raw:
        return tr("None (pixels as they are)")
    if template.function is not None:
        # A template of ArcGIS Pro has a name; a rendering rule is called after its outermost function.
        name = template.function.get("name") or template.function.get("rasterFunction")
        if not name:
            return tr("Function chain")
        text = tr("Function chain ({name})") if _is_chain(template.function) else tr("Function {name}")
        return text.format(name=shortened(name))
    if template or not service.allows_functions or not service.default_function:
        return template.name
    return tr("{function} (by default)").format(function=service.default_function)


def _is_chain(function: Mapping[str, Any]) -> bool:
    """Whether a raster function works on what comes out of others; a template of ArcGIS Pro may."""
    if "rasterFunction" not in function:
        return True
    arguments = function.get("rasterFunctionArguments")
    values = list(arguments.values()) if isinstance(arguments, dict) else []
    listed = [item for value in values if isinstance(value, list) for item in value]
    return any(isinstance(value, dict) and "rasterFunction" in value for value in (*values, *listed))


def _band(number: int, names: Mapping[int, str]) -> str:
    return f"{number} ({names[number]})" if number in names else str(number)


def _direction(options: LayerOptions, service: ImageService) -> str:
    """Return the direction that a mosaic rule of these options has, also where it is the service's own."""
    if options.ascending is not None:
        return direction_label(options.ascending)
    if service.mosaic is None or mosaic_rule(options, service) is None:
        return ""
    own = direction_in_force(options, service.mosaic)
    return "" if own is None else tr("{direction} (by default)").format(direction=direction_label(own))


def _nodata_interpretation(matches_all: bool | None) -> str:
    if matches_all is None:
        return ""
    return tr("All bands must match") if matches_all else tr("One band is enough")


def _coordinates(values: Sequence[float], service: ImageService) -> str:
    """Return coordinates in the service's CRS, as exact as its cells are small."""
    return " ".join(readable_number(value, min(service.pixel_size)) for value in values)


def _aligned(corner: tuple[float, float], service: ImageService) -> str:
    return tr("A corner of a cell at {corner}").format(corner=_coordinates(corner, service))


def _text_or_number(value: str | float) -> str:
    return value if isinstance(value, str) else readable_number(value)
