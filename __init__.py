"""Image Server Layer: QGIS raster layers from ArcGIS image services.

Importing this package imports nothing of QGIS; every name below loads what it needs when it is used. In a standalone
script or a test, `start()` and `stop()` do what QGIS does when it loads and unloads the plugin, without a window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

    from .plugin.console import make_image_server_layer
    from .plugin.plugin import ImageServerLayerPlugin
    from .plugin.service.errors import ImageServerLayerError

__all__ = ["ImageServerLayerError", "classFactory", "make_image_server_layer", "start", "stop"]


def classFactory(iface: QgisInterface) -> ImageServerLayerPlugin:  # noqa: N802 - the name QGIS calls
    """Return the plugin object; called by QGIS' plugin manager."""
    from .plugin.plugin import ImageServerLayerPlugin

    return ImageServerLayerPlugin(iface)


def start() -> None:
    """Register what layers and Processing need, without a window. `QgsApplication` must have been started."""
    from .plugin import plugin

    plugin.start()


def stop() -> None:
    """Undo `start`."""
    from .plugin import plugin

    plugin.stop()


def __getattr__(name: str) -> object:
    """Load the public function and its error on first use (PEP 562), so that importing the package needs no QGIS."""
    if name == "make_image_server_layer":
        from .plugin.console import make_image_server_layer

        return make_image_server_layer
    if name == "ImageServerLayerError":
        from .plugin.service.errors import ImageServerLayerError

        return ImageServerLayerError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
