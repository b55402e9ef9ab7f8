"""The arguments of one raster function, read as the types that the function wants."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .block import Array, FunctionError, Reader, Statistics, Window


@dataclass(frozen=True)
class Context:
    """What a raster function knows of the service beside the pixels.

    Args:
        native: the whole raster on its own grid.
        statistics: one entry a band of the service; empty = not known.
        wavelengths: the middle wavelength of each band in nanometers; empty = not known.
        project: takes points, (n, 2), and the spatial reference they are in, a JSON object, and gives them in the
            service's CRS. None: geometries are taken to be in the service's CRS.
    """

    native: Window
    statistics: tuple[Statistics, ...] = ()
    wavelengths: tuple[float | None, ...] = ()
    project: Callable[[Array, Mapping[str, Any]], Array] | None = None


class Arguments:
    """`rasterFunctionArguments` of a rule. Names are matched without regard to case, as ArcGIS does.

    Every method raises FunctionError where the argument is required and missing, or is not of the type asked for.
    """

    def __init__(
        self, function: str, values: Mapping[str, Any], reader_of: Callable[[Any], Reader], context: Context
    ) -> None:
        self.context = context
        self._function = function
        self._values = {name.lower(): value for name, value in values.items()}
        self._reader_of = reader_of

    def __contains__(self, name: str) -> bool:
        return self._values.get(name.lower()) is not None

    def value(self, name: str) -> Any:
        """The argument as it was sent, or None."""
        return self._values.get(name.lower())

    def error(self, text: str) -> FunctionError:
        """An error that says which function it comes from."""
        return FunctionError(f"{self._function} function: {text}")

    def raster(self, name: str = "Raster") -> Reader:
        """The raster that an argument names; missing or "$$" is the service's own pixels."""
        return self._reader_of(self.value(name))

    def rasters(self, name: str) -> list[Reader]:
        """A list of rasters."""
        return [self._reader_of(value) for value in self._list(name)]

    def number(self, name: str, default: float | None = None) -> float:
        """A number; without a default it is required."""
        value = self.value(name)
        if value is None:
            if default is None:
                raise self.error(f"the argument {name} is required.")
            return default
        return self._number(name, value)

    def integer(self, name: str, default: int | None = None) -> int:
        """An integer; without a default it is required."""
        return self._integer(name, self.number(name, default))

    def flag(self, name: str) -> bool:
        """A boolean; False where the argument is missing."""
        value = self.value(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.error(f"the argument {name} must be true or false, not {value!r}.")
        return value

    def text(self, name: str) -> str:
        """A text; it is required."""
        value = self.value(name)
        if not isinstance(value, str):
            raise self.error(f"the argument {name} must be a text, not {value!r}.")
        return value

    def numbers(self, name: str) -> list[float]:
        """A list of numbers; empty where the argument is missing."""
        return [self._number(name, value) for value in self._list(name)]

    def integers(self, name: str) -> list[int]:
        """A list of integers; empty where the argument is missing."""
        return [self._integer(name, number) for number in self.numbers(name)]

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where the argument is missing. Numbers in it become text."""
        return [str(value) for value in self._list(name)]

    def pairs(self, name: str) -> list[tuple[float, float]]:
        """Ranges, sent as one flat list: least, greatest, least, greatest and so on."""
        numbers = self.numbers(name)
        if len(numbers) % 2:
            raise self.error(f"the argument {name} must be a list of pairs.")
        return list(zip(numbers[::2], numbers[1::2]))

    def rows(self, name: str, length: int) -> list[list[float]]:
        """A list of lists of `length` numbers; empty where the argument is missing."""
        rows: list[list[float]] = []
        for row in self._list(name):
            if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != length:
                raise self.error(f"each entry of the argument {name} must be a list of {length} numbers.")
            rows.append([self._number(name, value) for value in row])
        return rows

    def cell_size(self, name: str) -> tuple[float, float] | None:
        """A cell size: {"x": …, "y": …}, or one number for both; None where the argument is missing."""
        value = self.value(name)
        if value is None:
            return None
        sizes = (value.get("x"), value.get("y")) if isinstance(value, Mapping) else (value, value)
        cell_x, cell_y = (self._number(name, size) for size in sizes)
        if cell_x <= 0 or cell_y <= 0:
            raise self.error(f"the argument {name} must be positive.")
        return cell_x, cell_y

    def _list(self, name: str) -> Sequence[Any]:
        value = self.value(name)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.error(f"the argument {name} must be a list, not {value!r}.")
        return value

    def _number(self, name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise self.error(f"the argument {name} must be a number, not {value!r}.")
        return float(value)

    def _integer(self, name: str, number: float) -> int:
        if number != int(number):
            raise self.error(f"the argument {name} must be an integer, not {number!r}.")
        return int(number)
