"""Three bands that are known to make a color composite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.band_presets import composite, known_wavelengths
from ...plugin.options.color_composites import ColorComposite
from ...plugin.service.image_service import BandProperties
from ...plugin.translation import tr


class Preset(NamedTuple):
    """Three bands as red, green and blue, by number, with their names.

    `are_raw`: they are those of the raw pixels; `needs_raw`: what the processing template yields is known to be other.
    """

    bands: tuple[int, int, int]
    names: tuple[str, ...]
    are_raw: bool
    needs_raw: bool

    def in_words(self) -> str:
        """Return what a tooltip says of it."""
        named = tr("{number} ({name})")
        shown = ", ".join(named.format(number=number, name=name) for number, name in zip(self.bands, self.names))
        if self.needs_raw:
            return tr("Bands {bands} of the raw pixels as red, green and blue.").format(bands=shown)
        return tr("Bands {bands} as red, green and blue.").format(bands=shown)


def find_preset(wanted: ColorComposite, known: ConnectedService, properties: Sequence[BandProperties]) -> Preset | None:
    """Look for the bands of a composite in what comes out of the template, or else in the raw pixels."""
    are_raw = known.output == known.service
    for output in [known.service] if are_raw else [known.output, known.service]:
        is_raw = output is known.service
        names = [band.name for band in output.bands]
        found = composite(wanted.roles, names, known_wavelengths(output.bands, properties, are_raw=is_raw))
        if found is not None:
            named = tuple(names[number - 1] for number in found)
            return Preset(found, named, are_raw or is_raw, is_raw and not are_raw)
    return None
