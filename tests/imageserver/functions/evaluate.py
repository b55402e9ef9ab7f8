"""From a rendering rule to pixels.

Every function makes a reader of blocks from readers of blocks, so that functions chain by nesting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .arguments import Arguments, Context
from .bands import arithmetic, band_arithmetic, composite_band, extract_band, ndvi
from .block import Block, FunctionError, Reader, Window, converted
from .clip import clip
from .neighbors import statistics
from .relief import aspect, curvature, shaded_relief
from .resample import resample
from .stretch import stretch
from .surface import hillshade, slope
from .values import colormap, colormap_to_rgb, contrast_brightness, mask, remap

# A function names the pixel type it has by default; its numbers are rounded and clamped when the type is settled.
Function = Callable[[Arguments, Window], Block]


def identity(arguments: Arguments, window: Window) -> Block:
    """The pixels as they are: the functions None and Identity."""
    return arguments.raster()(window)


_WELL_KNOWN: dict[str, Function] = {
    "Arithmetic": arithmetic,
    "Aspect": aspect,
    "BandArithmetic": band_arithmetic,
    "Clip": clip,
    "Colormap": colormap,
    "ColormapToRGB": colormap_to_rgb,
    "CompositeBand": composite_band,
    "ContrastBrightness": contrast_brightness,
    "Curvature": curvature,
    "ExtractBand": extract_band,
    "Hillshade": hillshade,
    "Identity": identity,
    "Mask": mask,
    "NDVI": ndvi,
    "None": identity,
    "Remap": remap,
    "Resample": resample,
    "ShadedRelief": shaded_relief,
    "Slope": slope,
    "Statistics": statistics,
    "Stretch": stretch,
}


def evaluate(
    rule: Mapping[str, Any], published: Mapping[str, Mapping[str, Any]], read: Reader, window: Window, context: Context
) -> Block:
    """The pixels of a window after a rendering rule.

    Args:
        rule: a raster function object: rasterFunction, rasterFunctionArguments, outputPixelType, variableName.
        published: the service's raster function templates, name → rule. A template goes before a well-known function
            of its name.
        read: the service's own pixels.
        window: in the service's CRS.
        context: what else is known of the service.

    Raises:
        FunctionError: the rule cannot be carried out.
    """

    def source(part: Window) -> Block:
        return replace(read(part), statistics=context.statistics, wavelengths=context.wavelengths)

    return _reader(rule, published, source, context)(window)


def _reader(rule: Any, published: Mapping[str, Mapping[str, Any]], source: Reader, context: Context) -> Reader:
    """The reader of what comes out of a rule, when `source` reads the service's own pixels."""
    name, values = _parts(rule)

    def reader_of(value: Any) -> Reader:
        if value is None or value == "$$":
            return source
        if isinstance(value, Mapping):
            return _reader(value, published, source, context)
        raise FunctionError(f"The raster {value!r} is invalid: only $$ and raster functions are available.")

    if name in published:
        return _converting(_template(published[name], rule, values, reader_of, context), rule)
    if name not in _WELL_KNOWN:
        raise FunctionError(f"The raster function template {name} was not found.")
    function = _WELL_KNOWN[name]
    arguments = Arguments(name, values, reader_of, context)
    return _converting(lambda window: function(arguments, window), rule)


def _template(
    template: Mapping[str, Any],
    rule: Mapping[str, Any],
    values: Mapping[str, Any],
    reader_of: Callable[[Any], Reader],
    context: Context,
) -> Reader:
    """The reader of a published template, which consists of well-known functions only.

    What the client sends goes before the template's own arguments, and its raster becomes the one that the template
    works on ("Use a raster function template defined by the service").
    """
    raster = str(rule.get("variableName") or "Raster").lower()
    given = {key.lower(): value for key, value in values.items()}
    source = reader_of(given.pop(raster, None))
    function, own = _parts(template)
    merged = {**{key.lower(): value for key, value in own.items()}, **given}
    return _reader({**template, "rasterFunction": function, "rasterFunctionArguments": merged}, {}, source, context)


def _parts(rule: Any) -> tuple[str, Mapping[str, Any]]:
    """The name of the function and its arguments."""
    if not isinstance(rule, Mapping) or not isinstance(rule.get("rasterFunction"), str):
        raise FunctionError("A raster function must be an object with the member rasterFunction.")
    values = rule.get("rasterFunctionArguments") or {}
    if not isinstance(values, Mapping):
        raise FunctionError(f"The arguments of the raster function {rule['rasterFunction']} must be an object.")
    return rule["rasterFunction"], values


def _converting(read: Reader, rule: Mapping[str, Any]) -> Reader:
    pixel_type = str(rule.get("outputPixelType") or "UNKNOWN").upper()

    def convert(window: Window) -> Block:
        block = read(window)
        return converted(block, block.pixel_type if pixel_type == "UNKNOWN" else pixel_type)

    return convert
