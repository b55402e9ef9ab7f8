"""The where clauses of catalog queries and mosaic rules: standardized SQL, compiled once and then asked of every row.

Source: ArcGIS REST API, "Query (Image Service)", and the standardized queries of ArcGIS Server.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

Row = Mapping[str, object]
# A condition may be unknown (None), when NULL takes part in it.
_Evaluate = Callable[[Row], Any]

_KINDS = {
    "esriFieldTypeOID": "number",
    "esriFieldTypeSmallInteger": "number",
    "esriFieldTypeInteger": "number",
    "esriFieldTypeBigInteger": "number",
    "esriFieldTypeSingle": "number",
    "esriFieldTypeDouble": "number",
    "esriFieldTypeString": "text",
    "esriFieldTypeGUID": "text",
    "esriFieldTypeGlobalID": "text",
    "esriFieldTypeDate": "date",
}

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_RESERVED = {"AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "IS", "NULL", "DATE", "TIMESTAMP", "UPPER", "LOWER"}

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
      | '(?P<text>(?:[^']|'')*)'
      | "(?P<quoted>[^"]+)"
      | (?P<word>[^\W\d][\w.]*)
      | (?P<sign><>|!=|<=|>=|[=<>(),+-])
    )""",
    re.VERBOSE,
)

# Far more than anyone writes, and far less than Python's own limit.
_DEEPEST_NESTING = 100


class WhereError(Exception):
    """A where clause that has no meaning; the text says why."""


def compile_where(text: str, fields: Mapping[str, str]) -> Callable[[Row], bool]:
    """A test of rows, name → value of every field, from a where clause.

    Knows = <> != < <= > >=, AND, OR, NOT, parentheses, IN, BETWEEN, LIKE with % and _, IS NULL, UPPER and LOWER,
    literals of text, numbers, DATE '2001-12-31' and TIMESTAMP '2001-12-31 23:59:59'. Field names are matched without
    regard to case, texts with regard to it. A comparison with NULL is neither true nor false, and neither is its
    negation. A blank clause holds for every row.

    Args:
        text: the clause.
        fields: field name → ArcGIS field type ("esriFieldTypeDouble"). Dates are milliseconds since 1970, UTC.

    Raises:
        WhereError: not a clause, no such field, or types that cannot be compared.
    """
    if not text.strip():
        return lambda _: True
    test = _Parser(text, fields).parse()
    return lambda row: test(row) is True


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str

    @property
    def keyword(self) -> str:
        """The sign or the upper case word; nothing for literals and quoted names."""
        return self.text.upper() if self.kind in ("word", "sign") else ""


@dataclass(frozen=True)
class _Node:
    """A part of the clause: a condition, or a value of the kind number, text or date."""

    kind: str
    evaluate: _Evaluate
    literal: object = None


_END = _Token("end", "")


