"""What is flushed into an unfinished file is on the disk, to the last block, for whoever opens it after a crash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.export.file_nodata import FileNodata
from image_server_layer.plugin.export.tiles import tiling
from image_server_layer.plugin.export.working_file import FileForm, create, open_again
from image_server_layer.tests.export.exports import synthetic_source, synthetic_truth

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def form_of(server: ImageServerProcess, nodata: FileNodata, compression: str = "DEFLATE") -> FileForm:
    source = synthetic_source(server)
    return FileForm(source, tiling(source), nodata, compression, {}, {})


@pytest.mark.parametrize("nodata", [FileNodata(-1), FileNodata(has_mask=True)], ids=["nodata", "mask"])
@pytest.mark.parametrize("compression", ["DEFLATE", "NONE"])
def test_each_tile_is_there_once_it_is_flushed(
    image_server: ImageServerProcess, tmp_path: Path, nodata: FileNodata, compression: str
) -> None:
    form, path, truth = form_of(image_server, nodata, compression), tmp_path / "scene.tif.part", synthetic_truth()
    file = create(path, form)
    for number in range(7):
        tile = form.tiling.tile(number)
        columns, rows = tile.window.columns, tile.window.rows
        values = truth[:, tile.top : tile.top + rows, tile.left : tile.left + columns]
        valid = (values[0] % 3 != 0) if nodata.has_mask else None
        file.write(tile, values, valid)
        file.flush()
        # As another process does while the first one is not closed, and never will be.
        there = open_again(path, form, to_write=False)
        assert there is not None
        found, found_valid = there.read(tile)
        np.testing.assert_array_equal(found, values)
        assert (found_valid is None) == (valid is None)
        if valid is not None:
            np.testing.assert_array_equal(found_valid, valid)
        there.close()
    file.close()


def test_a_file_that_may_grow_beyond_4_gb_can(image_server: ImageServerProcess, tmp_path: Path) -> None:
    """A TIFF that is no BigTIFF ends at 4 GB; this one has 8 GB of pixels, none of which is written."""
    from dataclasses import replace

    form = form_of(image_server, FileNodata(-1))
    grid = replace(form.source.grid, columns=2**15, rows=2**15)
    source = replace(form.source, grid=grid)
    path = tmp_path / "scene.tif.part"
    create(path, replace(form, source=source, tiling=tiling(source))).close()
    small = tmp_path / "small.tif.part"
    create(small, form).close()
    # The number of the format: 43 is BigTIFF.
    assert (path.read_bytes()[:4], small.read_bytes()[:4]) == (b"II\x2b\0", b"II\x2a\0")
    assert gdal.Open(str(path)).RasterXSize == 2**15
