"""Numbers in lines to edit: exact, with a decimal point, the same in every country."""

from __future__ import annotations

# Beyond this, not every whole number is a float.
_LARGEST_WHOLE = 2**53


def number_text(value: float) -> str:
    """Return the shortest text that reads as exactly this number."""
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_WHOLE:
        return str(int(value))
    return repr(value)
