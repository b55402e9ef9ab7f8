"""Functions of heights: Hillshade, Slope, Aspect, Curvature, ShadedRelief, after their pages of the REST reference.

Ranges and defaults are those of the tools of the same names in ArcGIS Pro (arcpy.ia).
"""

from __future__ import annotations

from ...translation import tr
from .colors import color_ramp
from .function import WellKnownFunction
from .parameter import Parameter, ParameterKind, Value

_DEGREE, _PERCENT_RISE, _SCALED = 1, 2, 3
_TRADITIONAL, _MULTIDIRECTIONAL = 0, 1
_ONE_BAND = (1, 1)


def surface_functions(pixel_type: Parameter) -> tuple[WellKnownFunction, ...]:
    """Return the functions; `pixel_type` is the parameter that all functions have."""
    return (
        WellKnownFunction(
            "Hillshade",
            tr("Hillshade"),
            tr("Light and shadow on the terrain, from the direction of the sun."),
            (
                Parameter(
                    "type",
                    "HillshadeType",
                    ParameterKind.CHOICE,
                    tr("Light"),
                    _TRADITIONAL,
                    choices=(
                        (_TRADITIONAL, tr("From one direction")),
                        (_MULTIDIRECTIONAL, tr("From six directions (10.5.1 and later)")),
                    ),
                ),
                *_sun(("type", frozenset({_TRADITIONAL}))),
                _z_factor(),
                _scaling(),
                *_scale(),
                _edges(),
                pixel_type,
            ),
            bands=_ONE_BAND,
            is_of_surfaces=True,
        ),
        WellKnownFunction(
            "ShadedRelief",
            tr("Shaded relief"),
            tr("Light and shadow on the terrain, over colors of its height."),
            (color_ramp("ColorRamp", "Elevation #1"), *_sun(None), _z_factor(), _scaling(), *_scale(), _edges()),
            (("ColorSchemeType", 1),),
            bands=_ONE_BAND,
            is_of_surfaces=True,
        ),
        WellKnownFunction(
            "Slope",
            tr("Slope"),
            tr("How steep the terrain is."),
            (
                Parameter(
                    "scaling",
                    "SlopeType",
                    ParameterKind.CHOICE,
                    tr("Measured in"),
                    _DEGREE,
                    choices=(
                        (_DEGREE, tr("Degrees")),
                        (_PERCENT_RISE, tr("Percent rise")),
                        (_SCALED, tr("Degrees, scaled with the pixel size")),
                    ),
                ),
                _z_factor(),
                *_scale(),
                _edges(),
                pixel_type,
            ),
            bands=_ONE_BAND,
            is_of_surfaces=True,
        ),
        WellKnownFunction(
            "Aspect",
            tr("Aspect"),
            tr("The compass direction that the terrain faces, in degrees from north; −1 where it is flat."),
            (pixel_type,),
            bands=_ONE_BAND,
            is_of_surfaces=True,
        ),
        WellKnownFunction(
            "Curvature",
            tr("Curvature"),
            tr("Whether the terrain bulges or sags."),
            (
                Parameter(
                    "type",
                    "Type",
                    ParameterKind.CHOICE,
                    tr("Kind"),
                    0,
                    choices=(
                        (0, tr("Standard")),
                        (1, tr("Planform: across the slope")),
                        (2, tr("Profile: along the slope")),
                    ),
                ),
                _z_factor(),
                pixel_type,
            ),
            bands=_ONE_BAND,
            is_of_surfaces=True,
        ),
    )


def _sun(when: tuple[str, frozenset[Value]] | None) -> tuple[Parameter, ...]:
    number = ParameterKind.NUMBER
    return (
        Parameter(
            "azimuth",
            "Azimuth",
            number,
            tr("Azimuth"),
            315,
            0,
            360,
            "°",
            when=when,
            hint=tr("Where the sun stands, clockwise from north."),
        ),
        Parameter(
            "altitude",
            "Altitude",
            number,
            tr("Altitude"),
            45,
            0,
            90,
            "°",
            when=when,
            hint=tr("How high the sun stands: 0° is on the horizon, 90° overhead."),
        ),
    )


def _z_factor() -> Parameter:
    hint = tr(
        "Multiplies heights: 0.3048 for feet above meters, about 0.00001 for meters above degrees, or to exaggerate."
    )
    return Parameter("z_factor", "ZFactor", ParameterKind.NUMBER, tr("Z factor"), 1, 0, 1e6, hint=hint)


def _scaling() -> Parameter:
    return Parameter(
        "scaling",
        "SlopeType",
        ParameterKind.CHOICE,
        tr("Scaling"),
        _DEGREE,
        choices=((_DEGREE, tr("None")), (_SCALED, tr("With the pixel size"))),
        hint=tr("Whether heights are exaggerated more in an overview, so that the relief does not fade."),
    )


def _scale() -> tuple[Parameter, ...]:
    number, when = ParameterKind.NUMBER, ("scaling", frozenset({_SCALED}))
    return (
        Parameter("power", "PSPower", number, tr("Pixel size power"), 0.664, 0, 1, when=when),
        Parameter("factor", "PSZFactor", number, tr("Pixel size factor"), 0.024, 0, 1e6, when=when),
    )


def _edges() -> Parameter:
    hint = tr("Pixels at the edges of images, which lack neighbors, become nodata.")
    return Parameter("edges", "RemoveEdgeEffect", ParameterKind.FLAG, tr("Remove edge effects"), False, hint=hint)
