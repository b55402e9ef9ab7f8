"""The bytes of an answer as pixels: what was asked for, or one sentence. Nothing is unpacked unseen."""

from __future__ import annotations

import gc
import itertools
import struct
import threading
import uuid
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from osgeo import gdal, gdal_array

from image_server_layer.plugin.backend.pixels import (
    Pixels,
    decode,
    read_picture,
    read_small_picture,
    read_values,
)
from image_server_layer.plugin.backend.source import LayerSource
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.errors import ImageServerLayerError, NotValuesError, ResponseError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.backend.plain_sources import as_picture, values_source
from image_server_layer.tests.reading import Array

WINDOW = Grid(Extent(0.0, 0.0, 5.0, 4.0), 5, 4, (1.0, 1.0))
SIZE = (5, 4)
VALUES = values_source(WINDOW, ("a", "b"), "UInt16")
PICTURE = as_picture(VALUES)
_SERIAL = itertools.count()


def _image(driver: str, pixels: Array, options: Sequence[str] = (), table: Any = None, nodata: Any = None) -> bytes:
    """Return an array (bands, rows, columns) as an image."""
    dataset = gdal_array.OpenArray(np.ascontiguousarray(pixels))
    if table is not None:
        dataset.GetRasterBand(1).SetColorTable(table)
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    path = f"/vsimem/test_pixels_{next(_SERIAL)}"
    gdal.GetDriverByName(driver).CreateCopy(path, dataset, options=list(options)).FlushCache()
    file = gdal.VSIFOpenL(path, "rb")
    try:
        return bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    finally:
        gdal.VSIFCloseL(file)
        gdal.Unlink(path)
        gdal.Unlink(f"{path}.aux.xml")


def _ramp(bands: int, dtype: str = "u1", size: tuple[int, int] = SIZE) -> Array:
    columns, rows = size
    return (np.arange(bands * rows * columns).reshape(bands, rows, columns) + 1).astype(dtype)


TIFF = _image("GTiff", _ramp(2, "u2"))
PNG = _image("PNG", _ramp(4))


def test_values_are_those_of_the_tiff() -> None:
    pixels = decode(TIFF, VALUES, WINDOW)
    np.testing.assert_array_equal(pixels.values, _ramp(2, "u2"))
    assert pixels.values.dtype == np.uint16
    assert pixels.valid is None


@pytest.mark.parametrize(
    "options",
    [["COMPRESS=DEFLATE"], ["COMPRESS=LZW"], ["INTERLEAVE=PIXEL"], ["BIGTIFF=YES"], ["TILED=YES"], ["ENDIANNESS=BIG"]],
)
def test_every_tiff_that_servers_write_is_read(options: list[str]) -> None:
    content = _image("GTiff", _ramp(2, "u2"), options)
    np.testing.assert_array_equal(decode(content, VALUES, WINDOW).values, _ramp(2, "u2"))


@pytest.mark.parametrize(
    ("sent", "declared"),
    [
        ("u1", "UInt16"),
        ("u1", "Int16"),
        ("u2", "Int32"),
        ("i2", "Int32"),
        ("u1", "Float32"),
        ("i2", "Float32"),
        ("i4", "Float64"),
    ],
)
def test_a_narrower_type_of_whole_numbers_is_as_true(sent: str, declared: str) -> None:
    pixels = decode(_image("GTiff", _ramp(2, sent)), replace(VALUES, data_type=declared), WINDOW)
    np.testing.assert_array_equal(pixels.values, _ramp(2))
    assert gdal.GetDataTypeName(gdal_array.NumericTypeCodeToGDALTypeCode(pixels.values.dtype.type)) == declared


@pytest.mark.parametrize(
    ("sent", "declared"),
    [
        ("u2", "Byte"),
        ("i2", "UInt16"),
        ("u2", "Int16"),
        ("f4", "UInt16"),
        ("f8", "Float32"),
        ("i4", "Float32"),
        ("f4", "Float64"),
    ],
)
def test_another_type_is_refused(sent: str, declared: str) -> None:
    with pytest.raises(ResponseError, match=rf"where the layer has 2 of the type {declared}; make the layer anew"):
        decode(_image("GTiff", _ramp(2, sent)), replace(VALUES, data_type=declared), WINDOW)


@pytest.mark.parametrize("bands", [1, 3])
def test_more_or_fewer_bands_are_refused(bands: int) -> None:
    with pytest.raises(ResponseError, match=rf"sent {bands} bands of the type UInt16 where the layer has 2"):
        decode(_image("GTiff", _ramp(bands, "u2")), VALUES, WINDOW)


