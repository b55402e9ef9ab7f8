"""What an export frees goes back to the system, however small the things are that stand between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from image_server_layer.plugin.export.heap import give_back
from image_server_layer.tests.backend.engine import source_of
from image_server_layer.tests.export.exports import exported
from image_server_layer.tests.memory import resident

if TYPE_CHECKING:
    from pathlib import Path

    from image_server_layer.tests.imageserver.process import ImageServerProcess


def leave_gaps() -> list[bytes]:
    """Free 80 MB that lie in pieces in the heap; return what lies between them."""
    # Less than what has a place of its own. What lies between is so much that older gaps do not take it all.
    large, small = [], []
    for _ in range(800):
        large.append(b"\1" * 100_000)
        small += [b"\1" * 6000 for _ in range(4)]
    full = resident()
    large.clear()
    assert full - resident() < 20
    return small


def test_gaps_between_small_things_are_given_back() -> None:
    small = leave_gaps()
    full = resident()
    give_back()
    assert full - resident() > 60
    assert len(small) == 3200


def test_an_export_gives_back_what_is_free(image_server: ImageServerProcess, tmp_path: Path) -> None:
    source = source_of(image_server, "Test/U8")
    small = leave_gaps()
    full = resident()
    exported(source, tmp_path / "scene.tif")
    assert full - resident() > 40
    assert len(small) == 3200
