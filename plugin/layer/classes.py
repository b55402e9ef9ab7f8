"""The classes of a thematic output: values with names and colors."""

from __future__ import annotations

from ..backend.export_image import is_thematic
from ..options.check import Note
from ..options.layer_options import LayerOptions
from ..options.rendering_rule import rendering_rule
from ..service.attribute_table import AttributeTableRow
from ..service.client import ImageServiceClient
from ..service.errors import CanceledError, ImageServerLayerError
from ..service.image_service import ImageService
from ..translation import tr


def read_classes(
    client: ImageServiceClient, output: ImageService, options: LayerOptions, service: ImageService
) -> tuple[tuple[AttributeTableRow, ...], tuple[Note, ...]]:
    """Return the classes of `output`, what comes out of the processing template.

    The layer is as true without them, so a failure is only a note.

    Raises:
        CanceledError: the client was canceled.
    """
    if not is_thematic(output) or len(output.bands) != 1:
        return (), ()
    rule = rendering_rule(options, service)
    try:
        rows = client.attribute_table(rule) if output.has_attribute_table else ()
        return rows or (client.colormap(rule) if output.has_colormap else ()), ()
    except CanceledError:
        raise
    except ImageServerLayerError as error:
        text = tr("The names and colors of the classes could not be read: {reason}")
        return (), (Note("classes", text.format(reason=error.message)),)
