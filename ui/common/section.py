"""What every part of the form has in common: it shows options and takes them back, and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.layer.connect import ConnectedService
from ...plugin.options.layer_options import LayerOptions


def updates_service(known: ConnectedService | None, before: ConnectedService | None) -> bool:
    """Whether more, or something else, has become known of the service that there was before."""
    if known is None or before is None or known is before:
        return False
    return known.service.url == before.service.url


class Section(QWidget):
    """A part of the form.

    `changed` is emitted when the user, not the program, has changed something, and when the server has refused it.
    """

    changed = pyqtSignal()

    def set_from(self, options: LayerOptions, known: ConnectedService | None) -> None:
        """Show options for a service, without emitting anything.

        None means that there is no service, or none any more: the section is empty and disabled.

        What cannot be read yet, and what the method chosen does not use, are in no options. They outlast news of the
        service (`updates_service`) where the options are still those of the section, and nothing else.
        """

    def apply_to(self, options: LayerOptions) -> LayerOptions:
        """Return `options` with what this section shows in place of its own fields; other fields stay."""
        return options

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show each problem beside its field, and no longer those that are gone.

        Keys are the names of `LayerOptions` fields; those of other sections are not looked at.
        """

    def input_problems(self) -> Mapping[str, str]:
        """Return what is wrong with what was typed and is no value at all, so that no options can hold it.

        Keys are as in `show_problems`; the section itself shows these, too.
        """
        return {}

    def differs(self) -> bool:
        """Whether anything was chosen here, so that it is not as the service has it by itself."""
        return self.apply_to(LayerOptions()) != LayerOptions() or bool(self.input_problems())
