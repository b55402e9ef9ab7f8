"""The user's language, for modules that must also run where there is no Qt.

Every text a user sees goes through `tr` or `tr_n` when it is needed, never at import: translators are installed later
than modules are loaded. `make translations` finds the texts by these two names, so they take literal texts only; values
are put in afterwards with `str.format`, so that translators may reorder them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qgis.PyQt.QtCore import QTranslator

CONTEXT = "ImageServerLayer"
"""Under this name the texts of Python code stand in the translations; those of a form have the name of its class."""
FOLDER = Path(__file__).parents[1] / "resources" / "translations"
_NAME = "image_server_layer"


def tr(text: str) -> str:
    """Return `text` in the user's language, or as it is where Qt is absent."""
    translate = _translate()
    return text if translate is None else translate(CONTEXT, text)


def tr_n(one: str, many: str, n: int) -> str:
    """Return the text for `n` of something, in the form of plural that the user's language has for `n`.

    Args:
        one: the English text for 1, such as `%n band`. Translations are found by the other one.
        many: the English text for any other number, such as `%n bands`.
        n: takes the place of `%n`; that of `%Ln` as the user's locale writes it.
    """
    translate = _translate()
    if translate is None:
        return _counted(one if n == 1 else many, n)
    if n == 1 and translate(CONTEXT, many, None, n) == _counted(many, n):
        # There is no translation, and English itself has none.
        return _counted(one, n)
    return translate(CONTEXT, many, None, n)


@lru_cache(maxsize=1)
def _translate() -> Callable[..., str] | None:
    """Return Qt's translator, None where Qt is absent. Found once: QGIS makes every import slow, and texts are many."""
    try:
        from qgis.PyQt.QtCore import QCoreApplication
    except ImportError:
        return None
    found: Callable[..., str] = QCoreApplication.translate
    return found


def _counted(text: str, n: int) -> str:
    return text.replace("%Ln", str(n)).replace("%n", str(n))


class Translations:
    """The compiled texts of the user's language, where there are any, from `start` to `stop`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._translator: QTranslator | None = None

    def start(self) -> None:
        """Let Qt look texts up in the language that QGIS is set to."""
        from qgis.core import QgsApplication
        from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

        translator = QTranslator()
        if translator.load(QLocale(QgsApplication.locale()), _NAME, "_", str(self._folder)):
            QCoreApplication.installTranslator(translator)
            self._translator = translator

    def stop(self) -> None:
        """Undo `start`."""
        from qgis.PyQt.QtCore import QCoreApplication

        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
