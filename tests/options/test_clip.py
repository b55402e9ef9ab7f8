"""The shape to clip to: its box, its corners, and the same in well-known text and binary."""

from __future__ import annotations

import struct

from image_server_layer.plugin.options.clip import Clip
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.extent import Extent

OUTER, HOLE = ((0.0, 0.0), (10.0, 0.5), (5.0, 7.25)), ((4.0, 1.0), (5.0, 2.0), (4.5, 3.0))
OTHER = ((20.0, 20.0), (21.0, 20.0), (20.0, 21.5))
CLIP = Clip(((OUTER, HOLE), (OTHER,)))


def test_its_box_and_its_corners() -> None:
    assert (CLIP.extent, CLIP.corner_count) == (Extent(0, 0, 21, 21.5), 9)


def test_text_closes_every_ring() -> None:
    assert CLIP.wkt() == (
        "MULTIPOLYGON(((0 0,10 0.5,5 7.25,0 0),(4 1,5 2,4.5 3,4 1)),((20 20,21 20,20 21.5,20 20)))"
    )


def test_binary_is_that_of_the_standard() -> None:
    assert Clip(((OTHER,),)).wkb == (
        struct.pack("<BII", 1, 6, 1)
        + struct.pack("<BII", 1, 3, 1)
        + struct.pack("<I8d", 4, 20, 20, 21, 20, 20, 21.5, 20, 20)
    )


def test_json_is_lists_of_numbers() -> None:
    value = [[[0, 0, 10, 0.5, 5, 7.25], [4, 1, 5, 2, 4.5, 3]], [[20, 20, 21, 20, 20, 21.5]]]
    assert CLIP.to_json_value() == value
    assert Clip.from_json_value(value) == CLIP


def test_in_cells_it_counts_from_the_upper_left() -> None:
    grid = Grid(Extent(0.0, 0.0, 30.0, 22.0), 60, 11, (0.5, 2.0))
    assert Clip(((OTHER,),)).in_cells(grid) == Clip(((((40.0, 1.0), (42.0, 1.0), (40.0, 0.25)),),))