@pytest.mark.parametrize("content", [PNG, _image("JPEG", _ramp(3)), PNG[:30]])
def test_a_picture_is_no_values(content: bytes) -> None:
    with pytest.raises(NotValuesError, match="sends pictures whatever it is asked for"):
        decode(content, VALUES, WINDOW)


def test_signed_bytes_are_signed() -> None:
    signed = np.array([[[-128, -1, 0, 1, 127]] * 4] * 2, np.int8)
    if hasattr(gdal, "GDT_Int8"):
        content = _image("GTiff", signed)
    else:
        content = _image("GTiff", signed.view(np.uint8), ["PIXELTYPE=SIGNEDBYTE"])
    pixels = decode(content, replace(VALUES, data_type="Int16"), WINDOW)
    np.testing.assert_array_equal(pixels.values, signed)
    values, data_type = read_values(content, SIZE)
    assert (values.dtype, data_type) == (np.int16, "Int16")


def test_bits_are_numbers() -> None:
    bits = np.array([[[0, 1, 1, 0, 1]] * 4], np.uint8)
    values, data_type = read_values(_image("GTiff", bits, ["NBITS=1"]), SIZE)
    np.testing.assert_array_equal(values, bits)
    assert data_type == "Byte"


@pytest.mark.parametrize(("together", "gone"), [((1.0, 21.0), [(0, 0)]), ((1.0, 22.0), []), ((), None)])
def test_a_pixel_is_out_where_all_bands_have_their_nodata(together: tuple[float, ...], gone: Any) -> None:
    valid = decode(TIFF, replace(VALUES, nodata_together=together), WINDOW).valid
    assert gone == (None if valid is None else [tuple(place) for place in np.argwhere(~valid)])


def test_not_a_number_in_all_bands_is_out() -> None:
    source = replace(VALUES, data_type="Float32", nodata_together=(np.nan, 2.0))
    content = _image("GTiff", np.array([[[np.nan, np.nan, 1, 1, 1]] * 4, [[2, 3, 2, 2, 2]] * 4], np.float32))
    valid = decode(content, source, WINDOW).valid
    assert valid is not None
    assert valid.tolist() == [[False, True, True, True, True]] * 4


def _gray_alpha() -> tuple[bytes, Array]:
    pixels = _ramp(2)
    return _image("PNG", pixels), np.stack([pixels[0], pixels[0], pixels[0], pixels[1]])


def _opaque(pixels: Array) -> Array:
    return np.concatenate([np.broadcast_to(pixels, (3, 4, 5)), np.full((1, 4, 5), 255)])


def _palette() -> tuple[bytes, Array]:
    table = gdal.ColorTable()
    for index in range(22):
        table.SetColorEntry(index, (index, 2 * index, 3 * index, 0 if index == 20 else 255))
    pixels = _ramp(1)
    expected = np.concatenate([pixels, 2 * pixels, 3 * pixels, np.where(pixels == 20, 0, 255)])
    return _image("PNG", pixels, table=table), expected


def _transparent_gray() -> tuple[bytes, Array]:
    expected = _opaque(_ramp(1))
    expected[3, 0, 2] = 0
    return _image("PNG", _ramp(1), nodata=3), expected


def _transparent_color() -> tuple[bytes, Array]:
    """A PNG of three bands with the color of the second pixel declared transparent."""
    pixels = _ramp(3)
    content = _image("PNG", pixels)
    chunk = b"tRNS" + struct.pack(">3H", *pixels[:, 0, 1])
    before = content.index(b"IDAT") - 4
    content = content[:before] + struct.pack(">I", 6) + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[before:]
    expected = _opaque(pixels)
    expected[3, 0, 1] = 0
    return content, expected


@pytest.mark.parametrize(
    "made",
    [
        lambda: (PNG, _ramp(4)),
        lambda: (_image("PNG", _ramp(3)), _opaque(_ramp(3))),
        lambda: (_image("PNG", _ramp(1)), _opaque(_ramp(1))),
        _gray_alpha,
        _palette,
        _transparent_gray,
        _transparent_color,
    ],
)
def test_every_kind_of_png_is_red_green_blue_and_alpha(made: Any) -> None:
    content, expected = made()
    pixels = decode(content, PICTURE, WINDOW)
    np.testing.assert_array_equal(pixels.values, expected)
    assert (pixels.values.dtype, pixels.valid) == (np.uint8, None)


@pytest.mark.parametrize("bands", [1, 3])
def test_a_jpeg_is_opaque(bands: int) -> None:
    smooth = np.full((bands, 4, 5), 100, np.uint8)
    pixels = decode(_image("JPEG", smooth, ["QUALITY=100"]), PICTURE, WINDOW)
    np.testing.assert_allclose(pixels.values.astype(int), _opaque(smooth), atol=2)
    assert (pixels.values[3] == 255).all()


