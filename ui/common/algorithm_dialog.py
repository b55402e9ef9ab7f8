"""QGIS' own dialog of one of our algorithms, filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis import utils
from qgis.PyQt.QtCore import QTimer

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr

EXPORT = "imageserver:exportimageserverlayer"
DOWNLOAD = "imageserver:downloadrasters"


def open_algorithm_dialog(algorithm: str, parameters: Mapping[str, Any]) -> None:
    """Open the dialog as soon as the menu or the click that it is opened by has come to its end.

    Raises:
        ImageServerLayerError: Processing is switched off.
    """
    if "processing" not in utils.plugins:
        text = tr(
            "This is done by an algorithm of Processing, which is switched off: switch it on in Plugins ▸ "
            "Manage and Install Plugins."
        )
        raise ImageServerLayerError(text)

    def run() -> None:
        # Of QGIS, and there only where Processing is.
        from processing import execAlgorithmDialog

        execAlgorithmDialog(algorithm, dict(parameters))

    # It stays in there until the dialog is closed, as the toolbox does; the menu is to be gone by then.
    QTimer.singleShot(0, run)
