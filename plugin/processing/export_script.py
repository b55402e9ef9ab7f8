"""An export as text that repeats it: a Python call, and a line for `qgis_process`. Both name the service, no layer."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProperty,
    QgsReferencedRectangle,
)

from ..export.layer_source import Wanted
from ..layer.script import algorithm_call, processing_parameters
from ..service.errors import OptionError
from ..translation import tr

ALGORITHM = "imageserver:exportimageserverlayer"
# What a layer has and a file has not; see `export_layer_parameters`.
_OF_LAYERS = ("OUT_IMAGESERVER_LAYER", "PROVIDER", "NEAREST_DATE")


def export_parameters(wanted: Wanted, of_file: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the algorithm for what is wanted, as numbers and texts.

    `of_file` are those that no layer has, as they were given; None among them is not given.

    Raises:
        OptionError: the algorithm cannot be told all of it.
    """
    found = {name: value for name, value in processing_parameters(wanted.request).items() if name not in _OF_LAYERS}
    if wanted.template is not None:
        if "TEMPLATE" in found:
            raise OptionError("extent", tr("The layer has an extent of its own, and a script has one only."))
        found["TEMPLATE"] = _extent_text(wanted.template)
    if wanted.cell_size is not None:
        found["CELL_SIZE"] = wanted.cell_size[0]
    return {**found, **{name: _plain(value) for name, value in of_file.items() if value is not None}}


def python_call(parameters: Mapping[str, Any]) -> str:
    """Return the export as a Python script."""
    return algorithm_call(ALGORITHM, parameters)


def command_line(parameters: Mapping[str, Any]) -> str:
    """Return the export as a command, quoted for shells of the POSIX kind."""
    texts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in parameters.items()}
    return shlex.join(["qgis_process", "run", ALGORITHM, *(f"--{name}={text}" for name, text in texts.items())])


def _extent_text(extent: QgsReferencedRectangle) -> str:
    edges = (extent.xMinimum(), extent.xMaximum(), extent.yMinimum(), extent.yMaximum())
    authid = extent.crs().authid()
    return ",".join(map(repr, edges)) + (f" [{authid}]" if authid else "")


def _plain(value: Any) -> Any:
    """Return a value of a parameter as a number or a text.

    Raises:
        OptionError: it stands for something that is in this project only.
    """
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        if value.selectedFeaturesOnly:
            raise OptionError("mask", tr("What is selected in a layer cannot be told in a script."))
        value = value.source
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.staticValue()
    if isinstance(value, QgsCoordinateReferenceSystem):
        return value.authid() or value.toWkt()
    if isinstance(value, QgsMapLayer):
        if value.dataProvider() is None or value.providerType() == "memory":
            raise OptionError("mask", tr("The layer “{name}” is in memory only.").format(name=value.name()))
        return value.source()
    return value if isinstance(value, (bool, int, float)) else str(value)
