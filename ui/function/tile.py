"""One tile of the gallery: a thumbnail with a name below it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt
from qgis.PyQt.QtGui import (
    QFontMetrics,
    QHelpEvent,
    QImage,
    QPainter,
    QPalette,
    QTextLayout,
    QTextOption,
)
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QToolTip,
)

from ...plugin.service.plain_text import escaped

# In lines of text, so that it grows with the font.
_PICTURE_WIDTH, _PICTURE_HEIGHT, _NAME_LINES = 6.0, 4.5, 2
_MARGIN = 5
# The opacity of a thumbnail that is out of date.
_FADED = 0.45
_CHAIN_SIGN, _WAITING_SIGN = "{ }", "…"
# Where a line may break in names such as NaturalColor and Bands_4_3_2.
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_.-])(?=\w)")
_MAY_BREAK = "\u200b"


@dataclass(frozen=True)
class Tile:
    """What a tile shows beside its name.

    Attributes:
        image: the thumbnail, None where there is none.
        meanwhile: what is shown faded until it comes: what is published for the template, or how it looked before.
        problem: why there is none; empty where it is still to come.
        is_failure: whether the server was asked for it in vain.
        is_chain: whether it stands for a function that is still to be written.
        is_heading: whether it is none, but says what the next ones are.
    """

    image: QImage | None = None
    meanwhile: QImage | None = None
    problem: str = ""
    is_failure: bool = False
    is_chain: bool = False
    is_heading: bool = False


def picture_size(metrics: QFontMetrics) -> QSize:
    """Return the size of a thumbnail."""
    return QSize(round(_PICTURE_WIDTH * metrics.height()), round(_PICTURE_HEIGHT * metrics.height()))


def tile_size(metrics: QFontMetrics) -> QSize:
    """Return the size of a tile, with what keeps it from its neighbors."""
    return picture_size(metrics) + QSize(4 * _MARGIN, 4 * _MARGIN + _NAME_LINES * metrics.lineSpacing())


class TileDelegate(QStyledItemDelegate):
    """Paints tiles, of which `tile_of` says what they show."""

    def __init__(self, tile_of: Callable[[QModelIndex], Tile], parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._tile_of = tile_of
        # Lines of a name, by name, width and font.
        self._lines: dict[tuple[str, int, str], list[str]] = {}
        self._sign = QgsApplication.getThemeIcon("/mIconWarning.svg")

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        """Return the size of a tile."""
        return tile_size(option.fontMetrics)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint a tile as the style paints what can be chosen."""
        # Not `initStyleOption`, which takes time to ask the model for fonts and colors that it does not set.
        option = QStyleOptionViewItem(option)
        option.rect = option.rect.adjusted(1, 1, -1, -1)
        tile = self._tile_of(index)
        if tile.is_heading:
            _paint_heading(painter, option, str(index.data()))
            return
        # The selection covers the whole tile, not only its text.
        option.showDecorationSelected = True
        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        size = picture_size(option.fontMetrics)
        left = option.rect.left() + (option.rect.width() - size.width()) // 2
        picture = QRect(QPoint(left, option.rect.top() + _MARGIN), size)
        painter.save()
        self._paint_picture(painter, option, picture, tile)
        below = option.rect.adjusted(_MARGIN, size.height() + 2 * _MARGIN, -_MARGIN, 0)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(_group(option), _text_role(option)))
        self._paint_name(painter, option, below, str(index.data()))
        painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus = QStyleOptionFocusRect()
            focus.rect, focus.state, focus.palette = option.rect, option.state, option.palette
            style.drawPrimitive(QStyle.PrimitiveElement.PE_FrameFocusRect, focus, painter, option.widget)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Show the whole name, what the template does, and why there is no thumbnail, as a tooltip."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return bool(super().helpEvent(event, view, option, index))
        QToolTip.showText(event.globalPos(), self.tooltip(index), view)
        return True

    def tooltip(self, index: QModelIndex) -> str:
        """Return what is said of a tile under the mouse."""
        described = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        texts = (f"<b>{escaped(str(index.data()))}</b>", described, escaped(self._tile_of(index).problem))
        return "".join(f"<p>{text}</p>" for text in texts if text)

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, name: str) -> None:
        """Paint a name in the middle of a few lines, the last of which is cut where it is too long."""
        key = name, rect.width(), option.font.key()
        if key not in self._lines:
            self._lines[key] = name_lines(name, option, rect.width())
        for number, text in enumerate(self._lines[key]):
            top = rect.top() + number * option.fontMetrics.lineSpacing()
            place = QRect(rect.left(), top, rect.width(), option.fontMetrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextSingleLine, text)

    def _paint_picture(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, tile: Tile) -> None:
        palette, group = option.palette, _group(option)
        image = tile.image or tile.meanwhile
        ground = QPalette.ColorRole.Base if tile.image is not None else QPalette.ColorRole.AlternateBase
        painter.fillRect(rect, palette.color(group, ground))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is not None:
            painter.setOpacity(1.0 if tile.image is not None else _FADED)
            shown = QRect(QPoint(), image.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio))
            shown.moveCenter(rect.center())
            painter.drawImage(shown, image)
            painter.setOpacity(1.0)
        elif tile.is_failure:
            side = 2 * option.fontMetrics.height()
            self._sign.paint(painter, QRect(rect.center() - QPoint(side // 2, side // 2), QSize(side, side)))
        else:
            painter.setPen(palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text))
            sign = _CHAIN_SIGN if tile.is_chain else "" if tile.problem else _WAITING_SIGN
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, sign)
        frame = palette.color(group, QPalette.ColorRole.Mid)
        painter.setPen(frame)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
    """Paint what the next tiles are, in bold and with a line toward them."""
    painter.save()
    font = option.font
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorGroup.Normal, QPalette.ColorRole.Text))
    rect = option.rect.adjusted(_MARGIN, _MARGIN, -2 * _MARGIN, -_MARGIN)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
    painter.setPen(option.palette.color(QPalette.ColorGroup.Normal, QPalette.ColorRole.Mid))
    painter.drawLine(option.rect.right(), rect.top(), option.rect.right(), rect.bottom())
    painter.restore()


def _group(option: QStyleOptionViewItem) -> QPalette.ColorGroup:
    if not option.state & QStyle.StateFlag.State_Enabled:
        return QPalette.ColorGroup.Disabled
    is_active = bool(option.state & QStyle.StateFlag.State_Active)
    return QPalette.ColorGroup.Normal if is_active else QPalette.ColorGroup.Inactive


def _text_role(option: QStyleOptionViewItem) -> QPalette.ColorRole:
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    return QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text


def name_lines(name: str, option: QStyleOptionViewItem, width: int) -> list[str]:
    """Return a name in lines, the last of which is cut where it is too long."""
    name = _SEAM.sub(_MAY_BREAK, name)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(name, option.font)
    layout.setTextOption(wrap)
    layout.beginLayout()
    starts = []
    for _ in range(_NAME_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    parts = (name[start:end].replace(_MAY_BREAK, "").strip() for start, end in zip(starts, [*starts[1:], len(name)]))
    return [option.fontMetrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in parts]
