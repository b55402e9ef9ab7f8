"""A layer as it is composed now: what is wrong with it, what it will be, and what to know. What a form shows.

Plain values in, plain values out: nothing is asked and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union

from ..backend.source import Kind
from ..options.check import check
from ..options.layer_options import LayerOptions
from ..options.slices import playable_time
from ..service.errors import ImageServerLayerError, OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .kind import Kinds, Provider, kinds
from .summary import layer_summary

if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    # What comes out of the processing template: its description, why there is none, or None while it is being read.
    Output = Union[ImageService, ImageServerLayerError, None]


@dataclass(frozen=True)
class Draft:
    """What there is to say of a layer about to be.

    Attributes:
        kinds: what can be chosen between pixel values and a picture, and what is chosen.
        problems: what is wrong, by the `LayerOptions` field that it is about.
        problem: the first reason why there can be no layer; empty where there can be one.
        summary: what the layer will be, in one line; empty while there is a problem.
        notes: odd but harmless things, beside that of the choice of a kind, and what a field says by itself.
        follows_time: whether it will show different times, as the temporal controller plays.
    """

    kinds: Kinds
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    follows_time: bool = False


def draft(
    options: LayerOptions,
    service: ImageService,
    output: Output,
    kind: Kind | None = None,
    provider: Provider | None = None,
    *,
    secured: bool = False,
    unread: Mapping[str, str] | None = None,
) -> Draft:
    """Hold the options against a service.

    `kind` and `provider` are what was asked for, None for the best; `secured` says whether credentials go with the
    requests; `unread` is what was typed and cannot be read, by option, which counts before everything else.
    """
    described = output if isinstance(output, ImageService) else None
    findings = check(options, service, described)
    found = kinds(kind, provider, options, service, secured=secured)
    errors = [*findings.errors, *([found.problem] if isinstance(found.problem, OptionError) else [])]
    problems = {error.option: error.message for error in reversed(errors)}
    if isinstance(output, ImageServerLayerError):
        problems.setdefault("processing_template", output.message)
    problems.update(unread or {})
    reasons = [*problems.values()]
    if found.problem is not None:
        reasons.append(found.problem.message)
    if output is None:
        reasons.append(tr("The processing template is still being read."))
    problem = next(filter(None, reasons), "")
    if problem or found.choice is None:
        return Draft(found, problems, problem)
    summary = layer_summary(options, service, described, found.choice)
    has_times = service.time is not None and not service.tiles_only
    follows_time = options.time is None and (has_times or playable_time(options, service) is not None)
    # The field of its own that the service orders by stands in the list of fields, which has nothing chosen.
    notes = tuple(note.text for note in findings.notes if options.order_field or note.option != "order_field")
    return Draft(found, problems, "", summary, notes, follows_time)
