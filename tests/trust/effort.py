"""How much a run of these tests does: a little within `make test`, all of it within `make trust` and `make fuzz`."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

ROOT = Path(__file__).absolute().parents[2]
IS_THOROUGH = os.environ.get("TRUST") == "thorough"
BUILD = ROOT / "build" / "trust"
FIGURES = "figures"
"""Below `BUILD` and the release of QGIS: where a thorough run leaves what `docs/trust.md` is written from."""


def effort(short: int, thorough: int) -> int:
    """Return how often to do something."""
    return thorough if IS_THOROUGH else short


def keep_figures(chapter: str, figures: dict[str, object]) -> None:
    """Add figures to a chapter of the report of a thorough run; a short one leaves none."""
    if not IS_THOROUGH:
        return
    from qgis.core import Qgis

    folder = BUILD / FIGURES / Qgis.version().partition("-")[0]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{chapter}.json"
    with (folder / "lock").open("w", encoding="ascii") as lock:
        # Several processes of one run add to it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        file.write_text(json.dumps({**known, **figures}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
