"""What an algorithm tells of how much a run will bring."""

from __future__ import annotations

from typing import NamedTuple


class ToldSize(NamedTuple):
    """How much a run will bring: in words, why it would be refused (empty where it would not), and the bytes."""

    words: str
    refusal: str
    size: int
