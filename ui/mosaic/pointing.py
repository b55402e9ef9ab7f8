"""What a mouse means where footprints are selected: which of several on top of each other, and with those before."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import QPointF, Qt

SLIP = 3
"""In pixels: a shorter drag is a click, and a click no further away is at the same place."""


class Turns:
    """Clicks select the topmost raster, and the one below it where the same place is clicked again."""

    def __init__(self) -> None:
        # The place of the last click, and which of the rasters there was selected.
        self._last: tuple[QPointF, int] | None = None

    def forget(self) -> None:
        """Begin with the topmost again, wherever the next click is."""
        self._last = None

    def take(self, place: QPointF, found: Sequence[int]) -> int | None:
        """Return the raster that a click means, of those at its pixel, the topmost first; None where there is none."""
        if not found:
            self._last = None
            return None
        turn = 0
        if self._last is not None and (place - self._last[0]).manhattanLength() <= SLIP:
            turn = (self._last[1] + 1) % len(found)
        self._last = place, turn
        return found[turn]


def adds_click(modifiers: Qt.KeyboardModifier) -> bool | None:
    """Whether a click adds a raster to those selected (Shift), takes or adds it (None, Ctrl), or selects it alone."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return None
    return bool(modifiers & Qt.KeyboardModifier.ShiftModifier)


def adds_box(modifiers: Qt.KeyboardModifier) -> bool:
    """Whether a box adds what it touches to those selected, or selects that alone."""
    return bool(modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
