"""Pixels that are kept have memory of their own: the same numbers, nobody else's, and all of it goes back."""

from __future__ import annotations

import gc
import mmap

import numpy as np
import pytest

from image_server_layer.plugin.provider.own_memory import apart
from image_server_layer.tests.memory import resident

LARGE = 2**18


@pytest.mark.parametrize("dtype", ["u1", "?", "i2", "f4", "f8"])
@pytest.mark.parametrize("rows", [LARGE, LARGE + 1], ids=["even", "odd"])
def test_a_copy_has_the_same_pixels_and_is_nobody_elses(dtype: str, rows: int) -> None:
    array = (np.arange(3 * rows) % 251).reshape(3, rows, 1).astype(dtype)
    expected = array.copy()
    copy = apart(array)
    assert (copy.shape, copy.dtype) == (expected.shape, expected.dtype)
    array[...] = 0
    assert np.array_equal(copy, expected)
    assert _memory_of(copy)


@pytest.mark.parametrize("turned", [False, True], ids=["a part", "turned"])
def test_what_does_not_lie_in_one_piece_is_copied_as_it_looks(turned: bool) -> None:
    array = np.arange(4 * LARGE, dtype=np.int32).reshape(4, 512, 512)
    seen = array.T if turned else array[::2, ::-1, 1:]
    assert np.array_equal(apart(seen), seen)


def test_what_is_small_stays_where_it_is() -> None:
    small = np.zeros(LARGE - 1, np.uint8)
    assert apart(small) is small
    empty = np.zeros((4, 0, 3), np.float64)
    assert apart(empty) is empty
    assert _memory_of(apart(np.zeros(LARGE, np.uint8)))


def test_memory_goes_back_when_the_last_who_sees_it_is_gone() -> None:
    copy = apart(np.full((64, 2**20), 7, np.uint8))
    part = copy[10:12, :5]
    full = resident()
    del copy
    gc.collect()
    # Somebody still draws from it.
    assert part.tolist() == [[7] * 5] * 2
    assert full - resident() < 30
    del part
    gc.collect()
    assert full - resident() > 50


def _memory_of(array: np.ndarray) -> bool:
    """Whether pixels lie in a map of their own."""
    base: object = array
    while isinstance(base, (np.ndarray, memoryview)):
        base = base.base if isinstance(base, np.ndarray) else base.obj
    return isinstance(base, mmap.mmap)
