"""The list of locked rasters: typed, chosen, ordered, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import known_service
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.ui.mosaic.locked_rasters import LockedRasters
from image_server_layer.ui.mosaic.raster_picker import RasterPicker


@pytest.fixture
def locked() -> Iterator[LockedRasters]:
    locked = LockedRasters(None)
    locked.show()
    yield locked
    locked.deleteLater()


@pytest.fixture
def canvas() -> Iterator[QgsMapCanvas]:
    canvas = QgsMapCanvas()
    yield canvas
    delete(canvas)


def _texts(locked: LockedRasters) -> list[str]:
    return [locked.list.item(row).text() for row in range(locked.list.count())]


def _type(locked: LockedRasters, text: str) -> None:
    locked.add_edit.setText(text)
    QTest.keyClick(locked.add_edit, Qt.Key.Key_Return)


def test_names_come_after_the_ids(locked: LockedRasters, landsat: ConnectedService) -> None:
    locked.set_from((5, 2), landsat)
    assert _texts(locked) == ["5", "2"]
    wait_until(lambda: _texts(locked) == ["5: 20010805", "2: LE07; path 214: row 65"])
    assert locked.ids() == (5, 2)


def test_ids_and_names_are_typed(locked: LockedRasters, landsat: ConnectedService) -> None:
    locked.set_from((8,), landsat)
    seen = []
    locked.changed.connect(lambda: seen.append(locked.ids()))
    _type(locked, "3; 'LE07; path 214: row 65'; Recife")
    wait_until(lambda: seen)
    assert seen == [(8, 3, 2, 7)]
    assert locked.add_edit.text() == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [("99", "has no raster “99”"), ("Nobody", "has no raster “Nobody”"), ("3.5; 99", "has no raster “3.5”, “99”")],
)
def test_what_does_not_exist_is_not_added_and_stays_to_be_corrected(
    locked: LockedRasters, landsat: ConnectedService, text: str, words: str
) -> None:
    locked.set_from((1,), landsat)
    _type(locked, text)
    wait_until(locked.problem.text)
    assert words in locked.problem.text()
    assert locked.ids() == (1,)
    assert locked.add_edit.text() == text
    locked.add_edit.setText("2")
    assert locked.problem.text() == ""


def test_what_was_typed_for_another_service_is_never_added(
    locked: LockedRasters, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    locked.set_from((), landsat)
    image_server.settings(latency=0.5)
    _type(locked, "3")
    wait_until(image_server.requests)
    locked.set_from((), known_service(image_server, "Test/Scales"))
    let_pass(1.5)
    assert locked.ids() == ()


def test_rasters_are_moved_and_removed_by_keyboard_and_buttons(
    locked: LockedRasters, landsat: ConnectedService
) -> None:
    locked.set_from((1, 2, 3), landsat)
    locked.list.setCurrentRow(2)
    locked.up_button.click()
    assert locked.ids() == (1, 3, 2)
    locked.down_button.click()
    assert locked.ids() == (1, 2, 3)
    assert not locked.down_button.isEnabled()
    # As dragging does.
    locked.list.model().moveRow(QModelIndex(), 0, QModelIndex(), 2)
    assert locked.ids() == (2, 1, 3)
    locked.set_from((1, 2, 3), landsat)
    locked.list.setCurrentRow(2)
    QTest.keyClick(locked.list, Qt.Key.Key_Delete)
    assert locked.ids() == (1, 2)
    locked.list.setCurrentRow(0)
    locked.remove_button.click()
    assert locked.ids() == (2,)


def test_rasters_are_chosen_in_the_table(locked: LockedRasters, landsat: ConnectedService) -> None:
    locked.set_from((5,), landsat)
    locked.choose_button.click()
    picker = locked.findChild(RasterPicker)
    model = picker.table.model()
    wait_until(lambda: model.rowCount() == 8)
    model.setData(model.index(1, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    picker.accept()
    assert locked.ids() == (5, 2)
    assert _texts(locked)[1] == "2: LE07; path 214: row 65"


@pytest.mark.parametrize(
    "leave",
    [
        lambda picker: QTest.keyClick(picker.table, Qt.Key.Key_Escape),
        lambda picker: QTest.keyClick(picker.filters.search_edit, Qt.Key.Key_Escape),
        lambda picker: picker.button_box.button(QDialogButtonBox.StandardButton.Cancel).click(),
    ],
    ids=["Esc in the table", "Esc in the search", "Cancel"],
)
def test_leaving_the_table_leaves_the_list_and_the_map(
    canvas: QgsMapCanvas, landsat: ConnectedService, leave: Callable[[RasterPicker], None]
) -> None:
    locked = LockedRasters(canvas)
    locked.show()
    before = list(canvas.scene().items())
    locked.set_from((5, 2), landsat)
    wait_until(lambda: _texts(locked) == ["5: 20010805", "2: LE07; path 214: row 65"])
    seen = []
    locked.changed.connect(lambda: seen.append(locked.ids()))
    locked.choose_button.click()
    picker = locked.findChild(RasterPicker)
    wait_until(lambda: picker.table.model().rowCount() == 8)
    picker.table.selectAll()
    QTest.keyClick(picker.table, Qt.Key.Key_Space)
    assert len(picker.chosen()) == 8
    leave(picker)
    assert not picker.isVisible()
    assert (locked.ids(), seen) == ((5, 2), [])
    assert _texts(locked) == ["5: 20010805", "2: LE07; path 214: row 65"]
    assert list(canvas.scene().items()) == before
    delete(locked)


def test_another_service_closes_the_table(
    locked: LockedRasters, landsat: ConnectedService, image_server: ImageServerProcess
) -> None:
    locked.set_from((5,), landsat)
    locked.choose_button.click()
    picker = locked.findChild(RasterPicker)
    locked.set_from((), known_service(image_server, "Test/Scales"))
    assert not picker.isVisible()
