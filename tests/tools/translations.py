"""Bring the translations up to date with the texts in the code, and compile them: `make translations`.

    python -m tests.tools.translations                  # resources/translations/*.ts, then *.qm
    python -m tests.tools.translations --compile        # *.qm only
    python -m tests.tools.translations --untranslated   # print what each language lacks

Texts are found where they are used: the literal arguments of `tr` and `tr_n` in Python code, and the strings of forms.
Qt's own tools do not see calls of functions, and would give every module a context of its own.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from image_server_layer.plugin.translation import CONTEXT

ROOT = Path(__file__).absolute().parents[2]
FOLDER = ROOT / "resources" / "translations"
ROOMS = ("plugin", "ui")
# Debian's; the one in the path may be a link to Qt's chooser.
_LRELEASE = "/usr/lib/qt5/bin/lrelease"
_ARGUMENTS = {"tr": 1, "tr_n": 3}


@dataclass(frozen=True, order=True)
class Text:
    """A text to be translated: where Qt looks for it, itself, and whether it has a form for each number."""

    context: str
    source: str
    is_plural: bool = False


class UntranslatableError(Exception):
    """A text cannot be found by reading the code: it is no literal, or is asked for before any translator is there."""


def texts_of_code(code: str, name: str) -> Iterator[Text]:
    """Yield the texts in a module.

    Raises:
        UntranslatableError: `tr` or `tr_n` is called with anything but literals, at import, or not called at all.
    """
    tree = ast.parse(code, name)
    called = set()
    for call, is_late in _calls(tree, is_late=False):
        if not isinstance(call.func, ast.Name) or call.func.id not in _ARGUMENTS:
            continue
        called.add(call.func)
        where = f"{name}:{call.lineno}: {call.func.id}"
        texts = call.args[:1] if call.func.id == "tr" else call.args[:2]
        if call.keywords or len(call.args) != _ARGUMENTS[call.func.id]:
            raise UntranslatableError(f"{where} has other arguments than it takes.")
        if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
            raise UntranslatableError(f"{where} takes literal texts only; put values in with format.")
        if not is_late:
            raise UntranslatableError(f"{where} is called at import, when there is no translator.")
        # The last is the one that translations are found by.
        yield Text(CONTEXT, texts[-1].value, len(texts) > 1)  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in _ARGUMENTS and node not in called:
            raise UntranslatableError(f"{name}:{node.lineno}: {node.id} is handed on; its texts would not be found.")


def _calls(node: ast.AST, *, is_late: bool) -> Iterator[tuple[ast.Call, bool]]:
    """Yield each call below a node, and whether it runs later than at import.

    What decorates a function, and the defaults of its arguments, belong to the import.
    """
    if isinstance(node, ast.Call):
        yield node, is_late
    late: list[ast.AST] = []
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        late = [*node.body]
    elif isinstance(node, ast.Lambda):
        late = [node.body]
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, is_late=is_late or child in late)


def texts_of_form(xml: str) -> Iterator[Text]:
    """Yield the texts in a Designer form, which Qt looks up under the name of its class."""
    form = ET.fromstring(xml)
    context = form.findtext("class") or ""
    for string in form.iter("string"):
        if string.text and string.text.strip() and string.get("notr") != "true":
            yield Text(context, string.text)


def texts() -> list[Text]:
    """Return every text of the plugin once, in order.

    Raises:
        UntranslatableError: see `texts_of_code`.
    """
    found: set[Text] = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            found.update(texts_of_code(file.read_text(encoding="utf-8"), str(file.relative_to(ROOT))))
        for file in (ROOT / room).rglob("*.ui"):
            found.update(texts_of_form(file.read_text(encoding="utf-8")))
    return sorted(found)


def read(file: Path) -> dict[Text, list[str]]:
    """Return the finished translations in a `.ts` file: one text, or one for each form of plural."""
    found = {}
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            text = Text(
                context.findtext("name") or "", message.findtext("source") or "", message.get("numerus") == "yes"
            )
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            if translation.get("type") != "unfinished" and all(forms):
                found[text] = forms
    return found


def write(file: Path, language: str, wanted: Iterable[Text], translations: dict[Text, list[str]]) -> None:
    """Write a `.ts` file that holds the texts wanted, with the translations that there are."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for text in sorted(wanted):
        if text.context not in contexts:
            contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[text.context], "name").text = text.context
        message = ET.SubElement(contexts[text.context], "message", {"numerus": "yes"} if text.is_plural else {})
        ET.SubElement(message, "source").text = text.source
        forms = translations.get(text, [])
        translation = ET.SubElement(message, "translation", {} if forms else {"type": "unfinished"})
        if text.is_plural:
            for form in forms or ["", ""]:
                ET.SubElement(translation, "numerusform").text = form
        elif forms:
            translation.text = forms[0]
    ET.indent(root, "  ")
    xml = ET.tostring(root, encoding="unicode")
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{xml}\n', encoding="utf-8")


def language_of(file: Path) -> str:
    """Return the language of a file named `image_server_layer_LANGUAGE.ts`."""
    return file.stem.removeprefix("image_server_layer_")


def sources() -> list[Path]:
    """Return the `.ts` files that there are."""
    return sorted(FOLDER.glob("*.ts"))


def update() -> None:
    """Bring every `.ts` file up to date: new texts come in untranslated, those that are no more go."""
    wanted = texts()
    for file in sources():
        write(file, language_of(file), wanted, read(file))


def compile_to(file: Path, compiled: Path) -> None:
    """Compile a `.ts` file to a `.qm` file."""
    command = _LRELEASE if Path(_LRELEASE).exists() else shutil.which("lrelease") or "lrelease"
    subprocess.run([command, "-silent", "-nounfinished", str(file), "-qm", str(compiled)], check=True)


def untranslated() -> dict[str, list[Text]]:
    """Return the texts that each language lacks."""
    wanted = texts()
    lacking = {}
    for file in sources():
        known = read(file)
        lacking[language_of(file)] = [text for text in wanted if text not in known]
    return lacking


def main() -> int:
    """Do what is asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.translations", description=__doc__.splitlines()[0])
    parser.add_argument("--compile", action="store_true", help="compile only")
    parser.add_argument("--untranslated", action="store_true", help="print what each language lacks, and do no more")
    arguments = parser.parse_args()
    try:
        lacking = untranslated()
        if arguments.untranslated:
            for language, missing in lacking.items():
                print(*(f"{language}\t{text.context}\t{text.source!r}" for text in missing), sep="\n")
            return 0
        if not arguments.compile:
            update()
    except UntranslatableError as error:
        print(error, file=sys.stderr)
        return 1
    for file in sources():
        compile_to(file, file.with_suffix(".qm"))
        print(f"{file.relative_to(ROOT)}: {len(lacking[language_of(file)])} texts are not translated.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
