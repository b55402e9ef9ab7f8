"""What a processing template can be, as a list that can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, QSortFilterProxyModel, Qt
from qgis.PyQt.QtGui import QFont

from ...plugin.options.processing_template import RAW, RAW_PIXELS, SERVICE_DEFAULT, ProcessingTemplate
from ...plugin.options.well_known import (
    WellKnownFunction,
    all_functions,
    default_template,
    default_values,
    fitting_functions,
    problems_of,
)
from ...plugin.service.image_service import ImageService, RasterFunction
from ...plugin.service.plain_text import escaped
from ...plugin.translation import tr

KIND_ROLE = Qt.ItemDataRole.UserRole
TEMPLATE_ROLE = Qt.ItemDataRole.UserRole + 1
# What is sent for a row, as a `ProcessingTemplate`; None where that is yet to be said.
RULE_ROLE = Qt.ItemDataRole.UserRole + 2


class Kind(Enum):
    """What a row stands for."""

    DEFAULT = "default"
    RAW = "raw"
    CUSTOM = "custom"
    PUBLISHED = "published"
    # What every service knows, under a heading.
    WELL_KNOWN = "well known"
    HEADING = "heading"


# Those that a filter looks into.
_FUNCTIONS = (Kind.PUBLISHED, Kind.WELL_KNOWN)


class _Row(NamedTuple):
    kind: Kind
    function: RasterFunction
    label: str
    # Of what every service knows, it is made when it is asked for.
    rule: ProcessingTemplate | None = None


class FunctionList(QAbstractTableModel):
    """Names and descriptions: the service's default, raw pixels, a chain of one's own, and functions.

    First come those that the service publishes, then, under a heading, those that every service knows, as far as they
    fit its data.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        # What a filter looks into, row by row; made when there is one.
        self._texts: list[str] = []
        self._service: ImageService | None = None
        # What fits one service or another, with its texts: made once.
        self._all_known: tuple[WellKnownFunction, ...] = ()
        self.well_known: tuple[WellKnownFunction, ...] = ()
        # By the names of functions: what is drawn of them, found once they are seen.
        self._rules: dict[str, ProcessingTemplate | None] = {}

    def show_service(self, service: ImageService | None) -> None:
        """Show what a service has."""
        self.beginResetModel()
        self._service = service
        if service is not None:
            self._all_known = self._all_known or all_functions()
        self.well_known = () if service is None else fitting_functions(self._all_known, service)
        self._rows = [] if service is None else _rows(service, self.well_known)
        self._texts = []
        self._rules = {}
        self.endResetModel()

    def kinds(self) -> list[Kind]:
        """Return what the rows stand for."""
        return [row.kind for row in self._rows]

    def text(self, row: int) -> str:
        """Return name and description of a row, to look for words in."""
        if not self._texts:
            self._texts = [
                f"{function.name} {label} {function.description}".casefold() for _, function, label, _ in self._rows
            ]
        return self._texts[row]

    def row_of(self, kind: Kind, name: str = "") -> int | None:
        """Return the row of a kind, or of a function."""
        for number, row in enumerate(self._rows):
            if row.kind is kind and (kind not in _FUNCTIONS or row.function.name == name):
                return number
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
        kind, function, label, rule = self._rows[index.row()]
        if role == KIND_ROLE:
            return kind
        if role == TEMPLATE_ROLE:
            return function
        if role == RULE_ROLE:
            return self._rule(function.name) if kind is Kind.WELL_KNOWN else rule
        if role == Qt.ItemDataRole.FontRole and kind is Kind.HEADING:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.DisplayRole:
            return (label, " ".join(function.description.split()))[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return escaped(function.description) or None
        return None

    def _rule(self, name: str) -> ProcessingTemplate | None:
        """Return what is drawn of a function that every service knows: with the values that ArcGIS proposes, if any."""
        if name not in self._rules and self._service is not None:
            function = next(known for known in self.well_known if known.name == name)
            self._rules[name] = _proposed(function, self._service)
        return self._rules.get(name)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        if index.isValid() and self._rows[index.row()].kind is Kind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class TemplateFilter(QSortFilterProxyModel):
    """Leaves the functions in whose name or description each of the words occurs; what is not published stays."""

    def __init__(self, functions: FunctionList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._functions = functions
        self._words: list[str] = []
        # By the rows of all: whether they are shown. None without words, as hundreds are asked about for each service.
        self._accepted: list[bool] | None = None
        functions.modelAboutToBeReset.connect(self._forget)
        self.setSourceModel(functions)

    def set_text(self, text: str) -> None:
        """Set the words to look for."""
        words = text.casefold().split()
        if words != self._words:
            self._words, self._accepted = words, None
            self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Whether a row is shown."""
        del parent
        if not self._words:
            return True
        if self._accepted is None:
            self._accepted = self._judged()
        return self._accepted[row]

    def counts(self) -> tuple[int, int]:
        """Return how many functions are shown, and how many there are."""
        kinds = self._functions.kinds()
        total = sum(kind in _FUNCTIONS for kind in kinds)
        if not self._words:
            return total, total
        accepted = self._accepted or self._judged()
        return sum(is_shown and kind in _FUNCTIONS for kind, is_shown in zip(kinds, accepted)), total

    def _forget(self) -> None:
        self._accepted = None

    def _judged(self) -> list[bool]:
        """Return which rows are shown; a heading is where anything below it is."""
        kinds = self._functions.kinds()
        accepted = [kind not in _FUNCTIONS or self._has_words(row) for row, kind in enumerate(kinds)]
        for row, kind in enumerate(kinds):
            if kind is Kind.HEADING:
                accepted[row] = any(accepted[row + 1 :])
        return accepted

    def _has_words(self, row: int) -> bool:
        text = self._functions.text(row)
        return all(word in text for word in self._words)


def _rows(service: ImageService, well_known: Sequence[WellKnownFunction]) -> list[_Row]:
    rows = [_Row(Kind.DEFAULT, _default_function(service), _default_label(service), SERVICE_DEFAULT)]
    if not service.allows_functions:
        return rows
    raw = RasterFunction(RAW_PIXELS, tr("The pixels as they are stored, without any function."))
    custom = RasterFunction("", tr("Raster functions of your own, which the server applies one after the other."))
    rows.append(_Row(Kind.RAW, raw, tr("None: raw pixels"), RAW))
    rows.append(_Row(Kind.CUSTOM, custom, tr("Function chain (JSON)…")))
    for function in service.functions:
        if function.name.casefold() != RAW_PIXELS.casefold():
            rows.append(_Row(Kind.PUBLISHED, function, function.name, ProcessingTemplate(function.name)))
    if well_known:
        text = tr("Functions that every ArcGIS image service knows, with parameters to set.")
        rows.append(_Row(Kind.HEADING, RasterFunction("", text), tr("Functions of ArcGIS")))
    return rows + [
        _Row(Kind.WELL_KNOWN, RasterFunction(known.name, known.description), known.label) for known in well_known
    ]


def _proposed(function: WellKnownFunction, service: ImageService) -> ProcessingTemplate | None:
    """Return a function with the values that ArcGIS proposes; None where these do not make a whole one."""
    is_whole = not problems_of(function, default_values(function, service), len(service.bands))
    return default_template(function, service) if is_whole else None


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
