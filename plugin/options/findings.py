"""What is wrong or odd about options, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from ..service.errors import OptionError, shortened
from ..translation import tr
from .wording import option_label


@dataclass(frozen=True)
class Note:
    """Something odd but harmless that the user should know: an option without effect, a default that had to be taken.

    Attributes:
        option: the field of `LayerOptions` that it is about, or one word for what is none, such as `address`,
            `provider` or `classes`.
        text: one sentence in the user's language, plain text; what is longer than an error's is shortened likewise.
    """

    option: str
    text: str

    def __post_init__(self) -> None:
        """Keep a server's words, which may be a part of it, from making it longer than anybody reads."""
        object.__setattr__(self, "text", shortened(self.text))


@dataclass(frozen=True)
class Findings:
    """What a check found; with errors, no layer can be made. Each is a sentence that names value and remedy."""

    errors: tuple[OptionError, ...] = ()
    notes: tuple[Note, ...] = ()

    def raise_first(self) -> None:
        """Raise the first of the errors, if there are any.

        Raises:
            OptionError: there are.
        """
        if self.errors:
            raise self.errors[0]


if TYPE_CHECKING:
    # Not at run time: Python would keep the classes in a cache of its own when the plugin is reloaded.
    Finding = Union[OptionError, Note]


def unused(option: str, reason: str) -> Note:
    """Return the note about an option that has no effect, and why."""
    return Note(
        option, tr("The option “{option}” has no effect: {reason}.").format(option=option_label(option), reason=reason)
    )
