"""A script of a user's, which starts and ends QGIS by itself, comes to its end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import children

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ROOT = Path(__file__).absolute().parents[1]
SCRIPT = """
import sys
from qgis.core import QgsApplication
{preparation}

def main():
    application = QgsApplication([], False)
    QgsApplication.initQgis()
    from image_server_layer import make_image_server_layer
    layer = make_image_server_layer(sys.argv[1], add_to_project={is_added})
    print(layer.isValid())
    {ending}

main()
"""


@pytest.mark.parametrize("is_added", [True, False], ids=["in the project", "by itself"])
@pytest.mark.parametrize("ending", ["QgsApplication.exitQgis()", "pass"], ids=["QGIS is ended", "QGIS is let go of"])
def test_a_script_ends(image_server: ImageServerProcess, tmp_path: Path, ending: str, is_added: bool) -> None:
    (tmp_path / "image_server_layer").symlink_to(ROOT)
    script = SCRIPT.format(preparation=f"sys.path.insert(0, {str(tmp_path)!r})", ending=ending, is_added=is_added)
    command = [sys.executable, "-c", script, image_server.service("Olinda/Landsat")]
    done = children.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout.splitlines()[-1], done.returncode) == ("True", 0), done.stderr
