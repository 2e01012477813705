"""Bytes into text: byte order mark, what the page declares, UTF-8, a guess; and bytes that are no text."""

import codecs

import pytest

from tollwire.corpus.charset import decode, is_binary, utf8
from tollwire.corpus.extract import NoArticle

TEXT = "Le café du marché a été attaqué avant l'aube, et neuf personnes ont été tuées à Kéré."
RUSSIAN = "Военные сообщили о девяти погибших на рынке города. " * 3


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("latin-1"),
        TEXT.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 le", "utf-16 be", "latin-1", "cp1252"],
)
def test_a_text_reads_the_same_in_every_encoding(raw: bytes) -> None:
    assert decode(raw, "text") == TEXT


def test_a_page_in_utf_8_goes_to_the_parser_as_it_is_and_any_other_is_written_anew() -> None:
    sound = TEXT.encode()
    assert utf8(sound, "html") is sound
    broken = sound * 9 + sound[:14]
    for raw in (codecs.BOM_UTF8 + sound, TEXT.encode("cp1252"), TEXT.encode("utf-16"), broken):
        assert utf8(raw, "html") == decode(raw, "html").encode()


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert RUSSIAN in decode(page.encode("cp1251"), "html")


def test_a_page_that_declares_wrongly_is_read_as_the_utf_8_that_it_is() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>{TEXT}'
    assert TEXT in decode(page.encode(), "html")


@pytest.mark.parametrize("declared", ["iso-8859-1", "us-ascii", "ISO-8859-1"])
def test_what_is_called_latin_1_is_read_with_the_quotes_of_windows(declared: str) -> None:
    assert "\u201cNine\u201d" in decode(f'<meta charset="{declared}">\u201cNine\u201d d\u00e9'.encode("cp1252"), "html")


def test_an_encoding_that_nobody_knows_is_passed_over() -> None:
    assert TEXT in decode(f'<meta charset="x-klingon">{TEXT}'.encode("latin-1"), "html")


def test_the_encoding_of_the_source_record_goes_before_the_page_and_a_guess() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "text", "koi8-r") == RUSSIAN
    page = f'<meta charset="utf-8">{RUSSIAN}'
    assert RUSSIAN in decode(page.encode("cp1251"), "html", "cp1251")


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("en", "cp1252", "“Nine people were killed,” the mayor of Keré said – a day after the attack on the café."),
        ("de", "cp1252", "Neun Menschen wurden in dem Café getötet; die Täter flohen über die Hügel."),
        ("es", "cp1252", "Según un médico, los niños heridos están en el hospital de la ciudad."),
        ("fr", "cp1252", TEXT),
        ("cs", "cp1250", "Při útoku na tržiště zahynulo devět lidí, řekl lékař. Útočníci utekli směrem ke kopcům."),
        ("hu", "cp1250", "A támadásban kilenc ember halt meg. Őrizetbe vettek két férfit a dombok felé vezető úton."),
        ("tr", "cp1254", "Pazar yerine düzenlenen saldırıda dokuz kişi öldü; saldırganlar tepelere doğru kaçtı."),
        ("ru", "cp1251", RUSSIAN),
        ("ru", "koi8-r", RUSSIAN),
        ("el", "cp1253", "Εννέα άνθρωποι σκοτώθηκαν στην επίθεση στην αγορά της πόλης."),
        ("ar", "cp1256", "قتل تسعة أشخاص في هجوم على السوق في المدينة يوم الأحد."),
        ("zh", "gb18030", "星期天市场遭到袭击，九人死亡，一名医生说。"),
        ("ja", "shift_jis", "日曜日に市場が襲撃され、九人が死亡したと医師が述べた。"),
    ],
)
def test_what_no_encoding_is_named_for_is_guessed(language: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "text", None, language) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, RUSSIAN, f"<html><body><p>{RUSSIAN}</p></body></html>"])
def test_utf_16_without_a_mark_is_told_by_its_zero_bytes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding), "html") == text
    assert decode((text * 999).encode(encoding), "text") == text * 999


@pytest.mark.parametrize("raw", [bytes(400), b"\0\1" * 200, b"a\0b" * 100, bytes(range(256)) * 4])
def test_zero_bytes_alone_make_no_text(raw: bytes) -> None:
    with pytest.raises(NoArticle, match="binary-file"):
        decode(raw, "text")


def test_of_two_encodings_that_a_page_declares_the_one_that_fits_is_taken() -> None:
    head = '<meta charset="utf-8"><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    assert TEXT in decode((head + TEXT).encode(), "html")
    assert TEXT in decode((head + TEXT).encode("cp1252"), "html")


def test_a_server_that_lies_is_not_believed_against_utf_8() -> None:
    assert decode(TEXT.encode(), "html", "iso-8859-1") == TEXT
    assert decode(RUSSIAN.encode("utf-16"), "html", "windows-1251") == RUSSIAN


def test_a_page_in_another_language_than_its_outlets_is_still_guessed_right() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "text") == RUSSIAN


@pytest.mark.parametrize(
    "raw", [bytes(range(256)), b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 40, b"%PDF-1.7\n" + b"\x00" * 99]
)
def test_bytes_that_are_no_text_are_refused(raw: bytes) -> None:
    assert is_binary(raw)
    with pytest.raises(NoArticle, match="binary-file"):
        decode(raw, "text")


def test_a_stray_control_character_makes_no_binary_file() -> None:
    assert not is_binary(TEXT.encode() + b"\x00")


@pytest.mark.parametrize(
    "declared", ["utf-16", "idna", "punycode", "undefined", "unicode_escape", "hex", "rot13", "utf-7"]
)
def test_a_codec_that_is_no_encoding_of_pages_is_passed_over(declared: str) -> None:
    page = f'<meta charset="{declared}">{TEXT}'
    assert TEXT in decode(page.encode("latin-1"), "html", None, "fr")


@pytest.mark.parametrize(
    "page", [f"{TEXT}\u20ac".encode()[:-1], TEXT.encode() + b"\xff\n"], ids=["cut", "a stray byte"]
)
def test_utf_8_with_a_broken_byte_is_still_utf_8(page: bytes) -> None:
    assert decode(page, "text").rstrip("\ufffd\n") == TEXT


def test_utf_32_is_told_by_its_mark_from_utf_16() -> None:
    assert decode(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "text") == TEXT
    assert decode(codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "text") == TEXT


def test_iso_2022_jp_that_is_named_is_not_taken_for_the_ascii_that_its_bytes_are() -> None:
    text = "川の水位が一晩で二メートル上がった。"

    assert decode(text.encode("iso2022_jp"), "text", "iso-2022-jp") == text
    assert decode(TEXT.encode(), "text", "iso-2022-jp") == TEXT


@pytest.mark.parametrize("name", ["x-\0klingon", "\0", "u" * 100_000])
def test_a_name_that_is_no_encoding_is_passed_over(name: str) -> None:
    assert decode(TEXT.encode("cp1252"), "text", name) == TEXT
