"""The plugin's icon."""

from __future__ import annotations

from pathlib import Path

ICON = Path(__file__).parents[1] / "resources" / "icon.svg"
