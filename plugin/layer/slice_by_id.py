"""A slice that was named by its id: the variable and the values of its dimensions, as the service tells them.

Ids belong to the resource `slices` (10.8.1 and later). Requests then say the slice as any other, so that the layer
knows its date and its unit; by the reference, both ways name the same slice.
"""

from __future__ import annotations

from dataclasses import replace

from ..options.check import Note
from ..options.check_slice import check_slice
from ..options.dimension_value import DimensionValue, dimensions_text
from ..service.client import ImageServiceClient
from ..service.errors import OptionError
from ..service.image_service import ImageService
from ..translation import tr
from .resolve import Arguments

_FIRST_VERSION = 10.81


def with_slice(
    arguments: Arguments, service: ImageService, client: ImageServiceClient
) -> tuple[Arguments, tuple[Note, ...]]:
    """Return the arguments with variable and dimensions in place of the slice id, and a note that tells them.

    Raises:
        OptionError: the service has no such slice, or it contradicts other options.
        ImageServerLayerError: the service cannot be asked for its slices.
    """
    wanted, options = arguments.slice_id, arguments.options
    if wanted is None:
        return arguments, ()
    if not service.variables:
        text = tr("The service “{service}” has no slices; leave out “{option}”.")
        raise OptionError("slice_id", text.format(service=service.name, option=tr("Slice")))
    if options.dimensions or options.time is not None:
        raise OptionError("slice_id", tr("A slice has its own time and dimensions; leave these out, or the slice."))
    if 0 < service.version < _FIRST_VERSION:
        text = tr("The server tells no ids of slices, which came with 10.8.1: give variable and dimensions.")
        raise OptionError("slice_id", text)
    for finding in check_slice(options, service):
        if isinstance(finding, OptionError):
            raise finding
    slices = client.slices(options.variable)
    found = slices.get(wanted)
    if found is None:
        text = tr("The service has no slice {id}; its ids reach from {first} to {last}.")
        if options.variable:
            text = tr("The variable “{variable}” has no slice {id}; its ids reach from {first} to {last}.")
        if not slices:
            text = tr("The service lists no slices: give variable and dimensions.")
        ids = (min(slices), max(slices)) if slices else (0, 0)
        raise OptionError(
            "slice_id", text.format(id=wanted, variable=options.variable, first=ids[0], last=ids[1])
        )
    values = tuple(sorted(DimensionValue(name, *span) for name, span in found.values))
    chosen = replace(options, variable=found.variable, dimensions=values)
    parts = ", ".join(filter(None, (found.variable, dimensions_text(values))))
    note = tr("Slice {id} of the service is {slice}.").format(id=wanted, slice=parts)
    return replace(arguments, options=chosen, slice_id=None), (Note("slice_id", note),)
