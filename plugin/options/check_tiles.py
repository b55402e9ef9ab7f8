"""What options a service of ready-made tiles can have: those that are applied here. Everything else is in the tiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .layer_options import LayerOptions
from .wording import option_label

_OPTIONS_OF_TILES = ("extent", "clip", "provider")
# Of tiles that hold values.
_OPTIONS_OF_VALUE_TILES = ("extent", "clip", "nodata")


def takes(option: str, service: ImageService) -> bool:
    """Whether an option can be had of a service: of tiles only what is applied here.

    It is a field of `LayerOptions`, or `provider`, that of GDAL: it shows 0 where LERC is masked.
    """
    if not service.tiles_only:
        return True
    holds_values = service.tiles is not None and service.tiles.holds_values
    return option in (_OPTIONS_OF_VALUE_TILES if holds_values else _OPTIONS_OF_TILES)


def why_not(option: str, service: ImageService) -> str:
    """Return why an option cannot be had of a service of tiles only; empty where it can."""
    if takes(option, service):
        return ""
    return tr("The service offers only ready-made tiles, which are as they were made.")


def check_tiles(options: LayerOptions, service: ImageService) -> Iterator[OptionError]:
    """Find the options that ready-made tiles cannot have."""
    text = tr(
        "The service “{service}” offers only ready-made tiles, which are as they were made; leave out “{option}”."
    )
    for option in _refused(options, service):
        yield OptionError(option, text.format(service=service.name, option=option_label(option)))


def without_refused(options: LayerOptions, service: ImageService) -> LayerOptions:
    """Return the options without those that the tiles of the service cannot have."""
    nothing = LayerOptions()
    return replace(options, **{option: getattr(nothing, option) for option in _refused(options, service)})


def _refused(options: LayerOptions, service: ImageService) -> list[str]:
    nothing = LayerOptions()
    given = [each.name for each in fields(LayerOptions) if getattr(options, each.name) != getattr(nothing, each.name)]
    # Raw pixels are what tiles hold, as far as anyone can tell.
    is_raw = options.processing_template.is_raw
    return [
        option for option in given if not takes(option, service) and not (option == "processing_template" and is_raw)
    ]
