"""The page of the measured exports: what misses its aim is marked, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.benchmarks.export_report import CONNECTED, WAYS, delivered_section, section


def results(**seconds: float) -> dict[str, dict[str, Any]]:
    """Return figures of ways that take so many seconds, 3 where nothing is said."""
    others = {"worked": 1.0, "requests": 18, "received": 4e6, "written": 5e6, "peak": 3e8, "pixels": 18e6}
    return {way: {"seconds": seconds.get(way, 3.0), **others} for way in (*WAYS, *CONNECTED)}


@pytest.mark.parametrize(
    ("latency", "seconds", "said"),
    [
        (0.0, {"ours": 1.0}, ["3.0 × gdal_translate, 3.0 × Save As, 3.0 × loop of requests: faster than each"]),
        (0.0, {"ours": 2.0, "loop": 1.0}, ["0.5 × loop of requests: **slower than loop of requests**."]),
        (0.2, {"ours": 1.0}, ["faster than each of the others.", "Aim of 3 × Save As: reached."]),
        (0.2, {"ours": 1.1}, ["faster than each of the others.", "Aim of 3 × Save As: **missed**."]),
    ],
)
def test_ours_is_held_against_each_of_the_others(latency: float, seconds: dict[str, float], said: list[str]) -> None:
    text = section(latency, 1, 3000, results(**seconds))
    assert all(line in text for line in said)
    assert "| MB/s of pixels | " in text


@pytest.mark.parametrize(
    ("download", "said"),
    [
        (2.75, "ours, not compressed 92 %, ours, DEFLATE 92 %. Aim of 90 %: reached."),
        (2.6, "ours, not compressed 87 %, ours, DEFLATE 87 %. Aim of 90 %: **missed**."),
    ],
)
def test_ours_is_held_against_what_the_server_delivers(download: float, said: str) -> None:
    assert delivered_section(1, 3000, results(download=download)).endswith(said)


def test_what_compression_takes_is_said() -> None:
    text = delivered_section(1, 3000, results(download=2.0, uncompressed=2.1))
    assert text.endswith("**missed** where it is: the processor is busy, not the line.")
