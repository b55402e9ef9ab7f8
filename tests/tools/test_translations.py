"""Every text that a user sees is found by reading the code, and what could not be found is refused."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from image_server_layer.plugin.translation import CONTEXT
from image_server_layer.tests.tools.translations import (
    Text,
    UntranslatableError,
    compile_to,
    language_of,
    read,
    sources,
    texts,
    texts_of_code,
    texts_of_form,
    write,
)

CODE = '''
def f(count, name):
    """tr("not this")"""
    say(tr("Plain"), tr("In two " "parts"), tr_n("%n band", "%n bands", count))
    return [lambda: tr("In a {lambda}").format(**{"lambda": name})]

class C:
    def method(self):
        def inner():
            return tr("Deep")
'''
FORM = """<ui><class>SomeForm</class><widget class="QWidget" name="SomeForm">
<property name="windowTitle"><string>Title &amp; more</string></property>
<property name="a"><string notr="true">crs</string></property><property name="b"><string/></property></widget></ui>"""


def test_texts_are_found_wherever_they_are_used() -> None:
    assert sorted(texts_of_code(CODE, "x.py")) == [
        Text(CONTEXT, "%n bands", is_plural=True),
        Text(CONTEXT, "Deep"),
        Text(CONTEXT, "In a {lambda}"),
        Text(CONTEXT, "In two parts"),
        Text(CONTEXT, "Plain"),
    ]


def test_the_texts_of_a_form_are_found_but_for_those_that_are_not_to_be_translated() -> None:
    assert list(texts_of_form(FORM)) == [Text("SomeForm", "Title & more")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("def f(x):\n    tr(f'{x} bands')", "x.py:2: tr takes literal texts only"),
        ("def f(x):\n    tr(x)", "x.py:2: tr takes literal texts only"),
        ("def f(x):\n    tr('a' + x)", "x.py:2: tr takes literal texts only"),
        ("def f(x):\n    tr_n('a', x, 2)", "x.py:2: tr_n takes literal texts only"),
        ("def f(x):\n    tr('a', x)", "x.py:2: tr has other arguments than it takes"),
        ("def f(x):\n    tr(text='a')", "x.py:2: tr has other arguments than it takes"),
        ("def f(x):\n    return map(tr, x)", "x.py:2: tr is handed on"),
        ("TITLE = tr('Title')", "x.py:1: tr is called at import"),
        ("class C:\n    title = tr('Title')", "x.py:2: tr is called at import"),
        ("def f(title=tr('Title')):\n    pass", "x.py:1: tr is called at import"),
        ("@decorated(tr('Title'))\ndef f():\n    pass", "x.py:1: tr is called at import"),
    ],
)
def test_a_text_that_reading_the_code_does_not_find_is_refused(code: str, reason: str) -> None:
    with pytest.raises(UntranslatableError) as raised:
        list(texts_of_code(code, "x.py"))
    assert str(raised.value).startswith(reason)


def test_every_text_of_the_plugin_can_be_found() -> None:
    found = texts()
    assert Text(CONTEXT, "Cell size") in found
    assert len(found) > 400


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    file = tmp_path / "image_server_layer_de.ts"
    known = {Text("A", "<b> & “c”\nd"): ["<b> und „c“\nd"], Text("A", "%n x", is_plural=True): ["%n X", "%n Xe"]}
    write(file, "de", [*known, Text("B", "new")], {**known, Text("B", "old"): ["alt"]})
    assert read(file) == known
    assert [context.findtext("name") for context in ElementTree.parse(file).iter("context")] == ["A", "B"]
    before = file.read_text(encoding="utf-8")
    write(file, language_of(file), [Text("B", "new"), *known], read(file))
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("file", sources(), ids=language_of)
def test_a_translation_keeps_what_is_put_in(file: Path) -> None:
    from string import Formatter

    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name} | {"%n" for _ in [0] if "%n" in text}

    differing = [
        text.source for text, forms in read(file).items() for form in forms if fields(form) != fields(text.source)
    ]
    assert differing == []


@pytest.mark.parametrize("file", sources(), ids=language_of)
def test_a_translation_compiles(file: Path, tmp_path: Path) -> None:
    compile_to(file, tmp_path / "x.qm")
    assert (tmp_path / "x.qm").stat().st_size > 10_000
