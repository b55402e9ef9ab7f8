"""Texts that are painted can be read, also where a theme changes the background by a style sheet alone."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtGui import QColor, QPalette

from image_server_layer.ui.common.ink import ink


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("#000000", "#ffffff", "#000000"),
        ("#336699", "#ffffff", "#336699"),
        ("#ffffff", "#202020", "#ffffff"),
        ("#000000", "#323232", "#e6e6e6"),
        ("#ffffff", "#dddddd", "#1e1e1e"),
    ],
)
def test_the_palettes_color_is_taken_where_it_can_be_read(text: str, base: str, expected: str) -> None:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(base))
    assert ink(palette) == QColor(expected)
