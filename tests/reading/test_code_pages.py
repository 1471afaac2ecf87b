"""Which of two Windows code pages a text was written in: words of each language must come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsm.reading.code_pages import CENTRAL, WESTERN, guess_code_page
from vsm.reading.decoding import decode

WESTERN_TEXTS = [
    "Prozessschritt;Größe;Prüfung;Übergabe;Äußeres",
    "Étape;Délai;Réception;Prêt à vérifier;Contrôle;cœur de métier;Où;Façade;Maïs",
    "Paso;Diseño;Revisión;Año;Aprobación;¿Qué falta?;Nº;Pingüino",
    "Etapa;Revisão;Aprovação;Ações;Você;À espera;Nº;Português",
    "Fase;Qualità;Più;Perché;Così;Però",
    "Trin;Godkendelse på;Måling;Ærligt;Øvrigt",
    "Steg;Åtgärd;Förfrågan;Möte",
    "Step;Wait¹;Volume m³;Cost £k;Temp 20°;Café – “quoted”…",
    "Step;Coût (m³);Durée¹;Délai²",
]
CENTRAL_TEXTS = [
    "Etap;Zgłoszenie;Żądanie;Wysyłka;2 dni;1 dzień",
    "Etap;Część;Księgowość;Środek;Źródło",
    "Krok;Příjem;Kontrola;Schválení;Změna;Číslo;Dům",
    "Krok;Príjem;Schválenie;Ľudia;Šťastie;Vôľa",
    "Lépés;Ellenőrzés;Jóváhagyás;Gyűjtés;Idő",
    "Korak;Čekanje;Odobrenje;Ćelija;Žurno;Između",
]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, "cp1252") for text in WESTERN_TEXTS] + [(text, "cp1250") for text in CENTRAL_TEXTS],
)
def test_texts_come_back_as_they_were_written(text: str, encoding: str) -> None:
    found, problems = decode(text.encode(encoding))
    assert found == text
    assert [encoding in problem.message for problem in problems] == [True]


@given(st.sampled_from(sorted(WESTERN.values())), st.data())
def test_whatever_a_western_language_writes_is_western(alphabet: str, data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet + alphabet.upper().replace("SS", "ß") + "abcdez ;1", max_size=40))
    assert guess_code_page(text.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("language", ["Polish", "Czech", "Slovak", "Hungarian"])
def test_all_letters_of_a_central_language_tell_it(language: str) -> None:
    words = ";".join(f"a{letter}e" for letter in CENTRAL[language])
    assert guess_code_page(words.encode("cp1250")).words.endswith(f"those of {language}")
