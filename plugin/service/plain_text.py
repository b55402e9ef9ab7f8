"""Texts from elsewhere made fit to be shown, written and logged. Every function is linear in the length of the text.

Plain text out of HTML, as people write it about a service in an editor that makes it so; HTML out of plain text; and
texts without the characters that break a project file, a header, a log or the direction of a line.
"""

from __future__ import annotations

import re
from html import escape, unescape

# In characters. Nobody reads more about a service, and markup takes time to read.
LONGEST_PROSE = 100_000
# In characters, with attributes: anything longer is not treated as a tag.
_LONGEST_TAG = 4000

# Characters that XML 1.0 forbids, even as references: a project file with one of them can never be opened again.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Characters that change the direction of the text after them, so that a name looks like another one.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_BREAKS = re.compile("[\t\n\r\x85\u2028\u2029]+")

# Markup that no plain text has: an end tag, or an element that needs none.
_MARKUP = re.compile(r"</[a-z][^<>]*>|<(?:br|hr|img|li|p)\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{0,31});", re.IGNORECASE)
_TAG = re.compile(r"""<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]*)(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_NOT_SHOWN_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "title")}

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "blockquote", "br", "dd", "div", "dt", "hr", "li", "ol", "p", "pre", "table", "td", "th", "ul")


def clean_text(text: str) -> str:
    """Return a text that can stand in XML, a header or a log: without control characters but tab and line break.

    Characters that turn the direction of writing, and halves of characters, are left out too.
    """
    return _TURNING.sub("", _FORBIDDEN.sub("", text))


def clean_line(text: str) -> str:
    """Return a text that can also be a name: `clean_text` on one line."""
    return _LINE_BREAKS.sub(" ", clean_text(text))


def markless_line(text: str) -> str:
    """Return `clean_line` without the mark that begins a tag: the same for whom reads plain text and whom reads HTML.

    For texts that QGIS shows as both, such as what a task is called.
    """
    return clean_line(text).replace("<", "‹").replace(">", "›")


def escaped(text: str) -> str:
    """Return plain text so that it stays as it is between the tags of HTML, where Qt would read rich text."""
    return escape(clean_text(text), quote=False)


def plain_text(text: str) -> str:
    """Return a text without tags and entities, with a line for each paragraph; what is no HTML stays as it is.

    Of a text that is longer than anybody reads only the beginning is returned, with an ellipsis.
    """
    if len(text) > LONGEST_PROSE:
        text = text[:LONGEST_PROSE] + "…"
    if _MARKUP.search(text) is None:
        return clean_text(_without_entities(text))
    lines = (" ".join(line.split()) for line in "".join(_shown(text)).split("\n"))
    return "\n".join(filter(None, map(clean_text, lines)))


def _without_entities(text: str) -> str:
    # Without a semicolon, as in the URL `?a=1&copy=2`, it is no entity.
    return _ENTITY.sub(lambda entity: unescape(entity.group()), text)


def _shown(text: str) -> list[str]:
    """Return what a browser would show of HTML, piece by piece, with line breaks where blocks begin and end."""
    pieces: list[str] = []
    position = 0
    while position < len(text):
        begin = text.find("<", position)
        end = begin if begin >= 0 else len(text)
        pieces.append(re.sub(r"\s", " ", _without_entities(text[position:end])))
        if begin < 0:
            break
        tag = _TAG.match(text, begin, begin + _LONGEST_TAG)
        if tag is None:
            position = _after_what_is_no_tag(text, begin, pieces)
            continue
        position = tag.end()
        name = tag["name"].lower()
        if name in _BLOCKS:
            pieces.append("\n")
        if name in _NOT_SHOWN_ENDS and not tag["end"]:
            last = _NOT_SHOWN_ENDS[name].search(text, position)
            position = last.start() if last is not None else len(text)
    return pieces


def _after_what_is_no_tag(text: str, begin: int, pieces: list[str]) -> int:
    """Return where to go on after a `<` that begins no tag: after the comment or declaration, else after itself."""
    if text.startswith("<!--", begin):
        end = text.find("-->", begin)
        return end + 3 if end >= 0 else len(text)
    if text.startswith(("<!", "<?"), begin):
        end = text.find(">", begin)
        return end + 1 if end >= 0 else len(text)
    pieces.append("<")
    return begin + 1
