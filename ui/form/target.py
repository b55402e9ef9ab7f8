"""What becomes of what a form shows: a new layer in the project, or another source for one that is there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas, QgsMessageBar

from ...plugin.layer.dated_layers import can_be_dated, one_time_only
from ...plugin.layer.edit import apply_plan
from ...plugin.layer.factory import build_layer, layer_name
from ...plugin.layer.plan import LayerPlan
from ...plugin.layer.snapshot import Snapshot
from ...plugin.service.errors import ImageServerLayerError
from ...plugin.translation import tr
from ..common.announcements import Announcements, Step
from ..common.messages import show_notes

# By what factor the map is larger than the layer's extent, so that the edges can be seen.
_ROOM_AROUND = 1.05


@dataclass(frozen=True)
class TargetTexts:
    """The buttons of a form: what does it and stays open, and what closes, too; and what is said meanwhile.

    `busy` has a place for the `{name}` of the layer. With `finish_is_button` both are buttons of their own. `dates`
    makes layers by their dates; empty where that is not offered.
    """

    apply: str
    apply_tip: str
    finish: str
    finish_tip: str
    busy: str
    is_busy: str
    finish_is_button: bool = False
    dates: str = ""
    dates_tip: str = ""


class Target(ABC):
    """What a form works for. `problem` says why it can only be looked at; empty where it can be used."""

    problem = ""
    keeps_name = False
    """Whether the name is that of a layer, so that none is proposed."""
    take_by_date: Callable[[LayerPlan, QgsMessageBar], None] | None = None
    """As `take`, but asks which of the dates of what is planned become layers; None where that is not offered."""
    announcements: Announcements
    """Says what has been done."""

    @abstractmethod
    def texts(self) -> TargetTexts:
        """Return what the form says."""

    @abstractmethod
    def take(self, plan: LayerPlan, bar: QgsMessageBar) -> None:
        """Do it, and say so in a message bar. Main thread only; nothing is asked.

        Raises:
            ImageServerLayerError: it cannot be done.
        """


class AddTarget(Target):
    """Puts new layers into the project.

    `on_edit` opens what edits a layer, `on_dates` what makes a layer of each of its dates, where there is such a thing.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        announcements: Announcements | None = None,
        on_edit: Callable[[QgsRasterLayer], None] | None = None,
        on_dates: Callable[[QgsRasterLayer], None] | None = None,
    ) -> None:
        self._canvas, self._project = canvas, QgsProject.instance()
        self.announcements = announcements or Announcements()
        self._on_edit = on_edit
        if on_dates is not None:
            self.take_by_date = lambda plan, bar: _take_by_date(plan, bar, on_dates)

    def texts(self) -> TargetTexts:
        """Return what the form says."""
        return TargetTexts(
            tr("&Add"),
            tr("Add the layer to the project, and go on (Ctrl+Return)"),
            tr("Add and Clo&se"),
            tr("Add the layer to the project, and close"),
            tr("Making the layer “{name}”"),
            tr("A layer is being made."),
            dates="" if self.take_by_date is None else tr("Add a Layer for Each &Date…"),
            dates_tip=tr("Choose dates of the service, and add a group with a layer for each of them"),
        )

    def take(self, plan: LayerPlan, bar: QgsMessageBar) -> None:
        """Make the layer, and put it into the project."""
        layer = build_layer(plan)
        self._project.addMapLayer(layer)
        self._project.setDirty(True)
        layer_id = layer.id()
        steps = [Step(tr("Zoom to"), lambda: self._with_layer(layer_id, self._zoom_to))]
        if self._on_edit is not None:
            steps.append(Step(tr("Edit…"), lambda: self._with_layer(layer_id, self._on_edit)))
        steps.append(Step(tr("Undo"), lambda: self._with_layer(layer_id, self._remove), closes=True))
        show_notes(bar, [note.text for note in plan.notes])
        self.announcements.say(bar, tr("The layer “{name}” was added.").format(name=layer.name()), steps)

    def _with_layer(self, layer_id: str, do: Callable[[QgsMapLayer], None] | None) -> None:
        """Do something with a layer, unless it is gone meanwhile."""
        layer = self._project.mapLayer(layer_id)
        if layer is not None and do is not None:
            do(layer)

    def _zoom_to(self, layer: QgsMapLayer) -> None:
        extent = self._canvas.mapSettings().layerExtentToOutputExtent(layer, layer.extent())
        extent.scale(_ROOM_AROUND)
        self._canvas.setExtent(extent)
        self._canvas.refresh()

    def _remove(self, layer: QgsMapLayer) -> None:
        self._project.removeMapLayer(layer.id())
        self._project.setDirty(True)


def _take_by_date(plan: LayerPlan, bar: QgsMessageBar, on_dates: Callable[[QgsRasterLayer], None]) -> None:
    """Make the layer that those of its dates come from; it is not added itself."""
    layer = build_layer(plan)
    if not can_be_dated(layer):
        raise ImageServerLayerError(one_time_only(layer.name()))
    show_notes(bar, [note.text for note in plan.notes])
    on_dates(layer)


class EditTarget(Target):
    """Changes a layer of the project in place. `problem` says why it can only be looked at; empty where it can."""

    keeps_name = True

    def __init__(self, layer: QgsRasterLayer, announcements: Announcements, problem: str = "") -> None:
        self._project, self._layer_id = QgsProject.instance(), layer.id()
        self.announcements = announcements
        self.problem = problem

    def texts(self) -> TargetTexts:
        """Return what the form says."""
        return TargetTexts(
            tr("&Apply"),
            tr("Change the layer, and go on (Ctrl+Return)"),
            tr("&OK"),
            tr("Change the layer, and close"),
            tr("Changing the layer “{name}”"),
            tr("The layer is being changed."),
            finish_is_button=True,
        )

    def take(self, plan: LayerPlan, bar: QgsMessageBar) -> None:
        """Change the layer; *Undo* brings it back."""
        layer = self._project.mapLayer(self._layer_id)
        if layer is None:
            raise ImageServerLayerError(tr("The layer is no longer in the project; close this window."))
        change_layer(layer, plan, bar, self.announcements)


def change_layer(
    layer: QgsRasterLayer, plan: LayerPlan, bar: QgsMessageBar, announcements: Announcements, *, reloads: bool = False
) -> None:
    """Change a layer of the project in place, as a plan says, and say so with a way back.

    With `reloads` its pixels are asked for anew, also where nothing else has changed.
    """
    project, layer_id, before = QgsProject.instance(), layer.id(), Snapshot(layer)
    edited = apply_plan(layer, plan)
    if plan.name and plan.name != layer.name():
        layer.setName(layer_name(plan.name))
    if reloads:
        layer.reload()
    project.setDirty(True)
    after, name_after = (layer.source(), layer.providerType()), layer.name()

    def undo() -> None:
        changed = project.mapLayer(layer_id)
        if changed is None:
            return
        if (changed.source(), changed.providerType()) != after:
            text = tr("The layer “{name}” has been changed again since; undo that first.")
            show_notes(bar, [text.format(name=changed.name())])
            return
        # Who has given it another name since wants to keep that.
        before.restore(changed, "" if changed.name() == name_after else changed.name())
        project.setDirty(True)

    show_notes(bar, [note.text for note in plan.notes])
    said = [tr("The layer “{name}” was changed.").format(name=layer.name())]
    if not edited.keeps_style:
        said.append(tr("Its style did not fit the new bands, so it has the service's own."))
    announcements.say(bar, " ".join(said), [Step(tr("Undo"), undo, closes=True)])