@pytest.mark.parametrize(
    "content",
    [
        TIFF,
        _image("GTiff", _ramp(4)),
        _image("PNG", _ramp(3, "u2")),
        _image("JPEG", np.full((4, 4, 5), 9, "u1"))[:-700],
    ],
)
def test_what_is_no_picture_of_eight_bits_is_refused(content: bytes) -> None:
    with pytest.raises(ResponseError):
        decode(content, PICTURE, WINDOW)


@pytest.mark.parametrize("size", [(4, 5), (5, 3), (6, 4), (1, 1), (5000, 4000)])
def test_another_size_is_refused(size: tuple[int, int]) -> None:
    expected = f"sent an image of {size[0]} × {size[1]} pixels where 5 × 4 were asked for"
    with pytest.raises(ResponseError, match=expected):
        decode(_image("GTiff", np.zeros((2, size[1], size[0]), "u2"), ["SPARSE_OK=TRUE"]), VALUES, WINDOW)
    with pytest.raises(ResponseError, match=expected):
        decode(_image("PNG", np.zeros((4, size[1], size[0]), "u1")), PICTURE, WINDOW)


@pytest.mark.parametrize(
    ("content", "size"),
    [(TIFF, (6, 4)), (PNG, SIZE), (_image("GTiff", _ramp(2, "c8")), SIZE), (TIFF[:-10], SIZE)],
    ids=["another size", "a picture", "another type", "broken"],
)
def test_an_error_that_is_kept_keeps_no_data_set_open(content: bytes, size: tuple[int, int]) -> None:
    gc.collect()
    before = _data_sets()
    with pytest.raises(ImageServerLayerError) as kept:
        read_values(content, size)
    assert _data_sets() == before
    assert kept.value.message


def _data_sets() -> int:
    return sum(isinstance(thing, (gdal.Dataset, gdal.Band)) for thing in gc.get_objects())


@contextmanager
def _little_memory_more() -> Iterator[None]:
    """Fail when the process grows by more than 300 MB meanwhile."""

    def peak() -> int:
        with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123
            return int(next(line for line in file if line.startswith("VmPeak")).split()[1])

    before = peak()
    yield
    assert peak() - before < 300_000


