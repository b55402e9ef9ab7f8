"""What the menus of layers bring home: QGIS' own dialogs of the algorithms, filled in for a layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.core import QgsProcessingFeatureSourceDefinition, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsMessageBar

from ...plugin.layer.edit import source_of
from ...plugin.layer.footprint_layer import layers_of_service, raster_list_of
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.translation import tr
from ..common.algorithm_dialog import DOWNLOAD, EXPORT, Complete, open_algorithm_dialog
from ..common.messages import show_error
from ..common.sizes_in_dialog import tell_sizes
from .export_script import add_script_button


def open_export_dialog(layer: QgsRasterLayer, bar: QgsMessageBar) -> None:
    """Open the dialog that exports a layer, or say why there is none; first of all, it tells how large it becomes."""
    _open(EXPORT, {"INPUT": layer.id()}, bar, _complete_export)


def open_download_dialog(layer: QgsRasterLayer, bar: QgsMessageBar) -> None:
    """Open the dialog that downloads the source rasters of a layer; first of all, it tells their sizes."""
    _open(DOWNLOAD, {"INPUT": layer.id()}, bar, tell_sizes)


def open_download_dialog_of_list(layer: QgsVectorLayer, bar: QgsMessageBar) -> None:
    """Open it for the rasters that are selected in a layer of footprints, or say what is missing."""
    listed = raster_list_of(layer)
    if listed is None:
        return
    if not layer.selectedFeatureCount():
        text = tr("Select the rasters to download in “{layer}” first.")
        show_error(bar, OptionError("footprints", text.format(layer=layer.name())))
        return
    parameters: dict[str, Any] = {
        "IN_IMAGE_SERVICE": listed.service_url,
        "FOOTPRINTS": QgsProcessingFeatureSourceDefinition(layer.id(), True),
    }
    # With the credentials of a layer of the same service, if there is one, as the list has none.
    for other in layers_of_service(QgsProject.instance(), listed.service_url):
        source = source_of(other)
        if source is not None and source.access.authcfg:
            parameters.update({"AUTHCFG": source.access.authcfg, "REFERER": source.access.referer})
            break
    _open(DOWNLOAD, parameters, bar, tell_sizes)


def _complete_export(dialog: Any) -> Callable[[], None]:
    add_script_button(dialog)
    return tell_sizes(dialog)


def _open(algorithm: str, parameters: Mapping[str, Any], bar: QgsMessageBar, complete: Complete) -> None:
    try:
        open_algorithm_dialog(algorithm, parameters, complete)
    except ImageServerLayerError as error:
        show_error(bar, error)
