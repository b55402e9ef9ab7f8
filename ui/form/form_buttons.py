"""The buttons below the form, in the order in which QGIS has them."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QDialogButtonBox, QMenu, QPushButton, QSizePolicy, QStyle, QToolButton

from ...plugin.resources import HELP_PAGE
from ...plugin.translation import tr
from ..common.messages import tooltip
from .target import TargetTexts


class FormButtons(QObject):
    """Fills a button box: More, Reset, Close, what the target does, and Help, which opens the help page.

    What does it and closes, too, is in the menu of the button that does it, or a button beside that one, as the texts
    say. It emits `finish_requested`; the entry for layers by date `dates_requested`.
    """

    finish_requested = pyqtSignal()
    dates_requested = pyqtSignal()

    def __init__(self, box: QDialogButtonBox, more: QMenu, texts: TargetTexts) -> None:
        super().__init__(box)
        self._texts = texts
        roles = QDialogButtonBox.ButtonRole
        self.apply: QPushButton | QToolButton = QPushButton(box) if texts.finish_is_button else QToolButton(box)
        self.apply.setText(texts.apply)
        self.apply.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more: QPushButton = box.addButton(tr("More"), roles.ResetRole)
        self.more.setMenu(more)
        self.reset: QPushButton = box.addButton(tr("Reset"), roles.ResetRole)
        self.reset.setToolTip(tr("Give every option back to the service"))
        self.close: QPushButton = box.addButton(QDialogButtonBox.StandardButton.Close)
        self.help: QPushButton = box.addButton(QDialogButtonBox.StandardButton.Help)
        # As in QGIS' own windows: Close, Add, Help; or OK, Close, Apply, Help.
        box.addButton(self.apply, roles.ApplyRole)
        self.finish: QAction | QPushButton = (
            self._add_button(box, texts.finish)
            if isinstance(self.apply, QPushButton)
            else self._add_entry(self.apply, texts.finish)
        )
        self.dates: QAction | None = None
        if texts.dates:
            self.dates = self.apply.menu().addAction(texts.dates)
            self.dates.triggered.connect(lambda _checked: self.dates_requested.emit())
        for button in box.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)
        # A tool button would be lower and narrower than its neighbors.
        self.apply.setMinimumSize(self.close.sizeHint())
        self.apply.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.help.clicked.connect(lambda _checked: QDesktopServices.openUrl(QUrl.fromLocalFile(str(HELP_PAGE))))

    def show_problem(self, problem: str, *, has_times: bool) -> None:
        """Let nothing be done, and say why, or let it be done where there is no problem.

        `has_times` is whether layers can be made by their dates.
        """
        texts = self._texts
        for button, tip in ((self.apply, texts.apply_tip), (self.finish, texts.finish_tip)):
            button.setEnabled(not problem)
            button.setToolTip(tooltip(problem) or tip)
        if self.dates is not None:
            self.dates.setEnabled(has_times and not problem)
            no_times = "" if has_times else tr("What is chosen has no dates to choose from.")
            self.dates.setToolTip(tooltip(problem or no_times) or texts.dates_tip)

    def _add_button(self, box: QDialogButtonBox, text: str) -> QPushButton:
        button: QPushButton = box.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda _checked: self.finish_requested.emit())
        style = box.style()
        if style.styleHint(QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons, None, box):
            button.setIcon(style.standardIcon(QStyle.StandardPixmap.SP_DialogOkButton))
            self.apply.setIcon(style.standardIcon(QStyle.StandardPixmap.SP_DialogApplyButton))
        return button

    def _add_entry(self, beside: QToolButton, text: str) -> QAction:
        entry = QAction(text, beside)
        entry.triggered.connect(lambda _checked: self.finish_requested.emit())
        menu = QMenu(beside)
        menu.addAction(entry)
        menu.setToolTipsVisible(True)
        beside.setMenu(menu)
        beside.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        beside.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        return entry
