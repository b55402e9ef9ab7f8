"""Keeps Python's half of what belongs to C++, for as long as C++ keeps its own."""

from __future__ import annotations

from typing import TypeVar

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

Thing = TypeVar("Thing")

# What it owns leaves it when C++ deletes it.
KEEPER = QObject()


def kept(thing: Thing) -> Thing:
    """Hand an object made in Python to C++.

    `sip.transferto(thing, None)` would let Python throw away its half, and with it all methods that Python overrides:
    what is left draws nothing, without a word. What is not handed over at all is deleted under QGIS' feet.
    """
    sip.transferto(thing, KEEPER)
    return thing
