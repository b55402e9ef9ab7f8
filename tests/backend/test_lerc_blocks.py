"""Masked whole numbers of Lerc2, version 5 and 6, are what Esri's own encoder was given."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from image_server_layer.plugin.backend import lerc, lerc_blocks
from image_server_layer.plugin.backend.lerc_header import read_header, read_mask
from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.tests.backend.lerc_truth import CASES, COLUMNS, ROWS, VERSIONS, error_of, truth

BLOBS = np.load(Path(__file__).with_name("lerc_blobs.npz"))


def blob_of(name: str, version: int) -> bytes:
    return bytes(BLOBS[f"{name}_{version}"])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", CASES)
def test_what_esri_has_packed_comes_back(name: str, version: int) -> None:
    pixels, valid = truth(name)
    blob = blob_of(name, version)
    assert read_header(blob).version == version
    values, _, mask = lerc.read_lerc(blob, (COLUMNS, ROWS))
    assert (values.dtype, values.shape) == (pixels.dtype, pixels.shape)
    assert np.array_equal(mask, valid)
    off = np.abs(values[:, mask].astype(np.int64) - pixels[:, mask].astype(np.int64))
    assert off.max() <= error_of(name)
    assert values[:, mask].max() <= pixels[:, mask].max()
    assert not values[:, ~mask].any()


def test_all_ways_of_packing_are_among_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw, zero, one value, bits, bits into a table; and differences to the band before."""
    blob_class, forms, differences, tables = lerc_blocks._Blob, set(), set(), set()
    block, unstuffed = blob_class._block, blob_class._unstuffed

    def noted_block(blob: lerc_blocks._Blob, *given: Any) -> Any:
        forms.add(blob._blob[blob._at] & 3)
        differences.add(bool(blob._blob[blob._at] & 4))
        return block(blob, *given)

    def noted_bits(blob: lerc_blocks._Blob, count: int) -> Any:
        tables.add(bool(blob._blob[blob._at] & 32))
        return unstuffed(blob, count)

    monkeypatch.setattr(blob_class, "_block", noted_block)
    monkeypatch.setattr(blob_class, "_unstuffed", noted_bits)
    for name in CASES:
        lerc.read_lerc(blob_of(name, 6), (COLUMNS, ROWS))
    assert (forms, differences, tables) == ({0, 1, 2, 3}, {True, False}, {True, False})


@pytest.mark.parametrize("name", ["hills_i2", "classes_i4", "bands_i2"])
def test_what_is_damaged_is_never_a_number(name: str) -> None:
    """Not even where the checksum is right."""
    blob, damage = blob_of(name, 6), np.random.RandomState(5)
    header = read_header(blob)
    mask, begin = read_mask(blob, header), header.mask_at + header.mask_size
    with pytest.raises(ResponseError, match="broken"):
        lerc.read_lerc(blob[:-1] + bytes([blob[-1] ^ 255]), (COLUMNS, ROWS))
    refused = 0
    for _ in range(100):
        damaged = bytearray(blob)
        damaged[damage.randint(begin, len(blob))] ^= damage.randint(1, 256)
        damaged[10:14] = struct.pack("<I", lerc_blocks._checksum(bytes(damaged[14:])))
        try:
            values = lerc_blocks.decode_whole_numbers(bytes(damaged), header, mask)
        except ResponseError:
            refused += 1
        else:
            assert values.shape == (header.depth, ROWS, COLUMNS)
    assert refused
