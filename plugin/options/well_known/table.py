"""The table of functions: those of the REST reference whose parameters fit into a form.

Others, and chains, are written as JSON.
"""

from __future__ import annotations

from ...translation import tr
from .appearance import appearance_functions
from .colors import coloring_functions
from .function import WellKnownFunction
from .parameter import Parameter, ParameterKind
from .rule import OUTPUT_PIXEL_TYPE, UNKNOWN_PIXEL_TYPE
from .spectral import spectral_functions
from .surface import surface_functions

_PIXEL_TYPES = ("U8", "S8", "U16", "S16", "U32", "S32", "F32", "F64")


def all_functions() -> tuple[WellKnownFunction, ...]:
    """Return all functions, in the user's language, in the order of a gallery."""
    pixel_type = _pixel_type()
    return (
        *surface_functions(pixel_type),
        *spectral_functions(pixel_type),
        *appearance_functions(pixel_type),
        *coloring_functions(),
    )


def _pixel_type() -> Parameter:
    """Return the parameter that each rule has beside its arguments."""
    return Parameter(
        "pixel_type",
        OUTPUT_PIXEL_TYPE,
        ParameterKind.CHOICE,
        tr("Pixel type"),
        UNKNOWN_PIXEL_TYPE,
        choices=((UNKNOWN_PIXEL_TYPE, tr("As it comes")), *((name, _type_label(name)) for name in _PIXEL_TYPES)),
    )


def _type_label(name: str) -> str:
    kind, bits = name[0], name[1:]
    patterns = {"U": tr("{bits}-bit"), "S": tr("{bits}-bit signed"), "F": tr("{bits}-bit floating point")}
    return patterns[kind].format(bits=bits)
