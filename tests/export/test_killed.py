"""QGIS is killed in the middle of an export: another process goes on with what is on the disk."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from image_server_layer.plugin.export.job import FileFormat
from image_server_layer.tests import children
from image_server_layer.tests.export.exports import (
    TILES,
    exported,
    files_in,
    noted_in,
    pixels_of,
    synthetic_source,
    synthetic_truth,
)

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ROOT = Path(__file__).absolute().parents[2]
# Of those that have come, some may wait in memory for the next one.
FEWEST = TILES // 4
SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from qgis.core import QgsApplication

application = QgsApplication([], False)
QgsApplication.initQgis()
from image_server_layer.plugin.export.job import FileFormat
from image_server_layer.tests.export.exports import exported, synthetic_source
from image_server_layer.tests.imageserver.process import ImageServerProcess

server = ImageServerProcess()
server.url = sys.argv[2]
exported(synthetic_source(server), Path(sys.argv[3]), file_format=FileFormat(sys.argv[4]))
"""


@pytest.mark.parametrize("file_format", list(FileFormat), ids=lambda file_format: file_format.value)
def test_another_process_goes_on(image_server: ImageServerProcess, tmp_path: Path, file_format: FileFormat) -> None:
    package, folder = tmp_path / "package", tmp_path / "exported"
    package.mkdir()
    folder.mkdir()
    (package / "image_server_layer").symlink_to(ROOT)
    # The last tiles never come, so that it is killed in the middle on any machine.
    image_server.fault("hang", after=TILES - 4)
    path = folder / "scene.tif"
    command = [sys.executable, "-c", SCRIPT, str(package), image_server.url, str(path), file_format.value]
    process = children.start(command)
    try:
        end = time.monotonic() + 60
        while True:
            with suppress(OSError):
                if noted_in(folder) >= FEWEST:
                    break
            assert process.poll() is None, "It has ended by itself."
            assert time.monotonic() < end, "It does not come far enough."
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    noted = noted_in(folder)
    assert '"closed"' not in (folder / "scene.tif.journal").read_text()
    assert files_in(folder) == ["scene.tif.journal", "scene.tif.part"]
    image_server.release()
    image_server.reset()
    result = exported(synthetic_source(image_server), path, file_format=file_format)
    # What is noted is on the disk, to the last block.
    assert result.kept == noted >= FEWEST
    asked = {request.query["bbox"] for request in image_server.requests(operation="exportImage")}
    assert len(asked) == TILES - result.kept
    np.testing.assert_array_equal(pixels_of(path), synthetic_truth())
    assert files_in(folder) == ["scene.tif"]
