"""Functions of several bands: NDVI and BandArithmetic, after their pages of the REST reference."""

from __future__ import annotations

from collections.abc import Iterator

from ...translation import tr
from ..band_presets import BLUE, GREEN, NEAR_INFRARED, RED, SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2
from ..color_composites import role_label
from .function import WellKnownFunction
from .parameter import Parameter, ParameterKind

_SEVERAL_BANDS = (2, None)
_FORMULA, _SAVI = 0, 2
# Methods of BandArithmetic by number, with the bands that `BandIndexes` names, in its order.
_METHODS = {
    1: ("NDVI", (NEAR_INFRARED, RED)),
    _SAVI: ("SAVI", (NEAR_INFRARED, RED)),
    9: ("VARI", (RED, GREEN, BLUE)),
    10: ("GNDVI", (NEAR_INFRARED, GREEN)),
    11: ("SR", (NEAR_INFRARED, RED)),
    17: ("CIg", (NEAR_INFRARED, GREEN)),
    18: ("NDWI", (NEAR_INFRARED, GREEN)),
    19: ("EVI", (NEAR_INFRARED, RED, BLUE)),
    20: ("IO", (RED, BLUE)),
    21: ("FM", (SHORT_WAVE_INFRARED_1, NEAR_INFRARED)),
    22: ("CM", (SHORT_WAVE_INFRARED_1, SHORT_WAVE_INFRARED_2)),
}


def spectral_functions(pixel_type: Parameter) -> tuple[WellKnownFunction, ...]:
    """Return the functions; `pixel_type` is the parameter that all functions have."""
    band = ParameterKind.BAND
    return (
        WellKnownFunction(
            "NDVI",
            tr("NDVI"),
            tr("Vegetation: the normalized difference of near infrared and red."),
            (
                Parameter("red", "VisibleBandID", band, role_label(RED), RED, first=0),
                Parameter("infrared", "InfraredBandID", band, role_label(NEAR_INFRARED), NEAR_INFRARED, first=0),
                Parameter(
                    "scientific",
                    "ScientificOutput",
                    ParameterKind.FLAG,
                    tr("Values from −1 to 1"),
                    False,
                    hint=tr("Without it, values are scaled to whole numbers from 0 to 200, with 100 for 0."),
                ),
                pixel_type,
            ),
            bands=_SEVERAL_BANDS,
        ),
        WellKnownFunction(
            "BandArithmetic",
            tr("Band arithmetic"),
            tr("An index of vegetation, water or minerals, or a formula of your own, over bands."),
            (_method(), _formula(), *_indexes(), pixel_type),
            bands=_SEVERAL_BANDS,
        ),
    )


def _method() -> Parameter:
    labels = {
        "NDVI": tr("NDVI: vegetation"),
        "SAVI": tr("SAVI: vegetation on bare soil"),
        "VARI": tr("VARI: vegetation from visible light"),
        "GNDVI": tr("GNDVI: vegetation, with green"),
        "SR": tr("SR: simple ratio"),
        "CIg": tr("CIg: chlorophyll"),
        "NDWI": tr("NDWI: water"),
        "EVI": tr("EVI: dense vegetation"),
        "IO": tr("Iron oxide"),
        "FM": tr("Ferrous minerals"),
        "CM": tr("Clay minerals"),
    }
    indexes = tuple((number, labels[name]) for number, (name, _) in _METHODS.items())
    choices = (*indexes, (_FORMULA, tr("Formula")))
    return Parameter("method", "Method", ParameterKind.CHOICE, tr("Index"), 1, choices=choices)


def _formula() -> Parameter:
    return Parameter(
        "formula",
        "BandIndexes",
        ParameterKind.FORMULA,
        tr("Formula"),
        "(B2 - B1) / (B2 + B1)",
        when=("method", frozenset({_FORMULA})),
        hint=tr("Bands are B1, B2 and so on; with numbers, parentheses and + - * /."),
    )


def _indexes() -> Iterator[Parameter]:
    """Yield the bands of each index, and the coefficient of SAVI."""
    for number, (_, roles) in _METHODS.items():
        when = ("method", frozenset({number}))
        for place, role in enumerate(roles):
            key = f"{number}_{place}"
            yield Parameter(key, "BandIndexes", ParameterKind.BAND, role_label(role), role, when=when, place=place)
        if number == _SAVI:
            hint = tr("How much green covers the soil: 0 is all green, 1 none.")
            kind = ParameterKind.NUMBER
            yield Parameter(
                "soil", "BandIndexes", kind, tr("Soil factor (L)"), 0.5, 0, 1, when=when, place=len(roles), hint=hint
            )
