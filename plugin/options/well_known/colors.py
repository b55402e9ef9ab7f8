"""Color ramps by the names that ArcGIS Server knows, and functions that color: Colormap."""

from __future__ import annotations

from ...translation import tr
from .function import INTEGERS, WellKnownFunction
from .parameter import Parameter, ParameterKind

# Some of ArcGIS' many color ramps; the others can be named in a template as JSON.
_RAMPS = (
    "Aspect",
    "Black to White",
    "White to Black",
    "Cold to Hot Diverging",
    "Cyan to Purple",
    "Elevation #1",
    "Elevation #2",
    "Green to Blue",
    "Partial Spectrum",
    "Precipitation",
    "Red to Green",
    "Slope",
    "Spectrum-Full Bright",
    "Surface",
    "Temperature",
    "Yellow to Dark Red",
    "Yellow to Red",
)


def color_ramp(argument: str, default: str) -> Parameter:
    """Return the parameter of a function that colors; the names are ArcGIS' own, in every language."""
    choices = tuple((name, name) for name in _RAMPS)
    return Parameter("ramp", argument, ParameterKind.CHOICE, tr("Color ramp"), default, choices=choices)


def coloring_functions() -> tuple[WellKnownFunction, ...]:
    """Return the functions that give colors to values."""
    return (
        WellKnownFunction(
            "Colormap",
            tr("Colormap"),
            tr("Colors for the values of a band. Made for pictures: the values themselves stay as they are."),
            (color_ramp("ColorrampName", "Spectrum-Full Bright"),),
            bands=(1, 1),
            pixel_types=INTEGERS,
        ),
    )
