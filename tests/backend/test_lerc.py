"""LERC blobs as GDAL decodes them here: exact, with their masks, or a sentence."""

from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.plugin.backend.lerc import read_lerc
from image_server_layer.plugin.backend.lerc_header import read_header
from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.tests.imageserver.lerc import lerc2

SIZE = 24, 16
RANDOM = np.random.RandomState(3)
HOLES = RANDOM.random_sample((16, 24)) > 0.3
WHOLE = np.ones((16, 24), np.bool_)
TYPES = {"u1": "Byte", "i2": "Int16", "u2": "UInt16", "i4": "Int32", "u4": "UInt32", "f4": "Float32", "f8": "Float64"}


def pixels(kind: str, depth: int = 1) -> np.ndarray:
    return (RANDOM.random_sample((depth, 16, 24)) * 200).astype(kind)


def assert_exact(blob: bytes, truth: np.ndarray, valid: np.ndarray) -> None:
    values, data_type, mask = read_lerc(blob, SIZE)
    assert data_type == TYPES[truth.dtype.str[1:]]
    assert np.array_equal(mask, valid)
    assert np.array_equal(values[:, mask], truth[:, mask])


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("version", [2, 3, 4, 5, 6])
def test_every_type_of_every_version_is_exact(kind: str, version: int) -> None:
    truth = pixels(kind)
    assert_exact(lerc2(truth, WHOLE, version), truth, WHOLE)


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("version", [2, 3, 4])
def test_what_is_masked_is_told_by_the_mask(kind: str, version: int) -> None:
    truth = pixels(kind)
    assert_exact(lerc2(truth, HOLES, version), truth, HOLES)


@pytest.mark.parametrize("version", [5, 6])
def test_the_newest_versions_are_exact_with_masks_of_floating_point(version: int) -> None:
    for kind in ("f4", "f8"):
        truth = pixels(kind)
        assert_exact(lerc2(truth, HOLES, version), truth, HOLES)


@pytest.mark.parametrize("version", [5, 6])
@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_the_newest_versions_are_exact_with_masks_of_bytes(version: int, depth: int) -> None:
    """As classes of land cover are."""
    truth = pixels("u1", depth)
    assert_exact(lerc2(truth, HOLES, version), truth, HOLES)


@pytest.mark.parametrize("version", [5, 6])
@pytest.mark.parametrize("depth", [1, 3])
@pytest.mark.parametrize("kind", ["i2", "u2", "i4", "u4"])
def test_the_newest_versions_are_exact_with_masks_of_whole_numbers(kind: str, depth: int, version: int) -> None:
    truth = pixels(kind, depth)
    assert_exact(lerc2(truth, HOLES, version), truth, HOLES)


@pytest.mark.parametrize("version", [2, 6])
def test_what_cannot_be_decoded_gets_a_sentence_and_no_number(version: int) -> None:
    with pytest.raises(ResponseError, match=rf"GDAL cannot decode .* \(Lerc2 {version}, Int8\).* ask the publisher"):
        read_lerc(lerc2(pixels("i1"), HOLES, version), SIZE)


@pytest.mark.parametrize("valid", [WHOLE, HOLES])
def test_several_values_a_pixel_are_bands(valid: np.ndarray) -> None:
    truth = pixels("u2", 3)
    assert_exact(lerc2(truth, valid, 4), truth, valid)


def test_blobs_one_after_another_are_bands_too() -> None:
    truth = pixels("i2", 3)
    assert_exact(b"".join(lerc2(band[np.newaxis], HOLES, 3) for band in truth), truth, HOLES)


def test_a_tile_of_one_value_and_one_of_none() -> None:
    truth = np.full((1, 16, 24), 7.5, "f4")
    for version in (2, 4, 6):
        assert_exact(lerc2(truth, WHOLE, version), truth, WHOLE)
        assert_exact(lerc2(truth, np.zeros_like(WHOLE), version), truth, np.zeros_like(WHOLE))


