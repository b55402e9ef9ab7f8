"""Texts as long as translations can be: another language than English takes up to 40 % more room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTranslator

from image_server_layer.plugin.translation import CONTEXT, tr

MORE = 0.4
_FILLER = ("äußerst", "überlange", "Wörter")
_PLACEHOLDER = re.compile(r"\{\w+\}")


class LongTexts(QTranslator):
    """Makes every text of the plugin 40 % longer, with letters that reach higher and words that can be wrapped."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's
        """Qt takes no translator that is empty."""
        return False

    def translate(
        self, context: str | None, source: str | None, disambiguation: str | None = None, number: int = -1
    ) -> str | None:
        """Return the longer text; none for those of Qt and QGIS, which stay as they are."""
        del disambiguation, number
        return lengthened(source) if context == CONTEXT and source else None


def lengthened(text: str) -> str:
    """Return a text with 40 % more characters that are seen; values to be put in stay as they are."""
    missing = round(len(_PLACEHOLDER.sub("", text)) * MORE)
    words = cycle(_FILLER)
    longer = ""
    while len(longer) < missing:
        longer += f" {next(words)}"
    # A sign at the end, such as that of a menu or a unit, stays there.
    body, tail = re.fullmatch(r"(.*?)([….: ]*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{body}{longer}{tail}"


@contextmanager
def long_texts() -> Iterator[None]:
    """Let the texts that are made meanwhile be long ones."""
    translator = LongTexts()
    assert QgsApplication.installTranslator(translator)
    try:
        # Under another name than the plugin's, no text would be longer, and everything would fit.
        assert tr("Cell size") == lengthened("Cell size") != "Cell size"
        yield
    finally:
        QgsApplication.removeTranslator(translator)
