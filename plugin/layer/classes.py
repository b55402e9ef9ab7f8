"""The classes of a thematic output: values with names and colors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..backend.export_image import is_thematic
from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule, rule_in_force
from ..service.attribute_table import AttributeTableRow
from ..service.client import ImageServiceClient
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ..service.image_service import ImageService
from ..translation import tr

_WHOLE_NUMBERS = ("U1", "U2", "U4", "U8", "S8", "U16", "S16", "U32", "S32")


def read_classes(
    client: ImageServiceClient, output: ImageService, options: LayerOptions, service: ImageService
) -> tuple[tuple[AttributeTableRow, ...], tuple[Note, ...]]:
    """Return the classes of `output`, the output of the processing template.

    Without classes the layer still has its true values, so a failure is only a note.

    Raises:
        CanceledError: the client was canceled.
    """
    if len(output.bands) != 1:
        return (), ()
    rule = rendering_rule(options, service)
    if not is_thematic(output):
        return _unannounced(client, output, rule_in_force(rule, service), service), ()
    try:
        rows = client.attribute_table(rule) if output.has_attribute_table else ()
        return rows or (client.colormap(rule) if output.has_colormap else ()), ()
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        text = tr("The names and colors of the classes could not be read: {reason}")
        return (), (Note("classes", text.format(reason=error.message)),)


def _unannounced(
    client: ImageServiceClient, output: ImageService, rule: Mapping[str, Any] | None, service: ImageService
) -> tuple[AttributeTableRow, ...]:
    """Return the table that comes with a function although the description after it has none, as servers have it.

    Not where the service has one of its own: an older server would give that one, whatever the function makes of it.
    """
    if rule is None or service.has_attribute_table or output.pixel_type not in _WHOLE_NUMBERS:
        return ()
    try:
        return client.attribute_table(rule)
    except (AuthenticationError, CanceledError):
        raise
    except ImageServerLayerError:
        return ()
