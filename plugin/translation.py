"""The user's language, for modules that must also run where there is no Qt.

Every text a user sees goes through `tr` when it is needed, never at import: translators are installed later than
modules are loaded.
"""

from __future__ import annotations


def tr(text: str) -> str:
    """Return `text` in the user's language, or as it is where Qt is absent.

    Values are put in afterwards with `str.format`, so that translators may reorder them.
    """
    try:
        from qgis.PyQt.QtCore import QCoreApplication
    except ImportError:
        return text
    return QCoreApplication.translate("@default", text)
