"""The one-line formulas of the BandArithmetic function: numbers, bands, parentheses, + - * / and unary minus."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from .block import Array, FunctionError

_TOKEN = re.compile(r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z]\w*)|(?P<sign>[-+*/()]))")

# Far more than anyone writes, and far less than Python's own limit.
_DEEPEST_NESTING = 100


def evaluate_expression(text: str, bands: Mapping[str, Array]) -> Array:
    """The value of a formula over arrays of float64, in which NaN is NoData; a division by zero is NoData, too.

    Names are matched without regard to case ("To identify the bands, prepend the band number with a B or b").

    Raises:
        FunctionError: not a formula, or no such band.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        values = _Parser(text, bands).parse()
    shape = np.broadcast_shapes(*(band.shape for band in bands.values()))
    return np.broadcast_to(values, shape)


class _Parser:
    """Recursive descent, computing as it reads: sum → product → signed → operand."""

    def __init__(self, text: str, bands: Mapping[str, Array]) -> None:
        self._text = text
        self._bands = {name.upper(): band for name, band in bands.items()}
        self._tokens = self._tokenized(text.rstrip())
        self._position = 0
        self._depth = 0

    def parse(self) -> Array:
        value = self._sum()
        if self._position < len(self._tokens):
            raise self._error(f"{self._next()!r} is not expected there")
        return value

    def _tokenized(self, text: str) -> list[str]:
        tokens = []
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._error(f"{text[position:].strip()[0]!r} has no meaning")
            tokens.append(match[match.lastgroup or 0])
            position = match.end()
        return tokens

    def _sum(self) -> Array:
        value = self._product()
        while self._next() in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self) -> Array:
        value = self._signed()
        while self._next() in ("*", "/"):
            value = value * self._signed() if self._take() == "*" else value / self._signed()
        return value

    def _signed(self) -> Array:
        sign = 1.0
        while self._next() == "-":
            self._take()
            sign = -sign
        return sign * self._operand()

    def _operand(self) -> Array:
        part = self._take()
        if part == "(":
            self._depth += 1
            if self._depth > _DEEPEST_NESTING:
                raise self._error("it is nested too deeply")
            value = self._sum()
            if self._take() != ")":
                raise self._error("a closing parenthesis is missing")
            self._depth -= 1
            return value
        if part[:1].isdigit() or part[:1] == ".":
            return np.asarray(float(part))
        if part.upper() in self._bands:
            return self._bands[part.upper()]
        if part[:1].isalpha():
            raise self._error(f"there is no band {part}")
        raise self._error(f"{part!r} is not expected there" if part else "it ends too early")

    def _next(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self._position += 1
        return token

    def _error(self, reason: str) -> FunctionError:
        return FunctionError(f"BandArithmetic function: the expression {self._text!r} is invalid: {reason}.")
