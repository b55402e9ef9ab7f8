"""What an algorithm tells of how much a run will bring, and how much may come."""

from __future__ import annotations

from typing import Any, NamedTuple

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext

_GIGABYTE = 1024**3


class ToldSize(NamedTuple):
    """How much a run will bring: in words, why it would be refused (empty where it would not), and the bytes."""

    words: str
    refusal: str
    size: int


def largest_bytes(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> float:
    """Return how many bytes a run may bring, by the parameter LARGEST_SIZE, which is in gigabytes."""
    return float(algorithm.parameterAsDouble(parameters, "LARGEST_SIZE", context)) * _GIGABYTE
