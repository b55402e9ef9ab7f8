"""The rasters that the server serves; where they come from stands in ``README.md``."""

from pathlib import Path

DATA = Path(__file__).parent
