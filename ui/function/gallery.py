"""Processing templates as thumbnails of the service itself, of which those in sight are drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QHideEvent, QImage, QPaintEvent, QResizeEvent, QShowEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView, QWidget

from ...plugin.backend.thumbnails import Thumbnail
from ...plugin.layer.thumbnails import ThumbnailView
from ...plugin.options.processing_template import ProcessingTemplate
from ...plugin.service.errors import OptionError
from ...plugin.service.warming import warm
from ..common.thumbnail_loader import ThumbnailLoader
from .function_list import KIND_ROLE, RULE_ROLE, TEMPLATE_ROLE, Kind
from .tile import Tile, TileDelegate, picture_size, tile_size

if TYPE_CHECKING:
    # Not at run time: Python would keep the class in a cache of its own when the plugin is reloaded.
    _Key = tuple[Kind, str, tuple[int, int]]

# The height in rows of tiles: part of a third row shows that there are more.
_ROWS_SHOWN = 2.25
# In milliseconds: how long scrolling, and the view of the preview, must rest before thumbnails are requested.
_PATIENCE, _LONG_PATIENCE = 150, 500
_TILES_AT_ONCE = 60


class FunctionGallery(QListView):
    """Shows the list of functions as tiles.

    Only thumbnails in sight are requested, a few at a time; those that go out of sight, also because of a tab, a window
    or a form that scrolls, are stopped. `set_view` tells what thumbnails show.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gallery")
        self._view: ThumbnailView | None = None
        self._problem = ""
        self._count = 0
        # Columns and rows of a thumbnail; found anew with another font or screen.
        self._size: tuple[tuple[int, int], float] | None = None
        self._chain: ProcessingTemplate | None = None
        self._chain_of = ""
        self._thumbnails: dict[_Key, Thumbnail | str] = {}
        # The last thumbnails of the same service, shown until new ones come.
        self._former: dict[_Key, Thumbnail] = {}
        # What is to be brought into sight as soon as it is laid out.
        self._sought = QPersistentModelIndex()
        self._loader = ThumbnailLoader(self)
        self._loader.arrived.connect(self._repaint)
        self._loader.polled.connect(self._look)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        warm(self._later)
        self._later.timeout.connect(self._look)
        self.setItemDelegate(TileDelegate(self.tile, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        # Hundreds of tiles are laid out a few rows at a time.
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_TILES_AT_ONCE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always on, as tiles would jump between rows if the width changed.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._on_scrolled())
        self.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._seek())
        # By wheel, mouse or keys: the user looks at something else.
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._seek_nothing())
        self.fit(0)

    @property
    def is_drawing(self) -> bool:
        """Whether thumbnails are being asked for."""
        return self._loader.is_busy

    @property
    def is_busy(self) -> bool:
        """Whether thumbnails are being asked for, or about to be."""
        return self._loader.is_busy or self._later.isActive()

    def set_view(
        self,
        view: ThumbnailView | None,
        chain: ProcessingTemplate | None = None,
        problem: str = "",
        chain_of: str = "",
    ) -> None:
        """Set what the thumbnails show; None, with a problem, if they cannot show anything.

        `chain` is the user's own function, None if there is none yet: a chain, or a function that every service knows
        by the name `chain_of`.
        """
        is_read_anew = self._is_read_anew(view)
        said = (self._view, self._chain, self._problem, self._chain_of)
        if (view, chain, problem, chain_of) == said and not is_read_anew:
            return
        if is_read_anew:
            self._loader.forget_session()
        if view != self._view:
            self._loader.forget()
            self._remember(view)
        self._view, self._chain, self._problem, self._chain_of = view, chain, problem, chain_of
        self._thumbnails.clear()
        if view is None:
            self.stop()
        else:
            self._later.start(_LONG_PATIENCE)
        self._repaint()

    def stop(self) -> None:
        """Ask for nothing, until something comes into sight again."""
        self._later.stop()
        self._loader.stop()

    def tile(self, index: QModelIndex) -> Tile:
        """Return what a tile shows in addition to its name."""
        if index.data(KIND_ROLE) is Kind.HEADING:
            return Tile(is_heading=True)
        thumbnail = self._thumbnail(index)
        if not isinstance(thumbnail, Thumbnail):
            return Tile(problem=thumbnail, is_chain=index.data(RULE_ROLE) is None)
        problem = self._loader.problem(thumbnail)
        image = None if problem else self._loader.image(thumbnail)
        meanwhile = None if problem or image else self._loader.published(thumbnail) or self._former_image(index)
        return Tile(image, meanwhile, problem, is_failure=bool(problem))

    def scrollTo(
        self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a tile into sight; one that is still to be laid out, once it is, unless another is sought by then."""
        super().scrollTo(index, hint)
        self._sought = QPersistentModelIndex() if self._is_in_sight(index) else QPersistentModelIndex(index)

    def scrollToTop(self) -> None:
        """Bring the first tiles into sight."""
        self._sought = QPersistentModelIndex()
        super().scrollToTop()

    def _seek(self) -> None:
        """Bring into sight what is sought, now that more has been laid out."""
        if not self._sought.isValid():
            return
        index = QModelIndex(self._sought)
        super().scrollTo(index)
        if self._is_in_sight(index):
            self._sought = QPersistentModelIndex()

    def _seek_nothing(self) -> None:
        self._sought = QPersistentModelIndex()

    def _keep_in_sight(self) -> None:
        """Seek what can be seen now: tiles are laid out anew, a few at a time, and until then there are few."""
        if self._sought.isValid() or not self.verticalScrollBar().value():
            return
        chosen = self.currentIndex()
        seen = [chosen] if chosen.isValid() and self._is_in_sight(chosen) else self.seen()
        if seen:
            self._sought = QPersistentModelIndex(seen[0])

    def _is_in_sight(self, index: QModelIndex) -> bool:
        return bool(self.viewport().rect().intersects(self.visualRect(index)))

    def seen(self) -> list[QModelIndex]:
        """Return the tiles that a user sees at least a part of, in their order."""
        sight = self.viewport().visibleRegion().boundingRect()
        model = self.model()
        if sight.isEmpty() or model is None or self.window().isMinimized():
            return []
        bottoms, found = _Bottoms(self), []
        for row in range(bisect_left(bottoms, sight.top()), len(bottoms)):
            index = model.index(row, 0)
            rect = self.visualRect(index)
            if rect.top() > sight.bottom():
                break
            if rect.intersects(sight):
                found.append(index)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles; whatever has come into sight is asked for in a while."""
        super().paintEvent(event)
        if not self._later.isActive() and not self._loader.is_busy:
            self._later.start(_PATIENCE)

    def showEvent(self, event: QShowEvent) -> None:
        """Try again what has failed before."""
        super().showEvent(event)
        self._loader.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing that nobody sees."""
        super().hideEvent(event)
        self.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size = None
            self._thumbnails.clear()
            self._fit()

    def picture_size(self) -> tuple[int, int]:
        """Return columns and rows of a thumbnail, in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        if self._size is None or self._size[1] != ratio:
            size = picture_size(self.fontMetrics())
            self._size = (round(size.width() * ratio), round(size.height() * ratio)), ratio
        return self._size[0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the whole width, and look at the same tiles."""
        self._keep_in_sight()
        super().resizeEvent(event)
        self._fit()

    def fit(self, count: int) -> None:
        """Be as high as so many tiles need, up to a few rows."""
        self._count = count
        self._fit()

    def _fit(self) -> None:
        tile, bar = tile_size(self.fontMetrics()), self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(2 * tile.width() + bar + 2 * self.frameWidth())
        # Qt begins a new row when there is no pixel left.
        width = self.viewport().width() - 1
        columns = max(1, width // tile.width())
        self.setGridSize(QSize(max(tile.width(), width // columns), tile.height()))
        rows = min(ceil(self._count / columns), _ROWS_SHOWN)
        self.setFixedHeight(round(max(rows, 1) * tile.height()) + 2 * self.frameWidth())

    def _repaint(self) -> None:
        self.viewport().update()

    def _on_scrolled(self) -> None:
        self._loader.keep(self._wanted())
        self._later.start(_PATIENCE)

    def _look(self) -> None:
        """Request what is in sight, or at least stop requesting what is not."""
        if self._view is None:
            self.stop()
        elif self._later.isActive():
            self._loader.keep(self._wanted())
        else:
            self._loader.want(self._view.access, self._wanted())

    def _wanted(self) -> dict[Thumbnail, str]:
        """Return the thumbnails in sight, with what is published in their place."""
        wanted = {}
        for index in self.seen():
            thumbnail = self._thumbnail(index)
            if isinstance(thumbnail, Thumbnail):
                wanted[thumbnail] = index.data(TEMPLATE_ROLE).thumbnail
        return wanted

    def _thumbnail(self, index: QModelIndex) -> Thumbnail | str:
        """Return the thumbnail to request, or else why there is none; the reason may be empty."""
        if self._view is None:
            return self._problem
        key = self._key(index)
        if key not in self._thumbnails:
            self._thumbnails[key] = self._made(self._view, index)
        return self._thumbnails[key]

    def _key(self, index: QModelIndex) -> _Key:
        return index.data(KIND_ROLE), index.data(TEMPLATE_ROLE).name, self.picture_size()

    def _is_read_anew(self, view: ThumbnailView | None) -> bool:
        """Whether the service was refreshed, so that it may draw something else now."""
        if view is None or self._view is None:
            return False
        return view.service is not self._view.service and view.service.url == self._view.service.url

    def _remember(self, view: ThumbnailView | None) -> None:
        """Remember what is shown now, to show it faded until thumbnails of another view have come."""
        former = self._view
        if view is None or former is None or view.service is not former.service or view.access != former.access:
            self._former.clear()
            return
        for key, thumbnail in self._thumbnails.items():
            if isinstance(thumbnail, Thumbnail) and self._loader.image(thumbnail) is not None:
                self._former[key] = thumbnail

    def _former_image(self, index: QModelIndex) -> QImage | None:
        former = self._former.get(self._key(index))
        is_chain = index.data(KIND_ROLE) is Kind.CUSTOM
        return None if former is None or is_chain else self._loader.image(former)

    def _made(self, view: ThumbnailView, index: QModelIndex) -> Thumbnail | str:
        own = (Kind.WELL_KNOWN, self._chain_of) if self._chain_of else (Kind.CUSTOM, "")
        is_own = (index.data(KIND_ROLE), index.data(TEMPLATE_ROLE).name) == own
        template = self._chain if is_own and self._chain is not None else index.data(RULE_ROLE)
        if template is None:
            return ""
        try:
            return view.through(template, self.picture_size())
        except OptionError as error:
            return error.message


class _Bottoms(Sequence[int]):
    """The lower edges of the tiles, from the top of the visible part; they increase row by row."""

    def __init__(self, gallery: FunctionGallery) -> None:
        self._gallery, self._model = gallery, gallery.model()

    def __len__(self) -> int:
        return int(self._model.rowCount())

    def __getitem__(self, row: Any) -> Any:
        return self._gallery.visualRect(self._model.index(row, 0)).bottom()
