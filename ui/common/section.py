"""What every part of the form has in common: it shows options and takes them back, and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.options.layer_options import LayerOptions
from ...plugin.service.access import DEFAULT_TIMEOUT
from ...plugin.service.image_service import ImageService
from ...plugin.service.transport import Transport


@dataclass(frozen=True)
class KnownService:
    """What is known of the service the form is about.

    `output` is its description after the chosen processing template, as far as the server has told it yet: the
    service's own until then. `authcfg`, `referer` and `timeout` (seconds) are those to ask it with.
    """

    service: ImageService
    output: ImageService
    authcfg: str = ""
    referer: str = ""
    timeout: float = DEFAULT_TIMEOUT

    def transport(self, feedback: QgsFeedback) -> Transport:
        """Return what asks the service; `feedback` cancels it."""
        return Transport(self.authcfg, self.referer, self.timeout, feedback)

    def is_news_of(self, before: KnownService | None) -> bool:
        """Whether more, or something else, has become known of the service that there was before."""
        return before is not None and self is not before and self.service.url == before.service.url


class Section(QWidget):
    """A part of the form.

    `changed` is emitted when the user, not the program, has changed something, and when the server has refused it.
    """

    changed = pyqtSignal()

    def set_from(self, options: LayerOptions, known: KnownService | None) -> None:
        """Show options for a service, without emitting anything.

        None means that there is no service, or none any more: the section is empty and disabled.

        What cannot be read yet, and what the method chosen does not use, are in no options. They outlast news of the
        service (`KnownService.is_news_of`) where the options are still those of the section, and nothing else.
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
