"""A box for one number, which shows no more decimals than the number has."""

from __future__ import annotations

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtGui import QValidator
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

# Enough for a z factor that converts meters to degrees, and some more.
_DECIMALS = 10
_LARGEST = 1e15
# Of what has a unit, degrees and percent.
_STEP_OF_UNITS = 5.0


class NumberBox(QDoubleSpinBox):
    """Takes numbers between two limits, None for none, with a unit behind them."""

    def __init__(
        self, minimum: float | None, maximum: float | None, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setDecimals(_DECIMALS)
        self.setRange(-_LARGEST if minimum is None else minimum, _LARGEST if maximum is None else maximum)
        self.setSuffix(unit if unit in ("", "°") else f" {unit}")
        if unit:
            self.setSingleStep(_STEP_OF_UNITS)
        else:
            self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:
        """Return a number with the decimals that it has, in the user's country."""
        text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
        return text.replace(".", _decimal_mark()) if text not in ("", "-0") else "0"

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Take the decimal mark of another country for that of the user's own: Qt would read 1,5 as 15."""
        mark = _decimal_mark()
        validated: tuple[QValidator.State, str, int] = super().validate(
            text.replace("." if mark == "," else ",", mark), position
        )
        return validated


def _decimal_mark() -> str:
    """Return what stands before the decimals in the user's country."""
    return str(QLocale().decimalPoint())
