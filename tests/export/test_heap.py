"""What an export frees goes back to the system, however small the things are that stand between."""

from __future__ import annotations

from image_server_layer.plugin.export.heap import give_back
from image_server_layer.tests.memory import resident


def test_gaps_between_small_things_are_given_back() -> None:
    # Less than what has a place of its own, and more than what Python keeps itself.
    large, small = [], []
    for _ in range(800):
        large.append(b"\1" * 100_000)
        small.append(b"\1" * 600)
    full = resident()
    large.clear()
    give_back()
    assert full - resident() > 60
    assert len(small) == 800
