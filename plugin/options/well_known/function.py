"""A raster function that every image service knows, and which data it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...service.image_service import ImageService
from .parameter import Parameter, Values

INTEGERS = frozenset({"U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32"})


@dataclass(frozen=True)
class WellKnownFunction:
    """A raster function with its parameters.

    Attributes:
        name: to the letter, as `rasterFunction` has it.
        label: what it is called, in the user's language.
        description: what it does, in a sentence.
        parameters: in the order of a form.
        constants: arguments that are always sent.
        bands: how many bands it works on, at least and at most; None for any number.
        pixel_types: those that it works on; empty for any.
        is_of_surfaces: whether it takes the pixels for heights, which classes with names or colors are not.
    """

    name: str
    label: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    constants: tuple[tuple[str, Any], ...] = ()
    bands: tuple[int, int | None] = (1, None)
    pixel_types: frozenset[str] = frozenset()
    is_of_surfaces: bool = False

    def fits(self, service: ImageService) -> bool:
        """Whether the raw pixels of a service are what the function works on."""
        least, most = self.bands
        count = len(service.bands)
        if count < least or (most is not None and count > most):
            return False
        if self.pixel_types and service.pixel_type not in self.pixel_types:
            return False
        return not (self.is_of_surfaces and (service.has_attribute_table or service.has_colormap))

    def in_force(self, values: Values) -> tuple[Parameter, ...]:
        """Return the parameters that count beside these values."""
        return tuple(parameter for parameter in self.parameters if parameter.counts(values))


def fitting_functions(functions: Iterable[WellKnownFunction], service: ImageService) -> tuple[WellKnownFunction, ...]:
    """Return those that a service allows and that its data are for; none where it allows no functions."""
    if not service.allows_functions:
        return ()
    return tuple(function for function in functions if function.fits(service))
