"""Files that come with the plugin."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "resources"
ICON = _FOLDER / "icon.svg"
HELP_PAGE = _FOLDER / "help" / "index.html"
