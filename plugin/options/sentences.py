"""Values inside sentences: short enough to be read, and names that are near to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from ..translation import tr

# Characters of a value that a sentence repeats.
_LONGEST_SHOWN = 80


def shortened(value: object) -> str:
    """Return what was given for an option, on one line that leaves a sentence readable."""
    line = " ".join(str(value).split())
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 1] + "…"


def closest_names(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three of `names` that look most like `name`, the best first; case does not matter."""
    by_folded = {candidate.casefold(): candidate for candidate in names}
    return [by_folded[folded] for folded in get_close_matches(name.casefold(), by_folded, n=3)]


def quoted_list(names: Iterable[object]) -> str:
    """Return names for a sentence: each in the quotation marks of the user's language, with commas between."""
    quoted = tr("“{name}”")
    return ", ".join(quoted.format(name=name) for name in names)
