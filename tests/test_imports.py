"""Every module can be imported, and importing the package alone loads nothing of QGIS."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

import image_server_layer
from tests import children

ROOT = Path(__file__).absolute().parents[1]

LOADED_WITH_THE_PACKAGE = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("image_server_layer", "__init__.py", submodule_search_locations=["."])
sys.modules["image_server_layer"] = package = importlib.util.module_from_spec(spec)
spec.loader.exec_module(package)
print([name for name in sys.modules if name.split(".")[0] in ("image_server_layer", "osgeo", "PyQt5", "PyQt6", "qgis")])
"""


def _modules() -> list[str]:
    files = sorted(path for folder in ("plugin", "ui") for path in (ROOT / folder).rglob("*.py"))
    names = [".".join(("image_server_layer", *path.relative_to(ROOT).with_suffix("").parts)) for path in files]
    return [name.removesuffix(".__init__") for name in names]


@pytest.mark.parametrize("module", _modules())
def test_each_module_can_be_imported(module: str) -> None:
    assert importlib.import_module(module).__name__ == module


def test_importing_the_package_loads_nothing_of_qgis_or_of_its_own() -> None:
    run = children.run([sys.executable, "-c", LOADED_WITH_THE_PACKAGE], cwd=ROOT, capture_output=True, check=True)
    assert run.stdout.decode().strip() == "['image_server_layer']"


def test_the_package_offers_the_public_names_themselves() -> None:
    from image_server_layer.plugin.console import make_image_server_layer
    from image_server_layer.plugin.service.errors import ImageServerLayerError

    assert image_server_layer.make_image_server_layer is make_image_server_layer
    assert image_server_layer.ImageServerLayerError is ImageServerLayerError


def test_the_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="module 'image_server_layer' has no attribute 'make_layer'"):
        _ = image_server_layer.make_layer
