"""What a processing template can be, as a list that can be filtered."""

from __future__ import annotations

from enum import Enum
from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from ...plugin.options.processing_template import RAW_PIXELS
from ...plugin.service.image_service import ImageService, RasterFunction
from ...plugin.service.plain_text import escaped
from ...plugin.translation import tr

KIND_ROLE = Qt.ItemDataRole.UserRole
TEMPLATE_ROLE = Qt.ItemDataRole.UserRole + 1


class Kind(Enum):
    """What a row stands for."""

    DEFAULT = "default"
    RAW = "raw"
    CUSTOM = "custom"
    PUBLISHED = "published"


class FunctionList(QAbstractTableModel):
    """Names and descriptions: the service's default, raw pixels, a chain of one's own, and what is published."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Kind, RasterFunction, str]] = []

    def show_service(self, service: ImageService | None) -> None:
        """Show what a service has."""
        self.beginResetModel()
        self._rows = [] if service is None else _rows(service)
        self.endResetModel()

    def row_of(self, kind: Kind, name: str = "") -> int | None:
        """Return the row of a kind, or of a published function."""
        for row, (this_kind, function, _) in enumerate(self._rows):
            if this_kind is kind and (kind is not Kind.PUBLISHED or function.name == name):
                return row
        return None

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Template"), tr("Description"))[section]
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or what its row stands for."""
        kind, function, label = self._rows[index.row()]
        if role == KIND_ROLE:
            return kind
        if role == TEMPLATE_ROLE:
            return function
        if role == Qt.ItemDataRole.DisplayRole:
            return (label, " ".join(function.description.split()))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return escaped(function.description) or None
        return None


class TemplateFilter(QSortFilterProxyModel):
    """Leaves the functions in whose name or description each of the words occurs; what is not published stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def set_text(self, text: str) -> None:
        """Set the words to look for."""
        self._words = text.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Whether a row is shown."""
        if not self._words:
            # Hundreds are asked about whenever a service is shown.
            return True
        index = self.sourceModel().index(row, 0, parent)
        if index.data(KIND_ROLE) is not Kind.PUBLISHED:
            return True
        return self.accepts(index.data(TEMPLATE_ROLE))

    def accepts(self, function: RasterFunction) -> bool:
        """Whether each of the words occurs in the name or description of a function."""
        if not self._words:
            return True
        text = f"{function.name} {function.description}".casefold()
        return all(word in text for word in self._words)


def _rows(service: ImageService) -> list[tuple[Kind, RasterFunction, str]]:
    rows = [(Kind.DEFAULT, _default_function(service), _default_label(service))]
    if not service.allows_functions:
        return rows
    raw = RasterFunction(RAW_PIXELS, tr("The pixels as they are stored, without any function."))
    custom = RasterFunction("", tr("Raster functions of your own, which the server applies one after the other."))
    rows.append((Kind.RAW, raw, tr("None: raw pixels")))
    rows.append((Kind.CUSTOM, custom, tr("Function chain (JSON)…")))
    published = [function for function in service.functions if function.name.casefold() != RAW_PIXELS.casefold()]
    return rows + [(Kind.PUBLISHED, function, function.name) for function in published]


def _default_label(service: ImageService) -> str:
    if service.allows_functions and service.default_function:
        return tr("Service default ({name})").format(name=service.default_function)
    return tr("Service default (raw pixels)")


def _default_function(service: ImageService) -> RasterFunction:
    if service.allows_functions and service.default_function:
        first = service.functions[0]
        text = tr("What the server applies by default: {description}").format(
            description=first.description or first.name
        )
        return RasterFunction(first.name, text, first.help, first.thumbnail)
    return RasterFunction("", tr("The server applies no function by default."))
