"""Open the demo's project in a QGIS without the plugin, and tell what each layer shows; a process of its own.

    python -m tests.demo.reopened PROJECT FOLDER

Writes `FOLDER/ID.npy`, the layer as it is drawn in its own cells, and prints as JSON by layer id whether it is valid,
its provider, and the values in its middle.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal
from qgis.core import QgsApplication, QgsProject

from .pictures import own_pixels, values_at_center


def main() -> None:
    """Open the project that the command line names."""
    project, folder = sys.argv[1], Path(sys.argv[2])
    application = QgsApplication([], False)
    QgsApplication.setPrefixPath("/usr", True)
    QgsApplication.initQgis()
    gdal.SetErrorHandler("CPLQuietErrorHandler")
    assert QgsProject.instance().read(project), QgsProject.instance().error()
    told = {}
    for layer_id, layer in QgsProject.instance().mapLayers().items():
        told[layer_id] = {"valid": layer.isValid(), "provider": layer.providerType(), "values": {}}
        if layer.isValid():
            np.save(folder / f"{layer_id}.npy", own_pixels(layer))
            told[layer_id]["values"] = values_at_center(layer)
    assert not any(name.startswith("image_server_layer") for name in sys.modules)
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    del layer
    QgsProject.instance().clear()
    QgsApplication.exitQgis()
    del application


if __name__ == "__main__":
    main()
