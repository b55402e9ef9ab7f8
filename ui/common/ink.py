"""The color in which texts are painted."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette

_LIGHT, _DARK = "#e6e6e6", "#1e1e1e"
# Of 255: a text whose lightness differs less from the background cannot be read.
_READABLE = 90


def ink(palette: QPalette) -> QColor:
    """Return the color of texts: that of the palette, unless it cannot be read, as in QGIS' own dark themes."""
    text, base = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Base))
    if abs(text.lightness() - base.lightness()) >= _READABLE:
        return QColor(text)
    return QColor(_LIGHT if base.lightness() < 128 else _DARK)
