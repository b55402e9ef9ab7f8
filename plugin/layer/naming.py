"""What a layer is called where nobody has named it: so that layers of one service can be told apart."""

from __future__ import annotations

from collections.abc import Collection

from ..options.band_presets import color_infrared, natural_color
from ..options.dimension_value import DimensionValue, span_text
from ..options.layer_options import LayerOptions
from ..options.processing_template import RAW_PIXELS
from ..options.sentences import shortened
from ..service.image_service import Band, ImageService
from ..service.multidimensional import is_time
from ..translation import tr

# A layer with more bands does not name them; the summary tells how many there are.
_BANDS_NAMED = 4


def proposed_name(service: ImageService, options: LayerOptions, output: ImageService | None = None) -> str:
    """Return a name for the layer of the service and what is special: `Landsat – NDVI`, `Landsat – Natural color`.

    `output` is the service's description after the processing template, if it is known. The name may be taken already:
    see `unique_name`.
    """
    what = _template(options) or _bands(options, service, output) or _raw(options, service)
    values = ", ".join(map(_dimension, options.dimensions))
    short = service.name.rpartition("/")[2]
    return " – ".join(filter(None, (short, options.variable, what, values, str(options.time or ""))))


def unique_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: `Landsat (2)` if `Landsat` is."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name} ({number})"
    return candidate


def _dimension(value: DimensionValue) -> str:
    """Return a time, which tells what it is by itself, or a dimension with its value: `StdZ -50`."""
    text = span_text(value.name, value.span)
    return text if is_time(value.name) else f"{value.name} {text}"


def _template(options: LayerOptions) -> str:
    """Return the name of the raster function that was asked for; empty for the service's default and raw pixels."""
    template = options.processing_template
    if template.function is None:
        return "" if template.is_raw else template.name
    for key in ("rasterFunction", "name"):
        name = template.function.get(key)
        if isinstance(name, str) and name.strip():
            return shortened(name)
    return tr("Raster function")


def _bands(options: LayerOptions, service: ImageService, output: ImageService | None) -> str:
    if not options.bands:
        return ""
    described = service if output is None else output
    names = [band.name for band in described.bands]
    for preset, label in ((natural_color, tr("Natural color")), (color_infrared, tr("Color infrared"))):
        if options.bands == preset(names):
            return label
    if len(options.bands) > _BANDS_NAMED:
        return tr("{count} bands").format(count=len(options.bands))
    by_number = {band.number: band for band in described.bands}
    return ", ".join(_band(number, by_number.get(number)) for number in options.bands)


def _band(number: int, band: Band | None) -> str:
    return band.name if band is not None and band.has_own_name else tr("Band {number}").format(number=number)


def _raw(options: LayerOptions, service: ImageService) -> str:
    """Return the words for raw pixels, if these are not the default."""
    is_raw = options.processing_template.is_raw
    is_default = service.default_function.casefold() in ("", RAW_PIXELS.casefold())
    return tr("Raw pixels") if is_raw and not is_default else ""
