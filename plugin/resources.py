"""The plugin's name among QGIS' messages, and the files that come with it."""

from __future__ import annotations

from pathlib import Path

LOG_TAG = "Image Server Layer"
_FOLDER = Path(__file__).parents[1] / "resources"
ICON = _FOLDER / "icon.svg"
# With the sign that QGIS' own actions have for adding a layer.
ADD_ICON = _FOLDER / "icon_add.svg"
# With a pointer on one pixel.
PIXEL_ICON = _FOLDER / "icon_pixel.svg"
HELP_PAGE = _FOLDER / "help" / "index.html"
