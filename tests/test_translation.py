"""Texts in the user's language: found in the code, looked up in QGIS' language, counted, and gone with the plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

from image_server_layer.plugin.options.sentences import quoted_list
from image_server_layer.plugin.translation import FOLDER, Translations, tr, tr_n
from image_server_layer.tests.tools.translations import Text, compile_to, write

TEXTS = {
    Text("ImageServerLayer", "Cell size"): ["Zellengröße"],
    Text("ImageServerLayer", "%n bands", is_plural=True): ["%n Kanal", "%n Kanäle"],
    Text("ImageServerLayer", "%Ln rasters", is_plural=True): ["%Ln Bild", "%Ln Bilder"],
    Text("ImageServerLayer", "“{name}”"): ["„{name}“"],
    Text("LayerForm", "Cell size"): ["Größe der Zellen"],
}


@pytest.fixture
def speak(tmp_path: Path) -> Iterator[Callable[[str], None]]:
    """Return a function that sets QGIS to a language, of which German is known, and starts the translations anew."""
    source = tmp_path / "image_server_layer_de.ts"
    write(source, "de", TEXTS, TEXTS)
    compile_to(source, source.with_suffix(".qm"))
    translations = Translations(tmp_path)

    def set_to(language: str) -> None:
        translations.stop()
        QgsSettings().setValue("locale/overrideFlag", True)
        QgsSettings().setValue("locale/userLocale", language)
        translations.start()

    yield set_to
    translations.stop()


@pytest.mark.parametrize("language", ["de", "de_DE", "de_AT"])
def test_a_text_is_shown_in_the_language_of_qgis(speak: Callable[[str], None], language: str) -> None:
    speak(language)
    assert tr("Cell size") == "Zellengröße"


@pytest.mark.parametrize("language", ["en", "en_US", "fr"])
def test_a_text_stays_english_where_there_is_no_translation(speak: Callable[[str], None], language: str) -> None:
    speak(language)
    assert tr("Cell size") == "Cell size"


def test_a_form_has_a_context_of_its_own(speak: Callable[[str], None]) -> None:
    speak("de")
    assert QCoreApplication.translate("LayerForm", "Cell size") == "Größe der Zellen"


@pytest.mark.parametrize(
    ("language", "n", "text"),
    [
        ("de", 1, "1 Kanal"),
        ("de", 2, "2 Kanäle"),
        ("de", 0, "0 Kanäle"),
        ("en", 1, "1 band"),
        ("en", 0, "0 bands"),
        ("fr", 7, "7 bands"),
    ],
)
def test_what_is_counted_takes_the_form_of_the_language(
    speak: Callable[[str], None], language: str, n: int, text: str
) -> None:
    speak(language)
    assert tr_n("%n band", "%n bands", n) == text


def test_names_in_a_list_have_the_quotation_marks_of_the_language(speak: Callable[[str], None]) -> None:
    speak("de")
    assert quoted_list(["NDVI", 7]) == "„NDVI“, „7“"
    speak("en")
    assert quoted_list(["NDVI", 7]) == "“NDVI”, “7”"


@pytest.mark.parametrize(("n", "text"), [(1, "1 Bild"), (12345, "12345 Bilder")])
def test_a_number_may_be_written_as_the_locale_does(speak: Callable[[str], None], n: int, text: str) -> None:
    speak("de")
    assert tr_n("%Ln raster", "%Ln rasters", n).replace(",", "") == text


def test_stopping_takes_the_language_away(speak: Callable[[str], None], tmp_path: Path) -> None:
    speak("de")
    speak("fr")
    assert tr("Cell size") == "Cell size"
    translations = Translations(tmp_path)
    QgsSettings().setValue("locale/userLocale", "de")
    translations.start()
    assert tr("Cell size") == "Zellengröße"
    translations.stop()
    assert tr("Cell size") == "Cell size"
    translations.stop()


def test_the_plugin_looks_where_its_translations_are() -> None:
    assert [file.name for file in FOLDER.glob("*.ts")] == ["image_server_layer_de.ts"]
