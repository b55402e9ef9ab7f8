"""Which choices to show for a service that was just read: those that were asked for, left behind, or remembered."""

from __future__ import annotations

from dataclasses import replace

from ...plugin.backend.source import Kind
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.locked_rasters import lock_raster
from ...plugin.layer.options_file import SavedOptions
from ...plugin.options.check import MOSAIC_OPTIONS, check
from ...plugin.options.check_tiles import check_tiles
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.wording import option_label
from ...plugin.service.preferences import prefers_pictures
from ...plugin.translation import tr
from ..service.recent import recent_service


def preferred_kind() -> Kind | None:
    """Return the kind to propose where nothing was chosen: None for values, where the service has them."""
    return Kind.PICTURE if prefers_pictures() else None


class EarlierChoices:
    """Keeps what is to be shown as soon as its service has been read, and what was shown of the one that was left."""

    def __init__(self) -> None:
        self._awaited: SavedOptions | None = None
        self._left: SavedOptions | None = None
        # The raster that the address names, if any.
        self._named_raster: int | None = None

    def expect(self, saved: SavedOptions | None) -> None:
        """Show these with their service; None for none."""
        self._awaited = saved

    def is_expected(self, url: str) -> bool:
        """Whether there are choices to be shown with the service at a URL, whatever was chosen for another one."""
        return self._awaited is not None and self._awaited.url == url

    def leave(self, saved: SavedOptions) -> None:
        """Remember what was shown: the next address may be its service's own again."""
        self._left = saved

    def of(self, url: str, *, is_same: bool) -> SavedOptions | None:
        """Return what to show for the service at a URL; None where what is shown of it already (`is_same`) stays."""
        saved, self._awaited = self._awaited or self._left, None
        self._left = None
        if saved is not None and saved.url != url:
            saved = None
        if saved is None and not is_same:
            recent = recent_service(url)
            saved = SavedOptions(url, LayerOptions(), preferred_kind()) if recent is None else recent.choices
        return saved

    def with_named_raster(self, options: LayerOptions, raster_id: int | None, *, is_same: bool) -> LayerOptions:
        """Lock the raster that the address names: what is typed just now counts more than what was remembered."""
        is_new = not is_same or raster_id != self._named_raster
        self._named_raster = raster_id
        if raster_id is not None and is_new:
            options, _ = lock_raster(replace(options, mosaic_method=None, lock_raster_ids=()), raster_id)
        return options


def notes_of(loaded: ConnectedService, options: LayerOptions) -> list[str]:
    """Return what there is to know of a service that has been read, and of options that it does not take."""
    notes = [note.text for note in loaded.notes]
    errors = check(options, loaded.service).errors
    if loaded.service.tiles_only:
        refused = [option_label(error.option) for error in check_tiles(options, loaded.service)]
        text = tr("The service offers only ready-made tiles, so these options were left out: {options}.")
        return [*notes, *([text.format(options=", ".join(refused))] if refused else [])]
    left_out = [option_label(error.option) for error in errors if error.option in MOSAIC_OPTIONS]
    if loaded.service.mosaic is None and left_out:
        text = tr("The service is a single raster, so these options were left out: {options}.")
        notes.append(text.format(options=", ".join(left_out)))
    return notes
