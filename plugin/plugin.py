"""The plugin as QGIS loads it: registers everything in `initGui` and undoes all of it in `unload`."""

from __future__ import annotations

from qgis.gui import QgisInterface

from .backends.request_rewriter import RequestRewriter


class ImageServerLayerPlugin:
    """What QGIS holds on to while the plugin is switched on."""

    def __init__(self, iface: QgisInterface) -> None:
        self._iface = iface

    def initGui(self) -> None:
        """Register what has no need of a window, then what has."""
        start()

    def unload(self) -> None:
        """Undo `initGui`."""
        stop()


_rewriter = RequestRewriter()


def start() -> None:
    """Do what `initGui` does without a window, for scripts and tests."""
    _rewriter.install()


def stop() -> None:
    """Undo `start`."""
    _rewriter.remove()
