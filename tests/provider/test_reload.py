"""The plugin is unloaded and loaded again, as QGIS does it, while layers are open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from image_server_layer.tests import children
from image_server_layer.tests.provider.sources import source_of

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ROOT = Path(__file__).resolve().parents[2]
RELOADED = """
import gc, importlib.util, sys
from qgis.PyQt.QtCore import QSize
from qgis.core import QgsApplication, QgsProviderRegistry, QgsRasterBlockFeedback, QgsRasterLayer
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()

def load():
    spec = importlib.util.spec_from_file_location("image_server_layer", sys.argv[1] + "/__init__.py",
                                                  submodule_search_locations=[sys.argv[1]])
    sys.modules["image_server_layer"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    from image_server_layer.plugin.provider import registration
    registration.start()
    return registration

def unload(registration):
    registration.stop()
    for name in [name for name in sys.modules if name.startswith("image_server_layer")]:
        del sys.modules[name]
    gc.collect()

def pixels(layer):
    provider = layer.dataProvider()
    feedback = QgsRasterBlockFeedback()
    blocks = [provider.block(band, layer.extent(), layer.width(), layer.height(), feedback) for band in (1, 2, 3)]
    assert not feedback.errors(), feedback.errors()
    return [bytes(block.data()) for block in blocks]

def drawn(layer):
    image = layer.previewAsImage(QSize(80, 80))
    return image.pixelColor(40, 40).getRgb()

registration = load()
first = QgsRasterLayer(sys.argv[2], "first", "imageserver")
assert first.isValid(), first.error().summary()
before, color = pixels(first), drawn(first)
for _ in range(3):
    unload(registration)
    del registration
    gc.collect()
    assert drawn(first) == color
    assert pixels(first) == before
    dead = QgsRasterLayer(sys.argv[2], "dead", "imageserver")
    assert not dead.isValid()
    assert dead.error().summary()
    del dead
    registration = load()
    second = QgsRasterLayer(sys.argv[2], "second", "imageserver")
    assert second.isValid()
    assert pixels(second) == before
    assert drawn(second) == color
    assert type(second.dataProvider()) is not type(first.dataProvider())
    assert sys.modules[type(second.dataProvider()).__module__].ImageServerProvider is type(second.dataProvider())
    assert QgsProviderRegistry.instance().providerList().count("imageserver") == 1
    first = second
    gc.collect()
del first, second
gc.collect()
application.exitQgis()
print("fine")
"""


def test_layers_survive_a_reload_of_the_plugin(image_server: ImageServerProcess, tmp_path: Path) -> None:
    text = source_of(image_server, "Olinda/Landsat").text()
    script = [sys.executable, "-c", RELOADED, str(ROOT), text]
    done = children.run(script, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip().splitlines()[-1:]) == (0, ["fine"]), done.stderr