@pytest.mark.parametrize(("options", "version"), [("V1=ON", 1), ("L2_VER=2", 2), ("L2_VER=4", 4)])
def test_what_another_encoder_packed_is_the_same(options: str, version: int) -> None:
    """GDAL's own encoder packs bits, which the embedded server's does not."""
    truth = np.round(pixels("f4"))
    truth[0, ~HOLES] = -1
    driver = gdal.GetDriverByName("MRF")
    path = "/vsimem/packed.mrf"
    dataset = driver.Create(
        path, 24, 16, 1, gdal.GDT_Float32, ["COMPRESS=LERC", "BLOCKSIZE=512", f"OPTIONS={options} LERC_PREC=0"]
    )
    dataset.GetRasterBand(1).SetNoDataValue(-1)
    dataset.WriteArray(truth[0])
    dataset = None
    content = gdal.VSIFOpenL("/vsimem/packed.lrc", "rb")
    blob = bytes(gdal.VSIFReadL(1, 10_000_000, content))
    gdal.VSIFCloseL(content)
    for ending in ("mrf", "lrc", "idx"):
        gdal.Unlink(f"/vsimem/packed.{ending}")
    header = read_header(blob)
    assert header.version == version
    values, _, mask = read_lerc(blob, (header.columns, header.rows))
    # It masks in Lerc1 only.
    valid = HOLES if version == 1 else WHOLE
    assert np.array_equal(mask[:16, :24], valid)
    assert np.array_equal(values[0, :16, :24][valid], truth[0][valid])


BLOB = lerc2(pixels("f4"), HOLES, 4)


@pytest.mark.parametrize("length", [9, 12, 40, 80, len(BLOB) // 2, len(BLOB) - 1])
def test_a_blob_that_is_cut_off_is_broken(length: int) -> None:
    with pytest.raises(ResponseError, match="tile of the service is broken"):
        read_lerc(BLOB[:length], SIZE)


def test_a_blob_of_another_size_is_not_put_in_place() -> None:
    with pytest.raises(ResponseError, match="broken"):
        read_lerc(BLOB, (16, 24))


def test_a_header_of_gigabytes_is_refused_before_it_is_unpacked() -> None:
    """Of one value, so that a few bytes would be a billion of them."""
    small = lerc2(np.full((1, 16, 24), 1, "f4"), WHOLE, 2)
    side = struct.pack("<iii", 30000, 30000, 900_000_000)
    with pytest.raises(ResponseError, match="broken"):
        read_lerc(small[:10] + side + small[22:], (30000, 30000))


def test_a_mask_of_the_wrong_length_is_broken() -> None:
    at = read_header(BLOB).mask_at
    with pytest.raises(ResponseError, match="broken"):
        read_lerc(BLOB[:at] + struct.pack("<h", 5000) + BLOB[at + 2 :], SIZE)


def test_a_mask_of_a_few_bytes_never_becomes_gigabytes() -> None:
    """Three bytes stand for 32 kB: a tile of half a megabyte would be 5 GB."""
    mask = (struct.pack("<h", -32767) + b"\1") * 3000
    at = read_header(BLOB).mask_at - 4
    blob = bytearray(BLOB[:at] + struct.pack("<i", len(mask)) + mask)
    # Where version 4 has its length.
    blob[34:38] = struct.pack("<i", len(blob))
    assert read_header(bytes(blob)).mask_size == len(mask)
    tracemalloc.start()
    try:
        with pytest.raises(ResponseError, match="broken") as caught:
            read_lerc(bytes(blob), SIZE)
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()
    assert caught.value.details == "a mask of another length"


def test_a_mask_of_more_pixels_than_there_are_values_is_broken() -> None:
    # Where version 4 has the number of pixels with a value.
    for more in (1, -1):
        blob = BLOB[:26] + struct.pack("<i", int(HOLES.sum()) + more) + BLOB[30:]
        with pytest.raises(ResponseError, match="broken") as caught:
            read_lerc(blob, SIZE)
        assert caught.value.details == "a mask of another number of pixels"


@pytest.mark.parametrize(
    ("second", "valid"),
    [(pixels("i2"), WHOLE), (pixels("i4"), HOLES), (pixels("i2"), HOLES[::-1])],
    ids=["no holes", "another type", "other holes"],
)
def test_bands_that_do_not_belong_together_are_broken(second: np.ndarray, valid: np.ndarray) -> None:
    with pytest.raises(ResponseError, match="broken"):
        read_lerc(lerc2(pixels("i2"), HOLES, 3) + lerc2(second, valid, 3), SIZE)


@pytest.mark.parametrize("kind", ["u1", "i4"])
@pytest.mark.parametrize("version", [2, 3, 4, 5, 6])
def test_damaged_blobs_are_values_or_a_sentence_and_nothing_else(version: int, kind: str) -> None:
    blob, damage = lerc2(pixels(kind), HOLES, version), np.random.RandomState(version)
    refused = 0
    for _ in range(300):
        damaged = bytearray(blob)
        for _ in range(damage.randint(1, 6)):
            damaged[damage.randint(6, len(damaged))] = damage.randint(256)
        try:
            values, _, mask = read_lerc(bytes(damaged[: damage.randint(20, 2 * len(damaged))]), SIZE)
        except ResponseError:
            refused += 1
        else:
            assert values.shape[1:] == mask.shape == (16, 24)
    assert refused > 100
