"""The quick ways in the menu of a layer: one option changed, without the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QActionGroup, QMenu

from ...plugin.layer.dated_layers import can_be_dated
from ...plugin.layer.edit import edit_request, frozen_at, options_of, orders_by_view, provider_of, source_of
from ...plugin.layer.kind import Provider
from ...plugin.layer.quick_change import needs_more, plan_with_template, with_method
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.processing_template import RAW, SERVICE_DEFAULT, ProcessingTemplate
from ...plugin.options.sentences import shortened
from ...plugin.options.wording import method_label, template_in_words
from ...plugin.resources import ICON, PIXEL_ICON
from ...plugin.service.catalog import catalog_problem
from ...plugin.service.errors import ImageServerLayerError, OptionError
from ...plugin.service.image_service import ImageService
from ...plugin.service.kept_answers import KEPT_ANSWERS
from ...plugin.service.plain_text import clean_line
from ...plugin.service.raster_files import download_problem
from ...plugin.service.vocabulary import MosaicMethod
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.messages import show_error, tooltip
from ..mosaic.mosaic_texts import service_default
from .date_layers import DateLayers
from .footprint_loader import FootprintLoader
from .known_services import KnownServices
from .layer_changes import LayerChanges
from .raster_picker_on_map import RasterPickerOnMap
from .take_home import open_download_dialog, open_export_dialog

# More would be a wall; the form has them all, with a filter.
_FUNCTIONS_LISTED = 30


class QuickMenu(QMenu):
    """Filled for the active layer each time it opens; what only the service knows comes in the background."""

    def __init__(
        self,
        iface: QgisInterface,
        changes: LayerChanges,
        footprints: FootprintLoader,
        dates: DateLayers,
        on_edit: Callable[[QgsRasterLayer], None],
        on_ask: Callable[[QgsRasterLayer], None],
    ) -> None:
        super().__init__(tr("Image Server Layer"), iface.mainWindow())
        self._iface, self._changes, self._on_edit = iface, changes, on_edit
        self._services = KnownServices(self)
        self._on_map = RasterPickerOnMap(iface, changes.lock, on_edit, self)
        self.setIcon(QIcon(str(ICON)))
        self.setToolTipsVisible(True)
        self.templates = self.addMenu(tr("Processing Template"))
        self.methods = self.addMenu(tr("Mosaic Method"))
        self.lock = self._add(tr("Lock Raster Here…"), self._lock, "/mActionIdentify.svg")
        self.freeze = self._add(tr("Freeze at This View"), self._freeze)
        self.freeze.setToolTip(tr("Order the rasters around the middle of this view, from now on and for every view."))
        self.ask = self._add(tr("Ask for a Pixel…"), on_ask)
        self.ask.setIcon(QIcon(str(PIXEL_ICON)))
        self.ask.setToolTip(tr("Click on the map, and see all values there, the rasters, and a profile."))
        self.addSeparator()
        self.footprints = self._add(tr("Show Footprints"), footprints.show, "/mActionAddPolygon.svg")
        self.dates = self._add(tr("Add a Layer for Each Date…"), dates.show, "/propertyicons/temporal.svg")
        self.dates.setToolTip(tr("Add a group of layers, each of which the temporal controller shows at its date."))
        self.export = self._add(
            tr("Export…"),
            lambda layer: open_export_dialog(layer, iface.messageBar()),
            "/mActionFileSaveAs.svg",
        )
        self.export.setToolTip(tr("Save the layer's pixels as a GeoTIFF, exactly as the service has them."))
        self.download = self._add(
            tr("Download Source Rasters…"),
            lambda layer: open_download_dialog(layer, iface.messageBar()),
            "/downloading_svg.svg",
        )
        self.addSeparator()
        self.refresh = self._add(tr("Refresh Service"), self._refresh, "/mActionRefresh.svg")
        self.refresh.setToolTip(tr("Read the description of the service anew, and ask for all pixels again."))
        self.portable = self._add(tr("Open without This Plugin"), lambda layer: self._provide(layer, Provider.GDAL))
        self.portable.setToolTip(
            tr("Make it an ordinary GDAL layer, for projects that are opened where the plugin is not.")
        )
        self.live = self._add(tr("Make Live"), lambda layer: self._provide(layer, Provider.LIVE))
        self.live.setToolTip(tr("Let the plugin draw it: with progress, cancel, and the server's own words."))
        self.aboutToShow.connect(self.fill)
        self._services.changed.connect(self._fill_from_service)
        # One at a time is checked in each.
        self._groups = {menu: QActionGroup(menu) for menu in (self.templates, self.methods)}
        warm_all(self)

    def stop(self) -> None:
        """Read no more."""
        self._services.stop()
        self._on_map.stop()

    def lock_at(self, layer: QgsRasterLayer, point: QgsPointXY) -> None:
        """Offer the rasters of a layer at a point of the map."""
        self._on_map.ask_at(layer, point)

    def fill(self) -> None:
        """Show what there is for the active layer, and begin to read what its service says."""
        layer = self._layer()
        source, options = (None, None) if layer is None else (source_of(layer), options_of(layer))
        can_change = source is not None and options is not None
        for action in (self.templates.menuAction(), self.methods.menuAction(), self.refresh, self.portable, self.live):
            action.setEnabled(can_change)
        self.dates.setEnabled(layer is not None and can_be_dated(layer))
        self._show_catalog(None)
        if layer is None or source is None:
            return
        is_gdal = provider_of(layer) is Provider.GDAL
        self.portable.setVisible(not is_gdal)
        self.live.setVisible(is_gdal)
        self.portable.setEnabled(can_change and not source.access.authcfg)
        self.freeze.setVisible(orders_by_view(layer))
        if can_change:
            self._services.read(source)
            self._fill_from_service()

    def _layer(self) -> QgsRasterLayer | None:
        layer = self._iface.activeLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def _add(self, text: str, do: Callable[[QgsRasterLayer], None], icon: str = "") -> QAction:
        action = self.addAction(QgsApplication.getThemeIcon(icon), text) if icon else self.addAction(text)
        action.triggered.connect(lambda _checked: self._with_layer(do))
        return action

    def _with_layer(self, do: Callable[[QgsRasterLayer], None]) -> None:
        layer = self._layer()
        if layer is not None:
            do(layer)

    def _fill_from_service(self) -> None:
        """List functions and methods; the menus may be open."""
        layer = self._layer()
        source, options = (None, None) if layer is None else (source_of(layer), options_of(layer))
        if source is None or options is None:
            return
        found = self._services.find(source)
        for menu in (self.templates, self.methods):
            menu.clear()
        self._show_catalog(found)
        if isinstance(found, ImageService):
            self._list_templates(found, options)
            self._list_methods(found, options)
            return
        for menu in (self.templates, self.methods):
            menu.addAction(_plain(shortened(_not_known(found)))).setEnabled(False)

    def _show_catalog(self, found: ImageService | ImageServerLayerError | None) -> None:
        """Offer what needs a catalog where there is one, and say why where there is none."""
        if isinstance(found, ImageService):
            no_catalog, no_download = catalog_problem(found), download_problem(found)
        else:
            no_catalog = no_download = _not_known(found)
        for action, problem, allowed in (
            (
                self.lock,
                no_catalog,
                tr("Click on the map, and choose which of the rasters there is to be shown alone."),
            ),
            (
                self.footprints,
                no_catalog,
                tr("Add the outlines of the layer's rasters, with all that its catalog says of them."),
            ),
            (
                self.download,
                no_download,
                tr("Get the files that the layer's rasters are made of, as they are on the server: sizes first."),
            ),
        ):
            action.setEnabled(not problem)
            action.setToolTip(tooltip(problem or allowed))

    def _list_templates(self, service: ImageService, options: LayerOptions) -> None:
        menu, current = self.templates, options.processing_template
        menu.menuAction().setEnabled(service.allows_functions)
        own = template_in_words(SERVICE_DEFAULT, service) or service_default()
        self._choice(menu, own, current == SERVICE_DEFAULT, partial(self._set_template, SERVICE_DEFAULT))
        raw = template_in_words(RAW, service)
        self._choice(menu, raw, current == RAW, partial(self._set_template, RAW))
        menu.addSeparator()
        published = [function.name for function in service.functions if function.name != RAW.name]
        listed = published[:_FUNCTIONS_LISTED]
        if current and current != RAW and current.name not in listed:
            # A chain of the user's own, or one further down.
            self._choice(menu, template_in_words(current, service), True, lambda _layer: None)
        for name in listed:
            template = ProcessingTemplate(name)
            self._choice(menu, name, current == template, partial(self._set_template, template))
        if len(published) > len(listed):
            menu.addSeparator()
            more = menu.addAction(tr("All {count} Templates…").format(count=len(published)))
            more.triggered.connect(lambda _checked: self._with_layer(self._on_edit))

    def _list_methods(self, service: ImageService, options: LayerOptions) -> None:
        menu, mosaic = self.methods, service.mosaic
        menu.menuAction().setEnabled(mosaic is not None)
        if mosaic is None:
            return
        label = method_label(mosaic.default_method) if mosaic.default_method else ""
        current = MosaicMethod.LOCK_RASTER if options.lock_raster_ids else options.mosaic_method
        self._choice(menu, service_default(label), current is None, partial(self._set_method, None))
        menu.addSeparator()
        for method in mosaic.allowed_methods or tuple(MosaicMethod):
            label = method_label(method)
            if needs_more(options, method, service):
                # Only the form can ask for what is missing.
                text, do = tr("{method}…").format(method=label), self._on_edit
            else:
                text, do = label, partial(self._set_method, method)
            self._choice(menu, text, current is method, do)

    def _choice(self, menu: QMenu, text: str, is_current: bool, do: Callable[[QgsRasterLayer], None]) -> None:
        action = menu.addAction(_plain(text))
        action.setCheckable(True)
        action.setChecked(is_current)
        self._groups[menu].addAction(action)
        if not is_current:
            action.triggered.connect(lambda _checked: self._with_layer(do))

    def _set_template(self, template: ProcessingTemplate, layer: QgsRasterLayer) -> None:
        options = options_of(layer)
        if options is not None:
            request = edit_request(layer, QgsProject.instance(), options)
            self._changes.change(
                layer,
                request,
                _task(layer),
                lambda asked, feedback: plan_with_template(asked, template, feedback),
            )

    def _set_method(self, method: MosaicMethod | None, layer: QgsRasterLayer) -> None:
        options = options_of(layer)
        if options is not None:
            self._change(layer, with_method(options, method))

    def _lock(self, layer: QgsRasterLayer) -> None:
        source = source_of(layer)
        found = None if source is None else self._services.find(source)
        if isinstance(found, ImageService):
            self._on_map.begin(layer, found)

    def _freeze(self, layer: QgsRasterLayer) -> None:
        options = options_of(layer)
        if options is None or not orders_by_view(layer):
            return
        canvas = self._iface.mapCanvas()
        transform = QgsCoordinateTransform(canvas.mapSettings().destinationCrs(), layer.crs(), QgsProject.instance())
        try:
            center = transform.transform(canvas.extent().center())
        except QgsCsException:
            text = tr(
                "The middle of this view cannot be transformed to the reference system of “{name}”; zoom in first."
            )
            self._tell(OptionError("viewpoint", text.format(name=layer.name())))
            return
        self._change(layer, frozen_at(options, center.x(), center.y()))

    def _refresh(self, layer: QgsRasterLayer) -> None:
        source, options = source_of(layer), options_of(layer)
        if source is not None and options is not None:
            self._services.forget(source)
            KEPT_ANSWERS.forget(source.service_url)
            self._change(layer, options, reloads=True)

    def _provide(self, layer: QgsRasterLayer, provider: Provider) -> None:
        options = options_of(layer)
        if options is not None:
            self._change(layer, options, provider)

    def _change(
        self, layer: QgsRasterLayer, options: LayerOptions, provider: Provider | None = None, *, reloads: bool = False
    ) -> None:
        request = edit_request(layer, QgsProject.instance(), options, provider)
        self._changes.change(layer, request, _task(layer), reloads=reloads)

    def _tell(self, error: ImageServerLayerError) -> None:
        show_error(self._iface.messageBar(), error)


def _not_known(failure: ImageServerLayerError | None) -> str:
    """Return why it is not known what a service offers."""
    return tr("Reading the image service…") if failure is None else failure.message


def _task(layer: QgsRasterLayer) -> str:
    return tr("Changing the layer “{name}”").format(name=layer.name())


def _plain(text: str) -> str:
    """Return a text as a menu shows it letter by letter: in it, an ampersand marks a key."""
    return clean_line(text).replace("&", "&&")
