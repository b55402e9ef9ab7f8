"""The files by which the driver and QGIS tell each other what they know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Files:
    """What the driver and QGIS share, in a folder.

    Attributes:
        folder: holds all of them.
        problems: what went wrong so far, a text; empty when nothing did.
        heartbeat: touched by QGIS' main thread again and again.
        bad_weather: there while the server is to be slow and faulty.
        figures: what QGIS has measured, JSON.
        threads: what the threads do, written by Python when it is asked for, and when QGIS crashes.
    """

    folder: Path

    @property
    def problems(self) -> Path:
        return self.folder / "problems.txt"

    @property
    def heartbeat(self) -> Path:
        return self.folder / "heartbeat"

    @property
    def bad_weather(self) -> Path:
        return self.folder / "bad_weather"

    @property
    def figures(self) -> Path:
        return self.folder / "figures.json"

    @property
    def threads(self) -> Path:
        return self.folder / "threads.txt"
