"""Plain text out of HTML, as editors make it of what people write about a service, and plain text inside HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

# What no plain text has: the end of an element, or one that needs no end.
_TAG = re.compile(r"</[a-z][^<>]*>|<(?:br|hr|img|li|p)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "blockquote", "br", "dd", "div", "dt", "hr", "li", "ol", "p", "pre", "table", "td", "th", "ul")
_NOT_SHOWN = ("script", "style", "title")


def plain_text(text: str) -> str:
    """Return a text without tags and entities, with a line for each paragraph; what is no HTML stays as it is."""
    if _TAG.search(text) is None:
        # Without its semicolon, as in the URL `?a=1&copy=2`, it is none.
        return _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.text()


def escaped(text: str) -> str:
    """Return plain text so that it stays as it is between the tags of HTML, where Qt would read rich text."""
    return escape(text, quote=False)


class _Reader(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self._hidden_in = ""

    def text(self) -> str:
        """Return what was read so far."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return "\n".join(filter(None, lines))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line, or what is not shown."""
        self._hidden_in = self._hidden_in or (tag if tag in _NOT_SHOWN else "")
        self._break_line(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, or what is not shown."""
        self._hidden_in = "" if tag == self._hidden_in else self._hidden_in
        self._break_line(tag)

    def handle_data(self, data: str) -> None:
        """Take text; line breaks in it are blanks."""
        if not self._hidden_in:
            self._pieces.append(re.sub(r"\s", " ", data))

    def _break_line(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._pieces.append("\n")
