"""Functions of any bands: Stretch, ContrastBrightness, Statistics, Remap, after their pages of the REST reference."""

from __future__ import annotations

from ...translation import tr
from .function import WellKnownFunction
from .parameter import Parameter, ParameterKind

# esriRasterStretchType
_STANDARD_DEVIATION, _EQUALIZATION, _MINIMUM_MAXIMUM, _PERCENT_CLIP = 3, 4, 5, 6
_NUMBER = ParameterKind.NUMBER


def appearance_functions(pixel_type: Parameter) -> tuple[WellKnownFunction, ...]:
    """Return the functions; `pixel_type` is the parameter that all functions have."""
    return (_stretch(pixel_type), _contrast(), _statistics(pixel_type), _remap(pixel_type))


def _stretch(pixel_type: Parameter) -> WellKnownFunction:
    clip = ("type", frozenset({_PERCENT_CLIP}))
    return WellKnownFunction(
        "Stretch",
        tr("Stretch"),
        tr("Values spread over a range, for more contrast."),
        (
            Parameter(
                "type",
                "StretchType",
                ParameterKind.CHOICE,
                tr("Kind"),
                _MINIMUM_MAXIMUM,
                choices=(
                    (_MINIMUM_MAXIMUM, tr("Minimum to maximum")),
                    (_STANDARD_DEVIATION, tr("Standard deviations")),
                    (_PERCENT_CLIP, tr("Percent clip")),
                    (_EQUALIZATION, tr("Histogram equalization")),
                ),
            ),
            Parameter(
                "deviations",
                "NumberOfStandardDeviations",
                _NUMBER,
                tr("Standard deviations"),
                2,
                0.1,
                100,
                when=("type", frozenset({_STANDARD_DEVIATION})),
            ),
            Parameter("below", "MinPercent", _NUMBER, tr("Clipped below"), 0.25, 0, 49, "%", when=clip),
            Parameter("above", "MaxPercent", _NUMBER, tr("Clipped above"), 0.5, 0, 49, "%", when=clip),
            Parameter("least", "Min", _NUMBER, tr("Lowest output"), 0, -1e9, 1e9),
            Parameter("most", "Max", _NUMBER, tr("Highest output"), 255, -1e9, 1e9),
            Parameter(
                "dynamic",
                "DRA",
                ParameterKind.FLAG,
                tr("By what is in view"),
                False,
                hint=tr("Each view is stretched by its own pixels, so that the same place changes from view to view."),
            ),
            pixel_type,
        ),
    )


def _contrast() -> WellKnownFunction:
    return WellKnownFunction(
        "ContrastBrightness",
        tr("Contrast and brightness"),
        tr("A picture with more or less contrast, lighter or darker."),
        (
            Parameter("contrast", "ContrastOffset", _NUMBER, tr("Contrast"), 20, -100, 100),
            Parameter("brightness", "BrightnessOffset", _NUMBER, tr("Brightness"), 0, -100, 100),
        ),
        pixel_types=frozenset({"U8"}),
    )


def _statistics(pixel_type: Parameter) -> WellKnownFunction:
    integer = ParameterKind.INTEGER
    return WellKnownFunction(
        "Statistics",
        tr("Focal statistics"),
        tr("Each pixel becomes a statistic of the pixels around it: smoother, wider, or filled."),
        (
            Parameter(
                "type",
                "Type",
                ParameterKind.CHOICE,
                tr("Statistic"),
                3,
                choices=(
                    (3, tr("Mean")),
                    (1, tr("Minimum")),
                    (2, tr("Maximum")),
                    (4, tr("Standard deviation")),
                ),
            ),
            Parameter("columns", "KernelColumns", integer, tr("Columns"), 3, 1, 99, aliases=("Columns",)),
            Parameter("rows", "KernelRows", integer, tr("Rows"), 3, 1, 99, aliases=("Rows",)),
            Parameter("fill", "FillNoDataOnly", ParameterKind.FLAG, tr("Fill nodata only"), False),
            pixel_type,
        ),
    )


def _remap(pixel_type: Parameter) -> WellKnownFunction:
    return WellKnownFunction(
        "Remap",
        tr("Remap"),
        tr("Ranges of values become classes."),
        (
            Parameter(
                "classes",
                "InputRanges",
                ParameterKind.CLASSES,
                tr("Classes"),
                (),
                hint=tr("Values from the first number to below the second become the third."),
            ),
            Parameter(
                "keep",
                "AllowUnmatched",
                ParameterKind.FLAG,
                tr("Keep other values"),
                False,
                hint=tr("Without it, values in none of the ranges become nodata."),
            ),
            pixel_type,
        ),
        bands=(1, 1),
    )