def _sparse_tiff(columns: int, rows: int, bands: int, options: Sequence[str] = ()) -> bytes:
    path = f"/vsimem/sparse_{next(_SERIAL)}.tif"
    driver = gdal.GetDriverByName("GTiff")
    driver.Create(
        path, columns, rows, bands, gdal.GDT_Byte, ["SPARSE_OK=TRUE", "COMPRESS=DEFLATE", *options]
    ).FlushCache()
    file = gdal.VSIFOpenL(path, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    return content


@pytest.mark.parametrize(
    ("columns", "rows", "bands", "options"),
    [
        (65536, 65536, 1, ["BLOCKYSIZE=8192"]),
        (5, 4, 1, ["TILED=YES", "BLOCKXSIZE=32768", "BLOCKYSIZE=32768"]),
        (5, 4, 60_000, []),
    ],
)
def test_a_small_file_never_becomes_gigabytes(columns: int, rows: int, bands: int, options: list[str]) -> None:
    content = _sparse_tiff(columns, rows, bands, options)
    assert len(content) < 4_000_000
    with _little_memory_more(), pytest.raises(ResponseError):
        decode(content, VALUES, WINDOW)


VRT = b"<VRTDataset rasterXSize='5' rasterYSize='4'><VRTRasterBand dataType='Byte' band='1'/></VRTDataset>"


@pytest.mark.parametrize("source", [VALUES, PICTURE])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"II*\0",
        b"II*\0" + VRT,
        VRT,
        b"GIF89a",
        b"<GDAL_WMS/>",
        b"/vsicurl/https://host/a.tif",
        TIFF[:60],
        TIFF[:-3],
        PNG[:-40],
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"\xff\xd8\xff\xff\xd9",
        # What GDAL's VRT driver would take, wherever its mark stands.
        b"\xff\xd8\xff" + VRT + b"\xff\xd9",
    ],
)
@pytest.mark.parametrize("exceptions", [True, False])
def test_a_broken_image_is_an_error_whatever_gdal_does_with_errors(
    source: LayerSource, content: bytes, exceptions: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    was_on = gdal.GetUseExceptions()
    (gdal.UseExceptions if exceptions else gdal.DontUseExceptions)()
    try:
        with pytest.raises(ResponseError):
            decode(content, source, WINDOW)
    finally:
        (gdal.UseExceptions if was_on else gdal.DontUseExceptions)()
    assert capfd.readouterr().err == ""


def test_a_cut_jpeg_is_broken_in_every_release() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (3, 64, 64)).astype(np.uint8)
    content = _image("JPEG", noise)
    assert read_picture(content, (64, 64)).shape == (4, 64, 64)
    for length in (len(content) // 2, len(content) - 2):
        with pytest.raises(ResponseError, match="not an image that can be read"):
            read_picture(content[:length], (64, 64))


@pytest.mark.parametrize("pixels", [_ramp(1), _ramp(2)])
def test_a_part_of_a_picture_with_alpha_is_none(pixels: np.ndarray) -> None:
    content = _image("PNG", pixels)
    size = pixels.shape[2], pixels.shape[1]
    with pytest.raises(ResponseError, match=f"sent only {len(pixels)} of the four bands"):
        read_picture(content, size, "png32")
    assert read_picture(content, size, "png").shape[0] == 4


def test_a_thumbnail_is_a_picture_of_a_bounded_size() -> None:
    for content in (PNG, _image("JPEG", np.full((3, 4, 5), 100, np.uint8))):
        assert read_small_picture(content, 20).shape == (4, 4, 5)
        with pytest.raises(ResponseError, match="not an image that can be read") as caught:
            read_small_picture(content, 19)
        assert caught.value.details == "5 × 4 pixels"
    large = _image("PNG", np.zeros((1, 9000, 9000), np.uint8))
    with _little_memory_more(), pytest.raises(ResponseError):
        read_small_picture(large, 10**6)
    for other in (TIFF, VRT, b"", PNG[:30]):
        with pytest.raises(ResponseError):
            read_small_picture(other, 10**6)


@pytest.mark.parametrize("content", [TIFF, PNG])
@pytest.mark.parametrize("source", [VALUES, PICTURE])
def test_whatever_the_damage_there_are_pixels_or_a_sentence(content: bytes, source: LayerSource) -> None:
    dice = np.random.default_rng(9)
    for _ in range(300):
        damaged = bytearray(content)
        for place in dice.integers(0, len(content), 3):
            damaged[place] = dice.integers(0, 256)
        try:
            pixels = decode(bytes(damaged), source, WINDOW)
        except ImageServerLayerError:
            continue
        assert pixels.values.shape == (len(source.bands), 4, 5)


def test_overviews_masks_and_companions_are_passed_over() -> None:
    path = "/vsimem/with_more.tif"
    gdal.FileFromMemBuffer(
        path, _image("GTiff", _ramp(2, "u2", (64, 64)), ["TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"])
    )
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.BuildOverviews("NEAREST", [2, 4])
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    dataset.FlushCache()
    dataset = None
    file = gdal.VSIFOpenL(path, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    window = Grid(Extent(0.0, 0.0, 64.0, 64.0), 64, 64, (1.0, 1.0))
    pixels = decode(content, VALUES, window)
    np.testing.assert_array_equal(pixels.values, _ramp(2, "u2", (64, 64)))
    assert pixels.valid is None


def test_no_other_file_is_taken_for_a_part_of_an_image(monkeypatch: pytest.MonkeyPatch) -> None:
    class Known:
        hex = "known"

    monkeypatch.setattr(uuid, "uuid4", Known)
    beside = "/vsimem/image_server_layer_known.aux.xml"
    gdal.FileFromMemBuffer(
        beside, b"<PAMDataset><Metadata><MDI key='NODATA_VALUES'>1 21 41</MDI></Metadata></PAMDataset>"
    )
    try:
        pixels = decode(_image("PNG", _ramp(3)), PICTURE, WINDOW)
    finally:
        gdal.Unlink(beside)
    np.testing.assert_array_equal(pixels.values, _opaque(_ramp(3)))


def test_many_threads_decode_at_once_and_leave_nothing_behind() -> None:
    before = gdal.ReadDir("/vsimem/") or []
    seen: list[Pixels | Exception] = []

    def work(content: bytes) -> None:
        for _ in range(50):
            try:
                seen.append(decode(content, VALUES, WINDOW))
            except ResponseError as error:
                seen.append(error)

    threads = [threading.Thread(target=work, args=(content,)) for content in (TIFF, TIFF[:60]) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 400
    good = [pixels.values for pixels in seen if isinstance(pixels, Pixels)]
    assert len(good) == 200
    for values in good:
        np.testing.assert_array_equal(values, _ramp(2, "u2"))
    assert (gdal.ReadDir("/vsimem/") or []) == before
