"""A map has a tool for a while, and its own one afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolPan, QgsMapToolZoom
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from image_server_layer.ui.common.borrowed_map import BorrowedMap


@pytest.fixture
def canvas() -> Iterator[QgsMapCanvas]:
    """A map with a tool of its own."""
    canvas = QgsMapCanvas()
    yield canvas
    sip.delete(canvas)


def test_it_gives_back_the_tool_that_was_there(canvas: QgsMapCanvas) -> None:
    own, tool, owner = QgsMapToolPan(canvas), QgsMapTool(canvas), QObject()
    canvas.setMapTool(own)
    borrowed = BorrowedMap(canvas, tool, owner)
    assert not borrowed.is_on
    borrowed.take()
    assert (borrowed.is_on, canvas.mapTool()) == (True, tool)
    borrowed.give_back()
    assert (borrowed.is_on, canvas.mapTool()) == (False, own)


def test_a_tool_that_the_user_takes_meanwhile_stays(canvas: QgsMapCanvas) -> None:
    own, tool, other, owner = QgsMapToolPan(canvas), QgsMapTool(canvas), QgsMapToolZoom(canvas, False), QObject()
    canvas.setMapTool(own)
    borrowed = BorrowedMap(canvas, tool, owner)
    borrowed.take()
    canvas.setMapTool(other)
    assert not borrowed.is_on
    borrowed.give_back()
    assert canvas.mapTool() is other


def test_a_tool_that_is_gone_is_not_given_back(canvas: QgsMapCanvas) -> None:
    own, tool, owner = QgsMapToolPan(canvas), QgsMapTool(canvas), QObject()
    canvas.setMapTool(own)
    borrowed = BorrowedMap(canvas, tool, owner)
    borrowed.take()
    sip.delete(own)
    borrowed.give_back()
    assert canvas.mapTool() is None
