"""The part of the form for what is seldom needed: how pixels are resampled and packed, and how the server is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qgis.gui import QgsSpinBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.layer.kind import Provider
from ...plugin.options.arcgis_arguments import nodata
from ...plugin.options.check_tiles import why_not
from ...plugin.options.layer_options import LayerOptions
from ...plugin.options.wording import interpolation_label, tiles_label
from ...plugin.service.access import LONGEST_TIMEOUT
from ...plugin.service.errors import OptionError
from ...plugin.service.number_text import readable_number
from ...plugin.service.preferences import preferred_timeout
from ...plugin.service.vocabulary import Interpolation
from ...plugin.translation import tr
from ..common.combo_box import fill_box
from ..common.form_rows import align_labels
from ..common.load_ui import load_ui
from ..common.not_of_tiles import enable
from ..common.number_text import number_text
from ..common.section import Section, updates_service
from ..mosaic.mosaic_texts import service_default

_WORST_QUALITY, _BEST_QUALITY = 1, 100


class AdvancedSection(Section):
    """Interpolation, nodata, quality and tiles; provider, timeout and Referer, which are no options of a layer.

    The last two can be given before there is a service, and `set_from` leaves all three alone.
    `request_settings_changed` is emitted when the user has changed Referer or timeout.
    """

    request_settings_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        self._is_setting = self._is_picture = False
        self._problems: dict[str, str] = {}
        align_labels(self.form_layout, self.interpolation_box)
        self._set_texts()
        self.timeout_box.setRange(1, int(LONGEST_TIMEOUT))
        self._usual_timeout = round(preferred_timeout())
        self.timeout_box.setClearValue(self._usual_timeout)
        self.timeout_box.setValue(self._usual_timeout)
        # A number that is half typed means nothing yet.
        self.timeout_box.setKeyboardTracking(False)
        self.quality_box.setClearValueMode(QgsSpinBox.ClearValueMode.MinimumValue, service_default())
        self._request_settings = self.referer, self.timeout
        self._connect()
        self.set_from(LayerOptions(), None)

    @property
    def timeout(self) -> float:
        """Seconds that a request may take."""
        return float(self.timeout_box.value())

    @property
    def referer(self) -> str:
        """The page to give as the origin of the requests; empty for none."""
        return str(self.referer_edit.text()).strip()

    @property
    def provider(self) -> Provider | None:
        """The provider that the user chose, None for the live one."""
        return Provider.GDAL if self.gdal_box.isChecked() else None

    def set_provider(self, provider: Provider | None) -> None:
        """Show a choice of provider, without emitting anything."""
        self._is_setting = True
        self.gdal_box.setChecked(provider is Provider.GDAL)
        self._is_setting = False

    def set_request_settings(self, referer: str, timeout: float | None = None) -> None:
        """Show Referer and timeout (seconds; None for the usual one), without emitting anything."""
        self._is_setting = True
        self.referer_edit.setText(referer)
        self.timeout_box.setValue(self._usual_timeout if timeout is None else round(timeout))
        self._is_setting = False
        self._request_settings = self.referer, self.timeout

    def follow_preferences(self, *, is_asked: bool) -> None:
        """Take the timeout that the user prefers by now for the usual one, and show it unless a service `is_asked`."""
        former, self._usual_timeout = self._usual_timeout, round(preferred_timeout())
        self.timeout_box.setClearValue(self._usual_timeout)
        if not is_asked and self.timeout == former:
            self.set_request_settings(self.referer)

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show options for a service, without emitting anything."""
        self._is_setting = True
        is_update = updates_service(known, self._known)
        self._known = known
        enable(self.interpolation_box, "interpolation", known)
        enable(self.nodata_edit, "nodata", known)
        enable(self.nodata_match_box, "nodata_matches_all", known)
        # A choice for another service can still be undone.
        enable(self.tiles_box, "tiles" if options.tiles is None else "", known)
        enable(self.gdal_box, "" if self.gdal_box.isChecked() else "provider", known)
        own = known.service.default_interpolation if known is not None else None
        fill_box(
            self.interpolation_box,
            [
                (service_default(interpolation_label(own) if own else ""), ""),
                *((interpolation_label(known_one), known_one.value) for known_one in Interpolation),
            ],
            options.interpolation.value if options.interpolation else "",
        )
        self.nodata_edit.setPlaceholderText(service_default(_own_nodata(known)))
        if not is_update or options.nodata != self._nodata():
            self.nodata_edit.setText(" ".join(map(number_text, options.nodata)))
        fill_box(
            self.nodata_match_box,
            [(service_default(), None), (tr("In any band"), False), (tr("In all bands"), True)],
            options.nodata_matches_all,
        )
        fill_box(self.tiles_box, [(tiles_label(choice), choice) for choice in (None, True, False)], options.tiles)
        self._show_quality(options.compression_quality)
        self._show_use_of_quality()
        self._is_setting = False
        self._show_problems()

    def show_kind(self, *, is_picture: bool) -> None:
        """Let a quality be chosen where there is something to compress with loss, or one to take away."""
        self._is_picture = is_picture
        self._show_use_of_quality()

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return `options` with what is shown here; without a service as they are."""
        if self._known is None:
            return options
        interpolation = self.interpolation_box.currentData()
        return replace(
            options,
            interpolation=Interpolation(interpolation) if interpolation else None,
            nodata=self._nodata(),
            nodata_matches_all=self.nodata_match_box.currentData(),
            compression_quality=self._quality(),
            tiles=self.tiles_box.currentData(),
        )

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field."""
        self._problems = dict(problems)
        self._show_problems()

    def input_problems(self) -> dict[str, str]:
        """Return what is wrong with texts that are no values, by `LayerOptions` field; options cannot hold them."""
        try:
            nodata(self.nodata_edit.text())
        except OptionError as error:
            return {error.option: error.message} if self._known is not None else {}
        return {}

    def differs(self) -> bool:
        """Whether anything here is not as it is without a choice."""
        asks_otherwise = bool(self.referer) or self.timeout != self._usual_timeout
        return super().differs() or self.provider is not None or asks_otherwise

    def _set_texts(self) -> None:
        self.interpolation_label.setText(tr("Inte&rpolation"))
        self.nodata_label.setText(tr("No&data"))
        self.nodata_match_label.setText(tr("Nodata interpretation"))
        self.quality_label.setText(tr("Compression &quality"))
        self.tiles_label.setText(tr("Ready-made ti&les"))
        self.timeout_label.setText(tr("T&imeout"))
        self.referer_label.setText(tr("Re&ferer"))
        self.interpolation_box.setToolTip(tr("How the server resamples pixels to other cell sizes."))
        self.nodata_edit.setToolTip(
            tr("One value for all bands, or one for each, separated by blanks; decimals after a point. nan is a value.")
        )
        self.nodata_match_box.setToolTip(
            tr("Whether one band that has its nodata value is enough, or all must have it.")
        )
        self.tiles_box.setToolTip(
            tr(
                "Whether a picture is drawn from the tiles that the service has ready, or an image is asked for with "
                "each view. By itself, it is drawn from them where no option contradicts. Views that no level of the "
                "tiles fits are images in any case."
            )
        )
        self.timeout_box.setToolTip(tr("Seconds that each request may take."))
        self.timeout_box.setSuffix(tr(" s"))
        self.referer_edit.setToolTip(tr("The page that some secured servers want to be asked from."))
        self.referer_edit.setPlaceholderText(tr("None"))
        self.gdal_box.setText(tr("Opens without this plugin"))
        self.gdal_box.setToolTip(
            tr(
                "Makes an ordinary GDAL layer of an open service. It needs no plugin in the session either, but knows "
                "no credentials, cannot be canceled, and says little when the server fails."
            )
        )
        for label, widget in (
            (self.interpolation_label, self.interpolation_box),
            (self.nodata_label, self.nodata_edit),
            (self.nodata_match_label, self.nodata_match_box),
            (self.quality_label, self.quality_box),
            (self.tiles_label, self.tiles_box),
            (self.timeout_label, self.timeout_box),
            (self.referer_label, self.referer_edit),
        ):
            widget.setAccessibleName(label.text().replace("&", ""))

    def _connect(self) -> None:
        self.interpolation_box.currentIndexChanged.connect(self._on_changed)
        self.nodata_edit.textChanged.connect(self._on_changed)
        self.nodata_match_box.currentIndexChanged.connect(self._on_changed)
        self.quality_box.valueChanged.connect(self._on_changed)
        self.tiles_box.currentIndexChanged.connect(self._on_changed)
        self.gdal_box.toggled.connect(self._on_changed)
        # Changes may request the service again, so not with every key.
        self.referer_edit.editingFinished.connect(self._on_request_settings_changed)
        self.timeout_box.valueChanged.connect(self._on_request_settings_changed)

    def _nodata(self) -> tuple[float, ...]:
        try:
            return nodata(self.nodata_edit.text())
        except OptionError:
            return ()

    def _quality(self) -> int | None:
        quality = int(self.quality_box.value())
        return None if quality == self.quality_box.minimum() else quality

    def _show_quality(self, quality: int | None) -> None:
        """Show a quality, also one that cannot be, as a file may hold it: its problem stands beside it then."""
        shown = _BEST_QUALITY if quality is None else quality
        # The lowest value of the box stands for "not set".
        self.quality_box.setRange(min(shown, _WORST_QUALITY) - 1, max(shown, _BEST_QUALITY))
        self.quality_box.setValue(self.quality_box.minimum() if quality is None else quality)

    def _show_use_of_quality(self) -> None:
        refused = "" if self._known is None else why_not("compression_quality", self._known.service)
        if refused:
            self.quality_box.setEnabled(False)
            self.quality_box.setToolTip(refused)
            return
        is_used = self._known is not None and (self._is_picture or self._quality() is not None)
        self.quality_box.setEnabled(is_used)
        self.quality_box.setToolTip(
            tr("Quality of pictures sent as JPEG: 1 is the smallest, 100 the best.")
            if is_used or self._known is None
            else tr("Pixel values come without loss; only pictures have a quality.")
        )

    def _on_changed(self) -> None:
        if not self._is_setting:
            self._show_problems()
            self.changed.emit()

    def _on_request_settings_changed(self) -> None:
        settings = self.referer, self.timeout
        # `editingFinished` also comes without a change.
        if not self._is_setting and settings != self._request_settings:
            self._request_settings = settings
            self.request_settings_changed.emit()

    def _show_problems(self) -> None:
        problems = {**self._problems, **self.input_problems()}
        shown = {
            self.interpolation_problem: problems.get("interpolation", ""),
            self.nodata_problem: problems.get("nodata", ""),
            self.nodata_match_problem: problems.get("nodata_matches_all", ""),
            self.quality_problem: problems.get("compression_quality", ""),
            self.tiles_problem: problems.get("tiles", ""),
            self.provider_problem: problems.get("provider", ""),
        }
        for message, text in shown.items():
            message.set_text(text)


def _own_nodata(known: ConnectedService | None) -> str:
    if known is None:
        return ""
    values = [value for value in known.output.nodata if value is not None]
    return ", ".join(map(readable_number, dict.fromkeys(values)))
