"""Fields of the tables that come home, under the names that each release of QGIS has for their types."""

from __future__ import annotations

from enum import Enum

from qgis.core import Qgis, QgsField, QgsFields, QgsProcessingUtils
from qgis.PyQt.QtCore import QMetaType, QVariant

# The first release of QGIS that warns of the types of QVariant.
_FIRST_WITH_META_TYPES = 33800


class Type(Enum):
    """What a field holds: the names of QMetaType and of QVariant."""

    INTEGER = ("Int", "Int")
    LONG = ("LongLong", "LongLong")
    REAL = ("Double", "Double")
    TEXT = ("QString", "String")
    DATE = ("QDate", "Date")
    TIME = ("QTime", "Time")
    DATE_TIME = ("QDateTime", "DateTime")


def field(name: str, kind: Type, alias: str = "") -> QgsField:
    """Return a new field."""
    meta_type, variant = kind.value
    if Qgis.QGIS_VERSION_INT >= _FIRST_WITH_META_TYPES:
        made = QgsField(name, getattr(QMetaType.Type, meta_type))
    else:
        made = QgsField(name, getattr(QVariant, variant))
    if alias and alias != name:
        made.setAlias(alias)
    return made


def with_field(fields: QgsFields, name: str, kind: Type) -> QgsFields:
    """Return the fields and one more, which gets a number where another is called alike."""
    single = QgsFields()
    single.append(field(name, kind))
    return QgsProcessingUtils.combineFields(fields, single)