class _Parser:
    """Recursive descent: alternatives (OR) → conjunction (AND) → negation (NOT) → comparison → operand."""

    def __init__(self, text: str, fields: Mapping[str, str]) -> None:
        self._fields = {name.lower(): (name, field_type) for name, field_type in fields.items()}
        self._tokens = self._tokenized(text.rstrip())
        self._position = 0
        self._depth = 0

    def parse(self) -> _Evaluate:
        node = self._alternatives()
        if self._position < len(self._tokens):
            raise self._unexpected()
        return self._condition(node)

    def _tokenized(self, text: str) -> list[_Token]:
        tokens = []
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise WhereError(f"{text[position:].strip()!r} cannot be read")
            tokens.append(_Token(match.lastgroup, match[match.lastgroup]))
            position = match.end()
        return tokens

    def _alternatives(self) -> _Node:
        nodes = [self._conjunction()]
        while self._accept("OR"):
            nodes.append(self._conjunction())
        return _Node("condition", _any_of(self._conditions(nodes))) if len(nodes) > 1 else nodes[0]

    def _conjunction(self) -> _Node:
        nodes = [self._negation()]
        while self._accept("AND"):
            nodes.append(self._negation())
        return _Node("condition", _all_of(self._conditions(nodes))) if len(nodes) > 1 else nodes[0]

    def _negation(self) -> _Node:
        negations = 0
        while self._accept("NOT"):
            negations += 1
        node = self._comparison()
        if not negations:
            return node
        test = self._condition(node)
        return _Node("condition", _not(test) if negations % 2 else test)

    def _comparison(self) -> _Node:
        """An operand alone, or with what is said of it."""
        left = self._operand()
        sign = self._next().keyword
        if sign in _COMPARISONS:
            self._take()
            right = self._operand()
            self._same_kind(left, right)
            return _Node("condition", _compared(_COMPARISONS[sign], left.evaluate, right.evaluate))
        if self._accept("IS"):
            wanted = not self._accept("NOT")
            self._expect("NULL")
            value = self._value(left)
            return _Node("condition", lambda row: (value(row) is None) is wanted)
        negated = self._accept("NOT")
        if self._accept("IN"):
            test = self._membership(left)
        elif self._accept("BETWEEN"):
            test = self._range(left)
        elif self._accept("LIKE"):
            test = self._pattern(left)
        elif negated:
            raise self._unexpected()
        else:
            return left
        return _Node("condition", _not(test) if negated else test)

    def _membership(self, left: _Node) -> _Evaluate:
        self._expect("(")
        entries = [self._operand()]
        while self._accept(","):
            entries.append(self._operand())
        self._expect(")")
        for entry in entries:
            self._same_kind(left, entry)
            if entry.literal is None:
                raise WhereError("only literals may stand after IN")
        members = frozenset(entry.literal for entry in entries)
        value = left.evaluate

        def contains(row: Row) -> bool | None:
            asked = value(row)
            return None if asked is None else asked in members

        return contains

    def _range(self, left: _Node) -> _Evaluate:
        least = self._operand()
        self._expect("AND")
        greatest = self._operand()
        self._same_kind(left, least)
        self._same_kind(left, greatest)
        from_least = _compared(operator.ge, left.evaluate, least.evaluate)
        return _all_of([from_least, _compared(operator.le, left.evaluate, greatest.evaluate)])

    def _pattern(self, left: _Node) -> _Evaluate:
        token = self._take()
        if left.kind != "text" or token.kind != "text":
            raise WhereError("LIKE compares text with a text literal")
        parts = {"%": ".*", "_": "."}
        literal = token.text.replace("''", "'")
        matches = re.compile("".join(parts.get(char) or re.escape(char) for char in literal), re.DOTALL).fullmatch
        value = left.evaluate

        def like(row: Row) -> bool | None:
            asked = value(row)
            return None if asked is None else matches(asked) is not None

        return like

    def _operand(self) -> _Node:
        token = self._take()
        if token.kind == "text":
            return _literal("text", token.text.replace("''", "'"))
        if token.kind == "number":
            return _literal("number", float(token.text))
        if token.keyword in ("+", "-"):
            number = self._take()
            if number.kind != "number":
                raise self._unexpected(number)
            return _literal("number", float(token.text + number.text))
        if token.keyword == "(":
            return self._parenthesized()
        if token.keyword in ("DATE", "TIMESTAMP") and self._next().kind == "text":
            return _literal("date", self._milliseconds(self._take().text))
        if token.keyword in ("UPPER", "LOWER"):
            return self._cased(str.upper if token.keyword == "UPPER" else str.lower)
        if token.kind == "quoted" or (token.kind == "word" and token.keyword not in _RESERVED):
            return self._field(token.text)
        raise self._unexpected(token)

    def _parenthesized(self) -> _Node:
        self._depth += 1
        if self._depth > _DEEPEST_NESTING:
            raise WhereError("it is nested too deeply")
        node = self._alternatives()
        self._expect(")")
        self._depth -= 1
        return node

    def _cased(self, change: Callable[[str], str]) -> _Node:
        self._expect("(")
        node = self._operand()
        self._expect(")")
        if node.kind != "text":
            raise WhereError("UPPER and LOWER take text")
        value = node.evaluate

        def cased(row: Row) -> str | None:
            asked = value(row)
            return None if asked is None else change(asked)

        return _Node("text", cased)

    def _field(self, text: str) -> _Node:
        if text.lower() not in self._fields:
            raise WhereError(f"there is no field {text}")
        name, field_type = self._fields[text.lower()]
        if field_type not in _KINDS:
            raise WhereError(f"the field {name} cannot be queried")
        return _Node(_KINDS[field_type], operator.itemgetter(name))

    def _milliseconds(self, text: str) -> float:
        for layout in ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S"):
            try:
                moment = datetime.strptime(text, layout)
            except ValueError:
                continue
            return moment.replace(tzinfo=timezone.utc).timestamp() * 1000.0
        raise WhereError(f"{text!r} is no date; dates are written yyyy-mm-dd or yyyy-mm-dd hh:mm:ss")

    def _condition(self, node: _Node) -> _Evaluate:
        if node.kind != "condition":
            raise WhereError("a value stands where a condition is expected")
        return node.evaluate

    def _conditions(self, nodes: list[_Node]) -> list[_Evaluate]:
        return [self._condition(node) for node in nodes]

    def _value(self, node: _Node) -> _Evaluate:
        if node.kind == "condition":
            raise WhereError("a condition stands where a value is expected")
        return node.evaluate

    def _same_kind(self, left: _Node, right: _Node) -> None:
        self._value(left)
        self._value(right)
        if left.kind != right.kind:
            raise WhereError(f"a {left.kind} is compared with a {right.kind}")

    def _next(self) -> _Token:
        return self._tokens[self._position] if self._position < len(self._tokens) else _END

    def _take(self) -> _Token:
        token = self._next()
        self._position += 1
        return token

    def _accept(self, keyword: str) -> bool:
        found = self._next().keyword == keyword
        self._position += found
        return found

    def _expect(self, keyword: str) -> None:
        if not self._accept(keyword):
            raise self._unexpected()

    def _unexpected(self, token: _Token | None = None) -> WhereError:
        found = token or self._next()
        return WhereError("it ends too early" if found is _END else f"{found.text!r} is not expected there")


def _literal(kind: str, value: object) -> _Node:
    return _Node(kind, lambda _: value, value)


def _compared(compare: Callable[[Any, Any], bool], left: _Evaluate, right: _Evaluate) -> _Evaluate:
    def test(row: Row) -> bool | None:
        first, second = left(row), right(row)
        return None if first is None or second is None else compare(first, second)

    return test


def _all_of(tests: list[_Evaluate]) -> _Evaluate:
    def test(row: Row) -> bool | None:
        known: bool | None = True
        for each in tests:
            result = each(row)
            if result is False:
                return False
            if result is None:
                known = None
        return known

    return test


def _any_of(tests: list[_Evaluate]) -> _Evaluate:
    def test(row: Row) -> bool | None:
        known: bool | None = False
        for each in tests:
            result = each(row)
            if result is True:
                return True
            if result is None:
                known = None
        return known

    return test


def _not(test: _Evaluate) -> _Evaluate:
    def negated(row: Row) -> bool | None:
        known = test(row)
        return None if known is None else not known

    return negated
