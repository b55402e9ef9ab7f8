"""What a form is about: a service and what is chosen for it, held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal, pyqtSlot
from qgis.PyQt.QtWidgets import QLineEdit

from ...plugin.layer.carried import carried_bands, carried_extent
from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.draft import Draft, draft
from ...plugin.layer.naming import proposed_name, unique_name
from ...plugin.layer.options_file import SavedOptions
from ...plugin.layer.request import LayerRequest
from ...plugin.layer.resolve import Arguments
from ...plugin.options.check_tiles import without_refused
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.processing_template import RAW
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.extent import Extent
from ...plugin.service.image_service import ImageService
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..service.service_loader import ServiceLoader
from .earlier_choices import EarlierChoices
from .kind_section import KindSection
from .option_sections import OptionSections


class FormState(QObject):
    """Knows the service, turns what the sections show into options and requests, and judges them.

    `drafted` is emitted when there is something else to be said of them, in `draft`.
    """

    drafted = pyqtSignal()

    def __init__(self, loader: ServiceLoader, kind: KindSection, sections: OptionSections, name: QLineEdit) -> None:
        super().__init__(name)
        warm(self)
        self._loader, self._kind, self._sections, self._name = loader, kind, sections, name
        self._project = QgsProject.instance()
        self.earlier = EarlierChoices()
        self.known: ConnectedService | None = None
        """The service that is shown, and what is known to come out of the template; None without one."""
        self.draft: Draft | None = None
        """What would come of what is shown; None without a service."""
        self.output: ImageService | ImageServerLayerError | None = None
        """What comes out of the template, or why that is not known; None as long as the server is being asked."""
        self.news = ""
        """What has become of the extent that was chosen for another service; empty where there is nothing to say."""
        # The extent that was chosen last, and the service that it is for.
        self._area: tuple[Extent, ImageService] | None = None
        # That extent in the CRS of the service that is shown. Transforming it there and back would change it.
        self._carried: Extent | None = None
        self.asked = LayerOptions()
        """What the service that was taken last was to be shown with, before what it cannot have was left out."""
        # What is still to be done to show it; and whether there is anything.
        self._rest: Iterator[None] = iter(())
        self.is_taking = False
        # Whether the bands are already numbered as the template, yet to be described, yields them.
        self._bands_fit = True
        self._project.layersRemoved.connect(self._on_layers_removed)

    def options(self) -> LayerOptions:
        """Return what the sections show."""
        return self._sections.options()

    def request(self) -> LayerRequest | None:
        """Return the request for the layer that is shown; None without a service."""
        loaded = self._loader.current
        if loaded is None or self._is_about_to_take():
            return None
        return LayerRequest(
            # Without the raster that the address names: it is among the locked rasters, unless the user has removed it.
            address=replace(loaded.address, raster_id=None),
            access=loaded.access,
            arguments=Arguments(self.options()),
            name=self._name.text().strip(),
            kind=self._kind.possible_kind(),
            provider=self._sections.advanced.provider,
            transform_context=self._project.transformContext(),
        )

    def saved(self) -> SavedOptions | None:
        """Return what is shown, to be kept; None without a service."""
        loaded = self._loader.current
        return None if loaded is None or self._is_about_to_take() else self._saved_for(loaded)

    def take(self, loaded: ConnectedService) -> Iterator[None]:
        """Show a service with the options that it was opened for, was left with, or was refreshed with, in steps.

        Go through them; whatever else is to be shown meanwhile finishes them first. Nothing is said, and no layer can
        be made, until all is shown.
        """
        self.finish()
        self._rest = self._take(loaded)
        return self._rest

    def finish(self) -> None:
        """Show all that is still to be shown of a service that is being taken."""
        rest, self._rest = self._rest, iter(())
        for _ in rest:
            pass

    def _take(self, loaded: ConnectedService) -> Iterator[None]:
        service = loaded.service
        is_same = self.known is not None and self.known.service.url == service.url
        is_expected = self.earlier.is_expected(service.url)
        saved = self.earlier.of(service.url, is_same=is_same)
        self.is_taking = True
        if saved is not None:
            self._kind.set_kind(saved.kind)
            self._sections.advanced.set_provider(saved.provider)
            if is_same:
                # For the sections this would be news of their service, which leaves what is typed and cannot be read.
                self._sections.set_from(LayerOptions(), None)
        options = self.options() if saved is None else saved.options
        options = self.earlier.with_named_raster(options, loaded.address.raster_id, is_same=is_same)
        self.asked = options = self._with_area(options, service, is_expected=is_expected)
        former, output = self.known, service
        if saved is None and former is not None and former.output is not former.service:
            # The output of the template is still being read; until then it is taken to be the same.
            output = former.output
        self.known = known = replace(loaded, output=output)
        self._sections.advanced.set_request_settings(loaded.access.referer, loaded.access.timeout)
        self._bands_fit = True
        yield
        yield from self._sections.set_in_steps(without_refused(options, service), known)
        self.is_taking = False
        # Together with what follows it, as a layer can be made from here on.
        self.update()

    def forget(self) -> None:
        """Show no service, but remember the choices for it: the next address may be its own again."""
        self.finish()
        if self.known is not None:
            self.earlier.leave(self._saved_for(self.known))
        self.known = None
        if not self._name.isModified():
            self._name.setText("")
        self.show(LayerOptions())

    def ask_otherwise(self) -> None:
        """Know how the service is asked from now on, as the loader does."""
        self.finish()
        loaded = self._loader.current
        if self.known is not None and loaded is not None:
            self.known = replace(self.known, access=loaded.access)
            self._sections.set_from(self.options(), self.known)
            self.update()

    def choose_raw_bands(self, bands: tuple[int, ...]) -> None:
        """Show bands of the raw pixels, which may have to be asked for."""
        self.finish()
        known = self.known
        if known is None:
            return
        if self._loader.output(self.options()) == known.service:
            self._sections.bands.choose(bands)
        else:
            self.known = replace(known, output=known.service)
            self.show(replace(self.options(), bands=bands, processing_template=RAW))

    def show(self, options: LayerOptions) -> None:
        """Let the sections show options that do not come from them."""
        self.finish()
        self._bands_fit = True
        self._sections.set_from(options, self.known)
        self.update()

    def update(self) -> None:
        """Hold what is shown against the service."""
        known = self.known
        if self._is_about_to_take():
            # The sections still show the previous service.
            return
        if known is None:
            self.draft = self.output = None
            self.drafted.emit()
            return
        options = self.options()
        self.output = output = self._loader.output(options)
        if isinstance(output, ImageService):
            if output is not known.output:
                options, known = self._show_output(options, known, output)
            self._sections.bands.follow(options)
            self._bands_fit = False
        if options.extent is None or options.extent != self._carried:
            self._area = None if options.extent is None else (options.extent, known.service)
            self._carried = None
        self._propose_name(options, known, output if isinstance(output, ImageService) else None)
        self.draft = draft(
            options,
            known.service,
            output,
            self._kind.kind(),
            self._sections.advanced.provider,
            secured=bool(known.access.authcfg),
            unread=self._sections.unread(),
        )
        self.drafted.emit()

    def _is_about_to_take(self) -> bool:
        """Whether another service has been loaded than the one that is shown, or all of it is still to be shown."""
        loaded = self._loader.current
        if self.is_taking:
            return True
        return loaded is not None and (self.known is None or self.known.service is not loaded.service)

    def _with_area(self, options: LayerOptions, service: ImageService, *, is_expected: bool) -> LayerOptions:
        """Keep the extent that was chosen for another service, where this one has all of it."""
        self.news = ""
        if self._area is None or is_expected:
            return options
        extent, former = self._area
        if former.url == service.url:
            # The service was refreshed, or the user has come back to it.
            return options if self._carried is None else replace(options, extent=extent)
        carried = carried_extent(extent, former.spatial_reference, service, self._project.transformContext())
        if carried is not None:
            self._carried = carried
            return replace(options, extent=carried)
        text = tr("“{name}” does not have all of the extent that was chosen for “{former}”, so it is no longer chosen.")
        self.news = text.format(name=service.name, former=former.name)
        return options

    def _saved_for(self, known: ConnectedService) -> SavedOptions:
        return SavedOptions(known.service.url, self.options(), self._kind.kind(), self._sections.advanced.provider)

    # As a slot of Qt's own, it goes with the form: the project lives on when the plugin has been unloaded.
    @pyqtSlot("QStringList")  # type: ignore[untyped-decorator]
    def _on_layers_removed(self, _ids: list[str]) -> None:
        """Propose a name that has become free, as after *Undo* or in a new project."""
        if self.known is not None and not self._is_about_to_take():
            output = self.output if isinstance(self.output, ImageService) else None
            self._propose_name(self.options(), self.known, output)

    def _propose_name(self, options: LayerOptions, known: ConnectedService, output: ImageService | None) -> None:
        """Propose a name that no layer of the project has, unless one was typed."""
        if not self._name.isModified():
            taken = {layer.name() for layer in self._project.mapLayers().values()}
            name = unique_name(proposed_name(known.service, options, output), taken)
            if name != self._name.text():
                self._name.setText(name)

    def _show_output(
        self, options: LayerOptions, known: ConnectedService, output: ImageService
    ) -> tuple[LayerOptions, ConnectedService]:
        """Let the sections know what comes out of the processing template."""
        if not self._bands_fit:
            options = replace(options, bands=carried_bands(options.bands, known.output, output))
        self.known = known = replace(known, output=output)
        self._sections.set_from(options, known, but=self._sections.function)
        return self.options(), known
