"""Files of ArcGIS Pro that are dropped on QGIS' window are added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QMimeData, QUrl
from qgis.PyQt.QtWidgets import QPushButton

import image_server_layer
from image_server_layer.tests.documents.examples import file_for
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import Interface
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.forms import idle, messages
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.common.announcements import Announcements
from image_server_layer.ui.entry.document_drop import DocumentDrop


class Dropping:
    """A window of QGIS that takes files, as `QgisApp::dropEventTimeout` hands them on."""

    def __init__(self) -> None:
        self.iface = Interface()
        self.announcements = Announcements(self.iface.window)
        self.drop = DocumentDrop(self.iface, self.announcements, self.iface.window)
        self.drop.start()

    def drop_files(self, *paths: Path) -> list[bool]:
        """Drop files; return for each whether the plugin took it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        (handler,) = self.iface.drop_handlers
        assert not handler.handleMimeDataV2(data)
        return [handler.handleFileDrop(url.toLocalFile()) for url in data.urls()]

    def press(self, text: str) -> None:
        next(found for found in self.iface.bar.findChildren(QPushButton) if found.text() == text).click()


@pytest.fixture
def dropping(project: QgsProject) -> Iterator[Dropping]:
    image_server_layer.start()
    made = Dropping()
    made.iface.window.show()
    yield made
    made.drop.stop()
    made.announcements.clear()
    assert made.iface.drop_handlers == []
    wait_until(idle)
    delete(made.iface.window)
    project.clear()
    image_server_layer.stop()


def site(server: ImageServerProcess) -> str:
    return f"{server.origin}/arcgis"


def test_dropped_files_are_added_each(
    dropping: Dropping, image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    paths = [file_for(name, site(image_server), tmp_path) for name in ("landsat.lyrx", "coast.mapx")]
    assert dropping.drop_files(*paths, tmp_path / "roads.shp") == [True, True, False]
    assert len(messages(dropping.iface.bar)) == 2
    wait_until(lambda: len(project.mapLayers()) == 4)
    assert sorted(messages(dropping.iface.bar)) == [
        "1 layer was added from “landsat.lyrx”. Not all of it could be taken over.",
        "3 layers were added from “coast.mapx”. Not all of it could be taken over.",
    ]
    assert cold_below(dropping.drop) == []
    assert cold_of_the_plugin() == []


def test_it_can_be_canceled(
    dropping: Dropping, image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    image_server.fault("hang", match="ImageServer")
    dropping.drop_files(file_for("landsat.lyrx", site(image_server), tmp_path))
    assert messages(dropping.iface.bar) == ["Adding the image services in “landsat.lyrx”…"]
    wait_until(lambda: image_server.requests("Landsat"))
    dropping.press("Cancel")
    wait_until(idle, SOON)
    assert messages(dropping.iface.bar) == []
    assert project.mapLayers() == {}


def test_a_broken_file_is_one_sentence(dropping: Dropping, tmp_path: Path) -> None:
    path = tmp_path / "A.LYRX"
    path.write_text("<xml/>")
    assert dropping.drop_files(path) == [True]
    wait_until(lambda: not messages(dropping.iface.bar)[-1].startswith("Adding"))
    (said,) = messages(dropping.iface.bar)
    assert said.startswith("“A.LYRX” is neither a layer file (.lyrx)")
