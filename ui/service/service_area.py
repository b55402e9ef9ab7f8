"""The top of the form: a service is found, and once it is taken folds into one line."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from .address_box import AddressBox
from .service_bar import ServiceBar
from .service_section import ServiceSection


class ServiceArea(QWidget):
    """Shows `section` or, once a service has been taken, `bar`.

    `layout_changed` is emitted when it has folded or unfolded, and when the list of a server has opened or closed.
    """

    layout_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section, self.bar = ServiceSection(self), ServiceBar(self)
        # Whether the user looks for another service than the one there is.
        self._is_changing = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.section)
        self.bar.hide()
        section = self.section
        section.loader.loaded.connect(lambda _loaded: self._on_loaded())
        section.loader.counted.connect(lambda _count: self._show_service())
        section.thumbnail.changed.connect(lambda: self.bar.show_thumbnail(section.thumbnail.image))
        section.changed.connect(self._follow)
        section.browse_button.toggled.connect(lambda _shown: self._follow())
        section.forgotten.connect(self._follow)
        self.bar.change_requested.connect(self.unfold)
        self.bar.refresh_requested.connect(section.connect_to_service)

    @property
    def is_folded(self) -> bool:
        """Whether there is a service, shown in one line."""
        return not self.bar.isHidden()

    @property
    def is_listing(self) -> bool:
        """Whether the services of a server are listed, which takes all the room there is."""
        return bool(self.section.browse_button.isChecked())

    def unfold(self) -> None:
        """Let another service be chosen."""
        self._is_changing = True
        self._follow()
        self.findChild(AddressBox).setFocus()

    def _on_loaded(self) -> None:
        self._is_changing = False
        self._show_service()
        self._follow()

    def _show_service(self) -> None:
        self.bar.show_service(self.section.loader.current, self.section.facts.summary())

    def _follow(self) -> None:
        """Fold or unfold, as it has come to be."""
        if self.is_folded and self.section.loader.is_busy:
            # The same service, most likely, which is read anew.
            return
        folds = not self._is_changing and self.section.is_taken()
        if folds != self.is_folded:
            had_focus = self.section.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
            self.bar.setVisible(folds)
            self.section.setVisible(not folds)
            vertical = QSizePolicy.Policy.Maximum if folds else QSizePolicy.Policy.Preferred
            self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
            if folds and had_focus:
                self.bar.change_button.setFocus()
        self.layout_changed.emit()
