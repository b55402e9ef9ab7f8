"""Whether a server is asked with credentials, as an icon, and the way to choose them."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import QRect, Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon, QPainter
from qgis.PyQt.QtWidgets import (
    QAction,
    QActionGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...plugin.service.plain_text import clean_line
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.arrow_room import leave_room_for_arrow
from ..common.messages import tooltip


class AuthenticationButton(QToolButton):
    """Its menu lists what QGIS' authentication database has, and opens QGIS' own chooser to add to it or change it.

    `chosen` is emitted when the user has chosen another configuration.
    """

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._authcfg, self._is_refused = "", False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self._show_state()
        leave_room_for_arrow(self)

    @property
    def authcfg(self) -> str:
        """The id of the configuration that is used, empty for none."""
        return self._authcfg

    @property
    def is_refused(self) -> bool:
        """Whether the server has not accepted it."""
        return self._is_refused

    def use(self, authcfg: str) -> None:
        """Show a configuration, empty for none, without emitting anything."""
        if authcfg != self._authcfg:
            self._authcfg, self._is_refused = authcfg, False
        self._show_state()

    def show_refused(self, refused: bool) -> None:
        """Show whether the server has refused what is used, or that it is asked without."""
        self._is_refused = refused
        self._show_state()

    def choose(self, authcfg: str) -> None:
        """Take what the user has chosen, empty for none."""
        if authcfg == self._authcfg:
            # It may be called something else, or have other contents.
            self._show_state()
            return
        self.use(authcfg)
        self.chosen.emit(authcfg)

    def _fill(self) -> None:
        menu, group = self.menu(), QActionGroup(self.menu())
        menu.clear()
        configs = QgsApplication.authManager().availableAuthMethodConfigs()
        names = sorted(((clean_line(config.name()), authcfg) for authcfg, config in configs.items()), key=_by_name)
        for name, authcfg in [(tr("No Authentication"), ""), *names]:
            action = self._add(menu, _escaped(name), authcfg)
            group.addAction(action)
        menu.addSeparator()
        action = menu.addAction(QgsApplication.getThemeIcon("/mActionEditTable.svg"), tr("New or Edit…"))
        action.setToolTip(tr("Configurations are kept in QGIS' encrypted authentication database."))
        action.triggered.connect(lambda _checked: self._open_chooser())

    def _add(self, menu: QMenu, name: str, authcfg: str) -> QAction:
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(authcfg == self._authcfg)
        action.triggered.connect(lambda _checked: self.choose(authcfg))
        return action

    def _open_chooser(self) -> None:
        chooser = _Chooser(self._authcfg, self)
        chooser.accepted.connect(lambda: self.choose(chooser.select.configId()))
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _show_state(self) -> None:
        if self._is_refused and self._authcfg:
            text = tr("Authentication: the server refused “{name}”.").format(name=self._name())
        elif self._is_refused:
            text = tr("Authentication: the server wants credentials.")
        elif self._authcfg:
            text = tr("Authentication: “{name}”").format(name=self._name())
        else:
            text = tr("Authentication: none")
        self.setIcon(_icon(bool(self._authcfg), self._is_refused))
        self.setAccessibleName(text)
        self.setToolTip(tooltip(text))

    def _name(self) -> str:
        config = QgsApplication.authManager().availableAuthMethodConfigs().get(self._authcfg)
        return clean_line(config.name()) if config is not None else self._authcfg


class _Chooser(QDialog):
    """QGIS' own chooser in a window."""

    def __init__(self, authcfg: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Authentication"))
        self.select = QgsAuthConfigSelect(self)
        self.select.setConfigId(authcfg)
        for widget in self.select.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not widget.accessibleName():
                widget.setAccessibleName(widget.toolTip() or tr("Authentication configuration"))
        hint = QLabel(tr("For secured services; kept in QGIS' authentication database"))
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (hint, self.select, buttons):
            layout.addWidget(widget)
        warm_all(self)


def _by_name(entry: tuple[str, str]) -> tuple[str, str]:
    return entry[0].casefold(), entry[1]


def _escaped(name: str) -> str:
    """Return a name as a menu shows it to the letter."""
    return name.replace("&", "&&")


def _icon(is_locked: bool, is_refused: bool) -> QIcon:
    """Return an open or a closed lock, with a warning in its corner where the server has refused it."""
    lock = QgsApplication.getThemeIcon("/lockedGray.svg" if is_locked else "/unlockedGray.svg")
    if not is_refused:
        return lock
    size = 32
    pixmap = lock.pixmap(size, size)
    ratio = pixmap.devicePixelRatio()
    side = round(pixmap.width() / ratio)
    painter = QPainter(pixmap)
    corner = QRect(side * 2 // 5, side * 2 // 5, side - side * 2 // 5, side - side * 2 // 5)
    QgsApplication.getThemeIcon("/mIconWarning.svg").paint(painter, corner)
    painter.end()
    return QIcon(pixmap)
