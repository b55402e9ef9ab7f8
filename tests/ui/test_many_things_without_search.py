"""What a user does with a thousand bands or rasters does not make Python look through all of QGIS for garbage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsCoordinateReferenceSystem
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel
from qgis.PyQt.QtWidgets import QTreeView

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import Band
from image_server_layer.tests.garbage import searches
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.bands.bands_model import BandsModel
from image_server_layer.ui.common.footprints import Footprints

MANY = 1000


@pytest.fixture
def view() -> Iterator[QTreeView]:
    """A table of bands, of which the second half is selected."""
    view = QTreeView()
    model = BandsModel(view)
    model.show_bands([Band(number, f"Band {number}") for number in range(1, MANY + 1)], None, are_raw=True)
    view.setModel(model)
    cells = QItemSelection(model.index(MANY // 2, 0), model.index(MANY - 1, model.columnCount() - 1))
    view.selectionModel().select(cells, QItemSelectionModel.SelectionFlag.Select)
    yield view
    delete(view)


@pytest.fixture
def canvas() -> Iterator[QgsMapCanvas]:
    canvas = QgsMapCanvas()
    yield canvas
    delete(canvas)


def test_bands_are_moved_with_their_selection(view: QTreeView) -> None:
    model = view.model()
    assert searches(lambda: model.move(range(MANY // 2, MANY), MANY // 2 - 1)) <= 2
    assert [model.index(row, 0).data() for row in (MANY // 2 - 1, MANY - 1)] == [str(MANY // 2 + 1), str(MANY // 2)]
    rows = {row for cells in view.selectionModel().selection() for row in range(cells.top(), cells.bottom() + 1)}
    assert rows == set(range(MANY // 2 - 1, MANY - 1))


def test_footprints_are_drawn_on_the_map(canvas: QgsMapCanvas) -> None:
    shown = Footprints(canvas, QgsCoordinateReferenceSystem("EPSG:4326"), canvas)
    boxes = [Extent(number, 0.0, number + 1.0, 1.0) for number in range(4 * MANY)]
    assert searches(lambda: shown.show(boxes)) <= 2
    assert shown.count() == len(boxes)
