"""QGIS' own dialog of the algorithm that exports, filled in for a layer."""

from __future__ import annotations

from qgis import utils
from qgis.core import QgsRasterLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QTimer

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr
from ..common.messages import show_error

_ALGORITHM = "imageserver:exportimageserverlayer"


def open_export_dialog(layer: QgsRasterLayer, bar: QgsMessageBar) -> None:
    """Open the dialog, or say why there is none."""
    if "processing" not in utils.plugins:
        text = tr(
            "Layers are exported by an algorithm of Processing, which is switched off: switch it on in Plugins ▸ "
            "Manage and Install Plugins."
        )
        show_error(bar, ImageServerLayerError(text))
        return
    layer_id = layer.id()

    def run() -> None:
        # Of QGIS, and there only where Processing is.
        from processing import execAlgorithmDialog

        execAlgorithmDialog(_ALGORITHM, {"INPUT": layer_id})

    # It stays in there until the dialog is closed, as the toolbox does; the menu is to be gone by then.
    QTimer.singleShot(0, run)
