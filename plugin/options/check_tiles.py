"""What options a service of ready-made tiles can have: those that are applied here. Everything else is in the tiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .layer_options import LayerOptions
from .wording import option_label

if TYPE_CHECKING:
    from .findings import Finding

_OPTIONS_OF_TILES = ("extent", "clip")
# Of tiles that hold values.
_OPTIONS_OF_VALUE_TILES = (*_OPTIONS_OF_TILES, "nodata")


def takes(option: str, service: ImageService) -> bool:
    """Whether an option, a field of `LayerOptions`, can be had of a service: of tiles only what is applied here."""
    if not service.tiles_only:
        return True
    holds_values = service.tiles is not None and service.tiles.holds_values
    return option in (_OPTIONS_OF_VALUE_TILES if holds_values else _OPTIONS_OF_TILES)


def reason_of_tiles(option: str, service: ImageService) -> str:
    """Return why an option cannot be had of a service of tiles only; empty where it can."""
    if takes(option, service):
        return ""
    return tr(
        "The service “{service}” offers only ready-made tiles, which are as they were made; leave out “{option}”."
    ).format(service=service.name, option=option_label(option))


def check_tiles(options: LayerOptions, service: ImageService) -> Iterator[Finding]:
    """Find the options that ready-made tiles cannot have."""
    nothing = LayerOptions()
    for option in (each.name for each in fields(LayerOptions)):
        value = getattr(options, option)
        # Raw pixels are what tiles hold, as far as anyone can tell.
        is_raw = option == "processing_template" and value.is_raw
        if value != getattr(nothing, option) and not is_raw and not takes(option, service):
            yield OptionError(option, reason_of_tiles(option, service))
