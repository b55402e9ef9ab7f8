"""QGIS' own dialog of one of our algorithms, filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis import utils
from qgis.PyQt.QtCore import QTimer

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr

EXPORT = "imageserver:exportimageserverlayer"
DOWNLOAD = "imageserver:downloadrasters"


def open_algorithm_dialog(
    algorithm: str, parameters: Mapping[str, Any], complete: Callable[[Any], None] | None = None
) -> None:
    """Open the dialog as soon as the menu or the click that it is opened by has come to its end.

    `complete` is given the dialog before it is shown, and may put more into it.

    Raises:
        ImageServerLayerError: Processing is switched off.
    """
    if "processing" not in utils.plugins:
        text = tr(
            "This is done by an algorithm of Processing, which is switched off: switch it on in Plugins ▸ "
            "Manage and Install Plugins."
        )
        raise ImageServerLayerError(text)
    # It stays in there until the dialog is closed, as the toolbox does; the menu is to be gone by then.
    QTimer.singleShot(0, lambda: _run(algorithm, dict(parameters), complete))


def _run(algorithm: str, parameters: dict[str, Any], complete: Callable[[Any], None] | None) -> None:
    """Show the dialog until it is closed, as `processing.execAlgorithmDialog` does, which lets nobody complete it."""
    # Of QGIS, and there only where Processing is.
    from processing import createAlgorithmDialog

    dialog = createAlgorithmDialog(algorithm, parameters)
    if dialog is None:
        return
    if complete is not None:
        complete(dialog)
    canvas = utils.iface.mapCanvas()
    tool = canvas.mapTool()
    dialog.show()
    dialog.exec()
    # An extent or a point may have been picked.
    if canvas.mapTool() != tool:
        canvas.setMapTool(tool)
    # Esc hides it only.
    dialog.close()
