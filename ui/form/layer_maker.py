"""From what a form shows to what its target does with it: planned in the background, then done."""

from __future__ import annotations

from collections.abc import Callable

from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...plugin.layer.options_file import SavedOptions
from ...plugin.layer.plan import LayerPlan, plan_layer
from ...plugin.layer.request import LayerRequest
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.service.warming import warm
from ..common.background import Background
from ..common.messages import show_error
from ..service.recent import RecentService, remember
from .target import Target


class LayerMaker(QObject):
    """Plans one layer at a time on `background`, and hands the plan to a target.

    Errors go to `bar`; what there is to say when the form closes, to `main_bar`. `dress` gives a plan what no section
    shows. `made` tells the `LayerRequest` that has become a layer, and whether the form is to close.
    """

    made = pyqtSignal(object, bool)

    def __init__(
        self,
        background: Background,
        target: Target,
        bar: QgsMessageBar,
        main_bar: QgsMessageBar,
        dress: Callable[[LayerPlan], LayerPlan],
    ) -> None:
        super().__init__(background)
        warm(self)
        self._background, self._target = background, target
        self._bar, self._main_bar, self._dress = bar, main_bar, dress

    def make(
        self, request: LayerRequest, choices: SavedOptions, *, closes: bool = False, by_date: bool = False
    ) -> None:
        """Plan a layer, then let the target have it, or its dates; `choices` are remembered with its service."""
        self._bar.clearWidgets()
        self._background.run(
            self._target.texts().busy.format(name=request.name),
            lambda feedback: plan_layer(request, feedback),
            lambda plan: self._hand_over(request, choices, plan, closes=closes, by_date=by_date),
            lambda error: show_error(self._bar, error),
        )

    def _hand_over(
        self, request: LayerRequest, choices: SavedOptions, plan: LayerPlan, *, closes: bool, by_date: bool
    ) -> None:
        take = (self._target.take_by_date if by_date else None) or self._target.take
        try:
            take(self._dress(plan), self._main_bar if closes else self._bar)
        except ImageServerLayerError as error:
            show_error(self._bar, error)
            return
        remember(RecentService(choices, request.access))
        self.made.emit(request, closes)
