"""A saved project, as somebody sees it who does not have the plugin."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from image_server_layer.tests import children

# What anybody can do with PyQGIS: nothing of the plugin is on the path of this process.
_SCRIPT = """
import hashlib, json, sys
from qgis.core import QgsApplication, QgsProject
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
project = QgsProject()
assert project.read(sys.argv[1])
found = {}
for layer in project.mapLayers().values():
    provider = layer.dataProvider()
    blocks = [provider.block(n + 1, layer.extent(), layer.width(), layer.height()) for n in range(layer.bandCount())]
    found[layer.name()] = {
        "provider": layer.providerType(),
        "valid": layer.isValid(),
        "pixels": [hashlib.sha256(bytes(block.data())).hexdigest() for block in blocks],
        "bands": [layer.bandName(n + 1) for n in range(layer.bandCount())],
        "nodata": [provider.sourceNoDataValue(n + 1) if provider.sourceHasNoDataValue(n + 1) else None
                   for n in range(layer.bandCount())],
        "crs": layer.crs().toWkt(),
        "extent": layer.extent().toString(9),
        "renderer": layer.renderer().type(),
        "alpha": layer.renderer().alphaBand(),
        "title": layer.metadata().title(),
    }
assert not [name for name in sys.modules if "image_server_layer" in name]
print(json.dumps(found))
del layer, provider, blocks
project.clear()
del project
application.exitQgis()
"""


def seen_without_plugin(project: Path) -> dict[str, dict[str, Any]]:
    """Return what a QGIS without the plugin finds in a project, by the name of the layer.

    The pixels of a band are a SHA-256 in hexadecimal.
    """
    script = [sys.executable, "-c", _SCRIPT, str(project)]
    done = children.run(script, cwd=project.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found
