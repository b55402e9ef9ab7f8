"""What options a service of ready-made tiles can have: those that are applied here. Everything else is in the tiles.

A service that draws images as well can have all of them; which contradict its tiles is said here, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .layer_options import LayerOptions
from .wording import option_label

_OPTIONS_OF_TILES = ("extent", "clip", "provider")
# What goes with tiles where the service draws images, too. Cell size and snapping are refused for a picture elsewhere.
_OPTIONS_BESIDE_TILES = ("extent", "clip", "tiles", "cell_size", "snap_origin")
# What goes with tiles that hold values.
_OPTIONS_OF_VALUE_TILES = ("extent", "clip", "nodata")


def takes(option: str, service: ImageService) -> bool:
    """Whether a service can apply an option; a service of tiles only applies those that this plugin applies itself.

    An option is a field of `LayerOptions`, or `provider` for GDAL, which shows 0 where LERC is masked.
    """
    if not service.tiles_only:
        return option != "tiles" or has_both(service)
    holds_values = service.tiles is not None and service.tiles.holds_values
    return option in (_OPTIONS_OF_VALUE_TILES if holds_values else _OPTIONS_OF_TILES)


def why_not(option: str, service: ImageService) -> str:
    """Return why the tiles of a service rule out an option; empty if they do not."""
    if takes(option, service):
        return ""
    if not service.tiles_only:
        return tr("The service has no ready-made pictures in tiles.")
    return tr("The service offers only ready-made tiles, which are as they were made.")


def has_both(service: ImageService) -> bool:
    """Whether a picture can be drawn from ready-made tiles as well as by the service."""
    tiles = service.tiles
    return service.is_cached and not service.tiles_only and tiles is not None and not tiles.holds_values


def why_images(options: LayerOptions, service: ImageService) -> str:
    """Return why a picture of a service that has both is not drawn from its tiles; empty where it is."""
    if options.tiles is False:
        return tr("Images were asked for instead of the service's tiles.")
    return _against_tiles(options, service)


def check_both(options: LayerOptions, service: ImageService) -> Iterator[OptionError]:
    """Find why tiles that were asked for cannot be drawn."""
    if not options.tiles:
        # A service without tiles draws images in any case.
        return
    reason = why_not("tiles", service) or _against_tiles(options, service)
    if reason:
        text = tr("{reason} Leave out “{option}”.")
        yield OptionError("tiles", text.format(reason=reason, option=option_label("tiles")))


def _against_tiles(options: LayerOptions, service: ImageService) -> str:
    """Return what contradicts tiles, which were made of the service with its defaults."""
    nothing = LayerOptions()
    given = [each.name for each in fields(LayerOptions) if getattr(options, each.name) != getattr(nothing, each.name)]
    others = [option for option in given if option not in _OPTIONS_BESIDE_TILES]
    if others:
        return tr("The tiles of the service are as they were made, without “{option}”.").format(
            option=option_label(others[0])
        )
    if service.time is not None or service.is_multidimensional:
        return tr("The tiles of the service are of no time, and the layer can follow the temporal controller.")
    return ""


def check_tiles(options: LayerOptions, service: ImageService) -> Iterator[OptionError]:
    """Find the options that do not apply to ready-made tiles."""
    text = tr(
        "The service “{service}” offers only ready-made tiles, which are as they were made; leave out “{option}”."
    )
    for option in _refused(options, service):
        yield OptionError(option, text.format(service=service.name, option=option_label(option)))


def without_refused(options: LayerOptions, service: ImageService) -> LayerOptions:
    """Return the options without those that do not apply to the tiles of the service."""
    nothing = LayerOptions()
    return replace(options, **{option: getattr(nothing, option) for option in _refused(options, service)})


def _refused(options: LayerOptions, service: ImageService) -> list[str]:
    nothing = LayerOptions()
    given = [each.name for each in fields(LayerOptions) if getattr(options, each.name) != getattr(nothing, each.name)]
    # Tiles are assumed to hold raw pixels.
    is_raw = options.processing_template.is_raw
    as_it_is = {"processing_template": is_raw, "tiles": options.tiles is True}
    return [option for option in given if not takes(option, service) and not as_it_is.get(option, False)]
