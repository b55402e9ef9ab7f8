"""Pixels that Esri's encoder packs in all of its ways, and how true they must come back."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

ROWS, COLUMNS = 45, 60
VERSIONS = (5, 6)
Pixels = npt.NDArray[np.generic]

_down, _across = np.mgrid[:ROWS, :COLUMNS]


def _noise(kind: str, low: int, high: int, depth: int = 1) -> Pixels:
    random = np.random.RandomState(high % 1000)
    return random.randint(low, high, (depth, ROWS, COLUMNS), dtype=np.int64).astype(kind)


def _hills(kind: str, base: int, depth: int = 1) -> Pixels:
    """Smooth, so that a block takes few bits above an offset; other bands are a little higher."""
    hill = base + 40 * np.sin(_down / 7) * np.cos(_across / 9) + _across
    return np.stack([hill + 3 * band + (_down + _across) % 2 * (band > 1) for band in range(depth)]).astype(kind)


def _classes(kind: str, *values: int) -> Pixels:
    """Few values far from each other, which go into a table; many blocks hold one only, or none but 0."""
    which = (_down // 10 + _across // 12 + (_down * _across % 17 == 0)) % len(values)
    return np.asarray(values)[which][np.newaxis].astype(kind)


CASES: dict[str, Callable[[], Pixels]] = {
    "noise_i2": lambda: _noise("i2", -(2**15), 2**15),
    "noise_u4": lambda: _noise("u4", 0, 2**32),
    "hills_i2": lambda: _hills("i2", 0),
    "hills_i4": lambda: _hills("i4", -100_000),
    "hills_u2": lambda: _hills("u2", 60_000),
    "hills_u4": lambda: _hills("u4", 3_000_000_000),
    "classes_i4": lambda: _classes("i4", 0, 7, -(2**30), 90_000),
    "classes_u2": lambda: _classes("u2", 0, 0, 11, 40_000, 255),
    "bands_i2": lambda: _hills("i2", 500, 4),
    "bands_u2": lambda: _hills("u2", 1000, 3),
    "bands_u4": lambda: _noise("u4", 10, 5000, 3),
    "one_value_i4": lambda: np.full((1, ROWS, COLUMNS), -7, "i4"),
    "one_value_a_band_u2": lambda: np.stack([np.full((ROWS, COLUMNS), value, "u2") for value in (1, 2, 700)]),
    "rough_i4": lambda: _hills("i4", 12_345),
    # Most blocks hold the greatest value, which is no whole number of steps from the least.
    "rough_u2": lambda: _noise("u2", 100, 123),
}


def error_of(name: str) -> float:
    """Return how far values of a case may be from the truth."""
    return 3.0 if name.startswith("rough") else 0.0


def truth(name: str) -> tuple[Pixels, npt.NDArray[np.bool_]]:
    """Return the pixels of a case (bands, rows, columns), and where they are valid (rows, columns)."""
    holes = np.random.RandomState(len(name)).random_sample((ROWS, COLUMNS)) > 0.2
    # Blocks without a single pixel, too.
    holes[8:24, 16:40] = False
    return CASES[name](), holes
