"""The where clause of a mosaic, and how many rasters it picks."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QLocale, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.service.catalog import Catalog
from ...plugin.service.errors import ImageServerLayerError, ServerError
from ...plugin.translation import tr
from ..common.load_ui import load_ui
from .catalog_tasks import CatalogQuestion, has_catalog, in_words
from .where_builder import WhereBuilder

# In milliseconds: a pause in typing after which the rasters are counted.
_PAUSE = 400


class WhereField(QWidget):
    """A line of SQL with a builder. The server counts the matching rasters, after each pause in typing.

    `changed` is emitted with every change by the user, and when the server has refused the clause.
    """

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui(self, __file__)
        self._known: ConnectedService | None = None
        self._is_setting = False
        self._shows_total = True
        self._server_problem = self._refusal = self._problem = ""
        self._counted: str | None = None
        self._total: int | None = None
        self._question = CatalogQuestion(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._count)
        self.edit.textChanged.connect(self._on_text_changed)
        self.build_button.clicked.connect(self._build)
        self.setFocusProxy(self.edit)
        self._set_texts()

    def text(self) -> str:
        """Return the clause, empty for all rasters."""
        return str(self.edit.text()).strip()

    def set_from(self, where: str, known: ConnectedService | None) -> None:
        """Show a clause for a service, and count."""
        before, self._known = self._known, known
        # A service that was read anew may have other rasters.
        if before is None or known is None or before.service is not known.service:
            self._counted = self._total = None
        if before is None or known is None or before.service.url != known.service.url:
            for builder in self.findChildren(WhereBuilder):
                builder.reject()
        # The same clause keeps its spelling and the place of the cursor.
        if where != self.text():
            self._is_setting = True
            self.edit.setText(where)
            self._is_setting = False
        self.build_button.setEnabled(has_catalog(known))
        if self._counted != self.text():
            self._count()

    def refusal(self) -> str:
        """Return why the server refuses the clause, as far as it has answered. A lost network is no refusal."""
        return self._refusal

    def set_problem(self, problem: str) -> None:
        """Show what is wrong with the clause."""
        self._problem = problem
        self._show_problem()

    def show_total(self, shown: bool) -> None:
        """Show the number of all rasters, or hide it if other options decide which are drawn."""
        self._shows_total = shown
        self._show_count()

    def _set_texts(self) -> None:
        self.edit.setPlaceholderText(tr("All rasters"))
        self.edit.setAccessibleName(tr("Where clause"))
        self.edit.setToolTip(
            tr("SQL on the fields of the catalog that picks rasters, as {example}.").format(
                example="CloudCover < 10 AND AcquisitionDate > DATE '2001-12-31'"
            )
        )
        self.build_button.setText(tr("Build…"))
        self.build_button.setToolTip(tr("Build the clause from the fields of the catalog."))
        self.build_button.setIcon(QgsApplication.getThemeIcon("/mActionFilter2.svg"))

    def _on_text_changed(self) -> None:
        if self._is_setting:
            return
        self._question.cancel()
        self._set_state("", "")
        self._pause.start()
        self.changed.emit()

    def _count(self) -> None:
        self._pause.stop()
        self._counted = None
        known, where, total = self._known, self.text(), self._total
        if known is None or not has_catalog(known):
            self._question.cancel()
            self._set_state("", "")
            return

        def count(catalog: Catalog) -> tuple[int, int]:
            every = catalog.count() if total is None else total
            return (catalog.count(where) if where else every), every

        self._set_state(tr("Counting rasters…"), "")
        self._question.ask(known, count, lambda counts: self._on_counted(where, *counts), self._on_failed)

    def _on_counted(self, where: str, count: int, total: int) -> None:
        self._counted, self._total = where, total
        text = tr("{count} of {total} rasters match") if where else tr("All {total} rasters")
        problem = "" if count or not where else tr("No raster matches; loosen the clause.")
        locale = QLocale()
        shown = text.format(count=locale.toString(count), total=locale.toString(total))
        self._set_state("" if problem else shown, problem, is_refusal=bool(problem))

    def _on_failed(self, error: ImageServerLayerError) -> None:
        self._set_state("", in_words(error), is_refusal=isinstance(error, ServerError) and bool(error.words))

    def _set_state(self, text: str, problem: str, *, is_refusal: bool = False) -> None:
        self.count_label.setText(text)
        self._show_count()
        self._server_problem = problem
        self._show_problem()
        before, self._refusal = self._refusal, problem if is_refusal else ""
        if is_refusal and self._refusal != before:
            self.changed.emit()

    def _show_count(self) -> None:
        self.count_label.setVisible(bool(self.count_label.text()) and (self._shows_total or bool(self.text())))

    def _show_problem(self) -> None:
        self.problem.set_text(self._server_problem or self._problem)

    def _build(self) -> None:
        if self._known is None:
            return
        builder = WhereBuilder(self._known, self.text(), self)
        builder.accepted.connect(lambda: self.edit.setText(builder.sql()))
        builder.finished.connect(builder.deleteLater)
        builder.open()
