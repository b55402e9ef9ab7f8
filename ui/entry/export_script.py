"""What repeats an export as a script, from QGIS' own dialog of the algorithm that exports."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtWidgets import QDialogButtonBox, QMenu

from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.warming import warm_all
from ...plugin.translation import tr
from ..common.algorithm_dialog import filled_in
from ..common.messages import show_error


def add_script_button(dialog: Any) -> None:
    """Put a button into a dialog of that algorithm which copies the export, as it is filled in, as a script.

    QGIS' own *Copy as Python Command* names the layer, which no other project has; ours name the service.
    """
    button = dialog.findChild(QDialogButtonBox).addButton(tr("Copy as"), QDialogButtonBox.ButtonRole.ResetRole)
    button.setToolTip(tr("Copy what repeats this export elsewhere: it names the image service, not the layer"))
    menu = QMenu(button)
    python = menu.addAction(QgsApplication.getThemeIcon("/mIconPythonFile.svg"), tr("&Python Script"))
    gear = QgsApplication.getThemeIcon("/processingAlgorithm.svg")
    command = menu.addAction(gear, tr("&Command Line (qgis_process)"))
    python.triggered.connect(lambda _checked: _copy(dialog, 0))
    command.triggered.connect(lambda _checked: _copy(dialog, 1))
    button.setMenu(menu)
    warm_all(button)


def _copy(dialog: Any, which: int) -> None:
    bar = dialog.messageBar()
    try:
        text = _scripts(dialog)[which]
    except ImageServerLayerError as error:
        show_error(bar, error)
    else:
        QgsApplication.clipboard().setText(text)
        bar.pushMessage(tr("Copied."), Qgis.MessageLevel.Success, 3)


def _scripts(dialog: Any) -> tuple[str, str]:
    """Return the export that a dialog is filled in for, as a Python script and as a command.

    Raises:
        ImageServerLayerError: it is not filled in, or no script can tell all of it.
    """
    from processing.tools.dataobjects import createContext

    found: tuple[str, str] = dialog.algorithm().scripts(filled_in(dialog), createContext())
    return found
