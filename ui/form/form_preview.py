"""What is shown of pixels while a layer is composed: the preview, and the thumbnails of the processing templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.request import LayerRequest
from ...plugin.layer.thumbnails import COMMON_OPTIONS, ThumbnailView
from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.image_service import ImageService
from ..function.function_section import FunctionSection
from ..preview.preview_panel import PreviewPanel


class FormPreview:
    """Lets what is chosen be drawn in `panel`, and the templates over the same area with the same rasters."""

    def __init__(self, panel: PreviewPanel, function: FunctionSection) -> None:
        self._panel, self._function = panel, function
        self._loaded: ConnectedService | None = None
        self._options = LayerOptions()
        self._common_problem = ""
        panel.view_changed.connect(self._show_thumbnails)

    def show_nothing(self) -> None:
        """Say that there is nothing to be drawn; why is said below the form, or beside a field."""
        self._loaded = None
        self._panel.show_layer(None)
        self._function.show_thumbnails(None)

    def show(
        self,
        loaded: ConnectedService | None,
        request: LayerRequest | None,
        output: object,
        problems: Mapping[str, str],
        problem: str,
        service_problem: str,
    ) -> None:
        """Draw what a request makes of a service, where there can be such a layer.

        Args:
            loaded: The service, as it was read.
            request: What is asked of it.
            output: What comes out of the processing template: an `ImageService`, if that is known.
            problems: By option, what is wrong with it.
            problem: Why there can be no layer, of all that counts.
            service_problem: Why there is no service to draw from.
        """
        described = replace(loaded, output=output) if loaded is not None and isinstance(output, ImageService) else None
        options = LayerOptions() if request is None else request.arguments.options
        # First of all: the panel tells of another view.
        self._loaded, self._options = loaded, options
        common = next((problems[name] for name in COMMON_OPTIONS if name in problems), "")
        self._common_problem = service_problem or common
        self._panel.show_layer(None if service_problem or problem else request, described)
        self._panel.show_area(options.extent)
        self._show_thumbnails()

    def _show_thumbnails(self) -> None:
        loaded = self._loaded
        if loaded is None or self._common_problem:
            self._function.show_thumbnails(None, self._common_problem)
            return
        try:
            view = ThumbnailView.of(loaded, self._options, self._panel.looked_at(loaded.service))
        except ImageServerLayerError as error:
            self._function.show_thumbnails(None, error.message)
        else:
            self._function.show_thumbnails(view)
