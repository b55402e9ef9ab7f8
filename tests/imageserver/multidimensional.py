"""Variables, dimensions and slices of a service: what it says of them, and which of its rasters a definition selects.

Sources: "Multidimensional Info", "Slices" and "Multidimensional Definition" of the REST reference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Union

import numpy as np

from .errors import ParameterError, ServiceError
from .parameters import Parameters

if TYPE_CHECKING:
    from .service import ImageService

#: A value of a dimension; of one with ranges, its lower and its upper end.
Value = Union[float, "tuple[float, float]"]


@dataclass(frozen=True)
class Dimension:
    """A dimension of a variable, with all of its values."""

    name: str
    values: tuple[Value, ...]
    unit: str = ""
    description: str = ""
    has_regular_intervals: bool = False

    @property
    def has_ranges(self) -> bool:
        return isinstance(self.values[0], tuple)

    def to_json(self, *, with_values: bool) -> dict[str, object]:
        ends = [end for value in self.values for end in (value if isinstance(value, tuple) else (value,))]
        return {
            "name": self.name,
            "description": self.description,
            "unit": self.unit,
            "field": self.name,
            "hasRegularIntervals": self.has_regular_intervals,
            "hasRanges": self.has_ranges,
            "extent": [min(ends), max(ends)],
            **({"values": list(self.values)} if with_values else {}),
        }


@dataclass(frozen=True)
class Variable:
    """A variable of a service; `statistics` are those of all of its slices, where they are published."""

    name: str
    dimensions: tuple[Dimension, ...]
    unit: str = ""
    description: str = ""
    statistics: Mapping[str, float] = field(default_factory=dict)

    def to_json(self, *, always: bool, irregular: bool) -> dict[str, object]:
        return {
            "name": self.name,
            "description": self.description,
            "unit": self.unit,
            "dimensions": [
                dimension.to_json(with_values=always or (irregular and not dimension.has_regular_intervals))
                for dimension in self.dimensions
            ],
            **({"statistics": [dict(self.statistics)]} if self.statistics else {}),
        }


def info(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """All variables with their dimensions; values as `returnDimensionValues` wants them."""
    if not service.variables:
        raise ServiceError(400, "The image service has no multidimensional information.")
    choices = {"always": "always", "never": "never", "ifirregular": "ifIrregular"}
    wanted = parameters.choice("returnDimensionValues", choices, "ifIrregular")
    variables = [
        variable.to_json(always=wanted == "always", irregular=wanted == "ifIrregular") for variable in service.variables
    ]
    return {"multidimensionalInfo": {"variables": variables}}


def slices(service: ImageService, parameters: Parameters) -> dict[str, object]:
    """The slices that a definition selects, all of them without one; since 10.8.1."""
    if not service.variables or service.version < 10.81:
        raise ServiceError(400, "Invalid URL")
    definition = parameters.document("multidimensionalDefinition")
    wanted = None if definition is None else selected(service, definition, "multidimensionalDefinition")
    return {
        "slices": [
            {"sliceId": number, "multidimensionalDefinition": _definition(service, number)}
            for number in range(len(_records(service)))
            if wanted is None or number + 1 in wanted
        ]
    }


def selected_by(service: ImageService, parameters: Parameters, rule: Mapping[str, object] | None) -> list[int] | None:
    """The ids of the rasters that a request's definition or its `sliceId` selects; None where it has neither."""
    if not service.variables:
        return None
    if parameters.text("sliceId"):
        number = parameters.integer("sliceId", -1)
        if service.version < 10.81 or not 0 <= number < len(_records(service)):
            raise ParameterError(f"Parameter 'sliceId': the slice {number} does not exist.")
        return [number + 1]
    definition = (rule or {}).get("multidimensionalDefinition")
    return None if definition is None else selected(service, definition, "mosaicRule")


def selected(service: ImageService, definition: object, parameter: str) -> list[int]:
    """The ids of the rasters that fulfill a definition: of each variable in it, those of all its dimensions' values."""
    if not isinstance(definition, list) or not all(isinstance(part, dict) for part in definition):
        raise ParameterError(f"Parameter '{parameter}': multidimensionalDefinition must be a list of objects.")
    names = {str(part.get("variableName") or "") for part in definition}
    found = []
    for number, record in enumerate(_records(service), start=1):
        own = [part for part in definition if part.get("variableName") in (None, "", record["Variable"])]
        if (record["Variable"] in names or "" in names) and all(_matches(record, part, parameter) for part in own):
            found.append(number)
    return found


def _matches(record: Mapping[str, Any], part: Mapping[str, Any], parameter: str) -> bool:
    name, values = part.get("dimensionName"), part.get("values")
    if not name and values is None:
        return True
    if not isinstance(name, str) or not isinstance(values, list):
        raise ParameterError(f"Parameter '{parameter}': a dimension needs a dimensionName and a list of values.")
    is_slice = part.get("isSlice", True)
    if not isinstance(is_slice, bool):
        raise ParameterError(f"Parameter '{parameter}': isSlice must be true or false.")
    own = record["dimensions"].get(name)
    return own is not None and any(_is_of(own, value, is_slice, parameter) for value in values)


def _is_of(own: Value, value: object, is_slice: bool, parameter: str) -> bool:
    pair = value if isinstance(value, list) else [value, value]
    if len(pair) != 2 or not all(isinstance(end, (int, float)) and not isinstance(end, bool) for end in pair):
        raise ParameterError(f"Parameter '{parameter}': values must be numbers or pairs of numbers.")
    low, high = own if isinstance(own, tuple) else (own, own)
    if is_slice and isinstance(own, tuple):
        return (low, high) == tuple(pair)
    least, greatest = map(float, pair)
    return least <= low and high <= greatest


def variable_statistics(service: ImageService, name: str) -> dict[str, float]:
    """Least, greatest, mean and standard deviation of all slices of a variable; since 10.8.1."""
    if service.version < 10.81 or name not in [variable.name for variable in service.variables]:
        raise ParameterError(f"Parameter 'variable': the variable '{name}' does not exist.")
    assert service.catalog is not None
    own = [number for number, record in enumerate(_records(service)) if record["Variable"] == name]
    everywhere = np.arange(service.grid.rows)[:, np.newaxis], np.arange(service.grid.columns)[np.newaxis, :]
    pixels = np.stack([service.catalog.item(number).raster.values(*everywhere) for number in own]).astype(np.float64)
    known = pixels[~np.isin(pixels, service.no_data or ())]
    return {
        "min": float(known.min()),
        "max": float(known.max()),
        "mean": float(known.mean()),
        "standardDeviation": float(known.std()),
    }


def _records(service: ImageService) -> Sequence[Mapping[str, Any]]:
    return service.slice_records


def _definition(service: ImageService, number: int) -> list[dict[str, object]]:
    record = _records(service)[number]
    return [
        {"variableName": record["Variable"], "dimensionName": name, "values": [value], "isSlice": True}
        for name, value in record["dimensions"].items()
    ]
