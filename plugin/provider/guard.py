"""How QGIS and Python call a provider: what QGIS calls must not raise, and may have to do something else.

An exception that leaves a method called from C++ ends QGIS 3.40 and 3.44. Some methods have two callers with different
needs: QGIS owns what it is given and must not wait on its main thread, a script in Python owns what it gets and wants
the truth however long it takes.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from types import MethodType
from typing import Any, TypeVar

from ..service.defects import log_defect

Method = TypeVar("Method", bound=Callable[..., Any])


def never_raises(otherwise: Callable[[], object]) -> Callable[[Method], Method]:
    """Make a method answer `otherwise()` where it would raise; the defect goes to QGIS' message log.

    What can go wrong with a server is no defect, and is dealt with inside the methods.
    """

    def decorate(method: Method) -> Method:
        @wraps(method)
        def guarded(*given: Any, **named: Any) -> Any:
            try:
                return method(*given, **named)
            except Exception as error:
                log_defect(error)
                return otherwise()

        return guarded  # type: ignore[return-value]

    return decorate


class ForScripts:
    """A method as Python calls it. What QGIS is to call instead is set with `called_by_qgis`.

    PyQt looks for a method in the object's own dictionary before it looks in the class. Python prefers the class when
    it finds there, as here, something that can be set.
    """

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __get__(self, provider: object | None, _: type) -> Any:
        return self if provider is None else MethodType(self._method, provider)

    def __set__(self, _: object, __: object) -> None:
        raise AttributeError("a method of the provider cannot be replaced")


def called_by_qgis(provider: Any, name: str, method: str) -> None:
    """Let QGIS call another method where Python calls the `ForScripts` of that name."""
    # Not a bound method: the object would hold itself.
    owner = weakref.ref(provider)

    def call(*given: Any) -> Any:
        return getattr(owner(), method)(*given)

    provider.__dict__[name] = call
