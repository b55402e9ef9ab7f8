"""From a rendering rule to the values of fields, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ...service.image_service import ImageService
from ..band_presets import colored_bands
from ..processing_template import ProcessingTemplate
from .function import WellKnownFunction
from .parameter import Parameter, ParameterKind, Value, Values, band_defaults, is_number

OUTPUT_PIXEL_TYPE = "outputPixelType"
UNKNOWN_PIXEL_TYPE = "UNKNOWN"

# Arguments of Remap: the limits of all classes in one list, their new values in another.
_CLASS_LIMITS, _CLASS_VALUES = "InputRanges", "OutputValues"
# Arguments by which a rule names its input, and what stands for the pixels of the service, which is the default.
_RASTER_ARGUMENTS, _OWN_PIXELS = ("raster", "dem"), "$$"
_MEMBERS = frozenset({"rasterFunction", "rasterFunctionArguments", OUTPUT_PIXEL_TYPE, "variableName"})


class Reading(NamedTuple):
    """A function and what its parameters are set to."""

    function: WellKnownFunction
    values: dict[str, Value]


def default_values(function: WellKnownFunction, service: ImageService) -> dict[str, Value]:
    """Return what the parameters are set to where nothing is given; bands by their names, where these tell."""
    roles = colored_bands([band.name for band in service.bands])
    values: dict[str, Value] = {parameter.key: parameter.default for parameter in function.parameters}
    return {**values, **band_defaults(roles, function.parameters, len(service.bands))}


def default_template(function: WellKnownFunction, service: ImageService) -> ProcessingTemplate:
    """Return the template of a function that nothing was set for yet."""
    return written_rule(function, default_values(function, service))


def written_rule(function: WellKnownFunction, values: Values) -> ProcessingTemplate:
    """Return the template of a function with values, all of which that count are said: defaults differ by server."""
    arguments: dict[str, Any] = dict(function.constants)
    rule: dict[str, Any] = {"rasterFunction": function.name, "rasterFunctionArguments": arguments}
    for parameter in function.in_force(values):
        value = parameter.written(values[parameter.key])
        if parameter.argument == OUTPUT_PIXEL_TYPE:
            if value != UNKNOWN_PIXEL_TYPE:
                rule[OUTPUT_PIXEL_TYPE] = value
        elif parameter.kind is ParameterKind.CLASSES:
            arguments[_CLASS_LIMITS] = [_plain(limit) for least, most, _ in value for limit in (least, most)]
            arguments[_CLASS_VALUES] = [_plain(new) for _, _, new in value]
        elif parameter.place is not None:
            said = arguments.get(parameter.argument, "")
            arguments[parameter.argument] = f"{said} {_plain(value)}".strip()
        else:
            for name in (parameter.argument, *parameter.aliases):
                arguments[name] = _plain(value)
    return ProcessingTemplate(function=rule)


def read_rule(
    template: ProcessingTemplate, functions: Iterable[WellKnownFunction], service: ImageService
) -> Reading | None:
    """Return the function of a template, and its values; None where fields could not show all that it says.

    That is the case with a chain, with another function, with arguments that are unknown, and with values that are
    none, or beyond the limits of a field.
    """
    rule = template.function
    if rule is None or not _MEMBERS.issuperset(rule):
        return None
    function = next((known for known in functions if known.name == rule.get("rasterFunction")), None)
    given = _given(rule)
    if function is None or given is None:
        return None
    defaults = default_values(function, service)
    values: dict[str, Value] = dict(defaults)
    for parameter in function.parameters:
        if not parameter.counts(values):
            continue
        value = _value(parameter, given, defaults[parameter.key])
        if value is None or (parameter.kind is ParameterKind.BAND and int(value) > len(service.bands)):  # type: ignore[arg-type]
            return None
        values[parameter.key] = value
    return Reading(function, values) if _says_no_more(function, values, given) else None


def _given(rule: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the arguments by their names in lower case, as ArcGIS matches them; None where they are none."""
    arguments = rule.get("rasterFunctionArguments", {})
    if not isinstance(arguments, dict):
        return None
    given = {name.lower(): value for name, value in arguments.items()}
    if len(given) < len(arguments):
        return None
    pixel_type = rule.get(OUTPUT_PIXEL_TYPE)
    if pixel_type is not None:
        given[OUTPUT_PIXEL_TYPE.lower()] = pixel_type
    for name in _RASTER_ARGUMENTS:
        if given.get(name, _OWN_PIXELS) != _OWN_PIXELS:
            return None
        given.pop(name, None)
    return given


def _value(parameter: Parameter, given: Mapping[str, Any], default: Value) -> Value | None:
    if parameter.kind is ParameterKind.CLASSES:
        return _classes(given.get(_CLASS_LIMITS.lower(), []), given.get(_CLASS_VALUES.lower(), []))
    names = [name.lower() for name in (parameter.argument, *parameter.aliases)]
    said = [given[name] for name in names if name in given]
    if not said:
        return default
    if any(value != said[0] for value in said):
        return None
    if parameter.place is None:
        return parameter.read(said[0])
    words = said[0].split() if isinstance(said[0], str) else []
    return parameter.read(words[parameter.place]) if parameter.place < len(words) else None


def _classes(limits: Any, values: Any) -> tuple[tuple[float, ...], ...] | None:
    """Return least, greatest and new value of each class; None where those are not given for each."""
    if not (_are_numbers(limits) and _are_numbers(values)) or len(limits) != 2 * len(values):
        return None
    return tuple(zip(limits[::2], limits[1::2], values))


def _are_numbers(values: Any) -> bool:
    return isinstance(values, list) and all(map(is_number, values))


def _says_no_more(function: WellKnownFunction, values: Values, given: Mapping[str, Any]) -> bool:
    """Whether the values are all that was given, but for what does not count beside them."""
    names = {name.lower() for parameter in function.parameters for name in (parameter.argument, *parameter.aliases)}
    if any(parameter.kind is ParameterKind.CLASSES for parameter in function.parameters):
        names |= {_CLASS_LIMITS.lower(), _CLASS_VALUES.lower()}
    constants = {name.lower(): value for name, value in function.constants}
    words = _words(function.in_force(values))
    for name, value in given.items():
        if name in constants:
            is_known = value == constants[name]
        elif name in words:
            is_known = isinstance(value, str) and len(value.split()) == words[name]
        else:
            is_known = name in names
        if not is_known:
            return False
    return True


def _words(parameters: Sequence[Parameter]) -> dict[str, int]:
    """Return how many words each of the arguments has that consist of several."""
    words: dict[str, int] = {}
    for parameter in parameters:
        if parameter.place is not None:
            name = parameter.argument.lower()
            words[name] = words.get(name, 0) + 1
    return words


def _plain(value: Any) -> Any:
    """Return a whole number without a decimal point."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
