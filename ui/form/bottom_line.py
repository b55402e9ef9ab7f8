"""The line at the bottom of the form: the only problem, or what there will be."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QLabel, QWidget

from ...plugin.translation import tr
from ..common.field_message import is_said


class BottomLine:
    """Says it in a label of a form, unless the sentence beside a field tells of the same problem and can be seen."""

    def __init__(self, label: QLabel, form: QWidget) -> None:
        self._label, self._form = label, form
        self._problem = self._summary = ""
        label.setAccessibleName(tr("What you will get"))

    def say(self, problem: str, summary: str) -> None:
        """Say a problem, or where there is none, what there will be."""
        self._problem, self._summary = problem, summary
        self.refresh()

    def refresh(self) -> None:
        """Say the same, now that other fields may be in sight."""
        is_beside = bool(self._problem) and is_said(self._problem, self._form)
        self._label.setText(tr("See the warning above.") if is_beside else self._problem or self._summary)
