from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus.formats import extracted
from assistant.corpus.load import load, scan
from assistant.domain import Document, Provenance, Skipped
from assistant.errors import CorpusError
from tests.corpus import files

SENTENCE = "The minister said on Monday that the bridge would be closed."


def write(folder: Path, name: str, data: bytes | str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


def loaded(folder: Path, name: str, data: bytes | str) -> Document:
    return load(write(folder, name, data), name)


def failure(folder: Path, name: str, data: bytes | str) -> str:
    with pytest.raises(CorpusError) as caught:
        loaded(folder, name, data)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    return caught.value.message


def test_a_scan_finds_sorts_and_names_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/metadata.toml", "README", "x.zip", "y.JPG", "z.xyz", "s.xlsx", "m.mp3", "p.exe"):
        write(tmp_path, name, "x")
    for name in (".hidden", ".git/config", "a/~$z.docx", "Thumbs.db", "__MACOSX/b.txt"):
        write(tmp_path, name, "x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    found = scan(tmp_path)
    assert [item.path for item in found.files] == ["README", "a/z.md", "b.txt"]
    assert found.files[2].size == 1
    assert found.files[2].mtime_ns == (tmp_path / "b.txt").stat().st_mtime_ns
    assert [item.path for item in found.metadata] == ["a/metadata.toml"]
    assert found.skipped == (
        Skipped("gone.txt", "broken link"),
        Skipped("m.mp3", "unsupported: audio (.mp3)"),
        Skipped("p.exe", "unsupported: a program (.exe)"),
        Skipped("pipe.txt", "not a regular file"),
        Skipped("s.xlsx", "unsupported: a spreadsheet (.xlsx)"),
        Skipped("x.zip", "unsupported: an archive (.zip)"),
        Skipped("y.JPG", "unsupported: an image (.jpg)"),
        Skipped("z.xyz", "unsupported format (.xyz)"),
    )


def test_a_link_is_followed_within_the_folder_only(tmp_path: Path) -> None:
    write(tmp_path, "corpus/inside/a.txt", "x")
    write(tmp_path, "outside/secret.txt", "x")
    corpus = tmp_path / "corpus"
    (corpus / "also.txt").symlink_to("inside/a.txt")
    (corpus / "secret.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (corpus / "shelf").symlink_to("../outside")
    (tmp_path / "linked").symlink_to(corpus)
    for folder in (corpus, tmp_path / "linked"):
        found = scan(folder)
        assert [item.path for item in found.files] == ["also.txt", "inside/a.txt"]
        reason = "a link to something outside of the folder"
        assert found.skipped == (Skipped("secret.txt", reason), Skipped("shelf", reason))


def test_a_scan_wants_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no folder"):
        scan(tmp_path / "nothing")
    with pytest.raises(CorpusError, match="is a file, not a folder"):
        scan(write(tmp_path, "a.txt", "x"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, "closed/a.txt", "x")
    file = write(tmp_path, "b.txt", "x")
    (tmp_path / "closed").chmod(0)
    file.chmod(0)
    assert scan(tmp_path).skipped == (Skipped("closed", "folder cannot be read (permission denied)"),)
    with pytest.raises(CorpusError, match=r"b\.txt cannot be read \(permission denied\)"):
        load(file, "b.txt")
    (tmp_path / "closed").chmod(0o700)


def test_a_text_file_is_decoded_without_any_change(tmp_path: Path) -> None:
    data = "One.\r\nTwo \x1b[31m\u2028three\u200b.\n".encode()
    document = loaded(tmp_path, "a.txt", data)
    assert document == Document(
        "a.txt", hashlib.sha256(data).hexdigest(), "One.\r\nTwo \x1b[31m\u2028three\u200b.\n", "text", "utf-8"
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“Café” is naïve, he said.", "utf-8"),
        ("“Café” is naïve, he said.", "utf-8-sig"),
        ("“Café” is naïve, he said.", "utf-16"),
        ("“Café” is naïve, he said.", "utf-32"),
        ("Plain words in two bytes each, without a mark.", "utf-16-le"),
        ("Plain words in two bytes each, without a mark.", "utf-16-be"),
        ("“Café” is naïve, the minister said on Monday.", "cp1252"),
        ("Президент России заявил в четверг, что Москва готова к переговорам с НАТО.", "cp1251"),
        ("Zażółć gęślą jaźń. Minister powiedział w środę, że rozmowy będą trwały.", "iso8859_2"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    document = loaded(tmp_path, "a.txt", text.encode(encoding))
    assert (document.text, document.encoding) == (text, encoding)


def test_a_few_broken_bytes_do_not_spoil_a_utf8_file(tmp_path: Path) -> None:
    document = loaded(tmp_path, "a.txt", ("Привет, мир. " * 20).encode() + b"\xd0")
    assert document.text == "Привет, мир. " * 20 + "\ufffd"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", b" \n\t\n", "a.txt is empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "a.txt is empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n0000", "a.txt is an image under the name of a text file"),
        ("a.txt", b"%PDF-1.4\n", "a.txt is a PDF under the name of a text file"),
        ("a.txt", bytes(range(256)) * 9, "a.txt is binary data, not text"),
        ("a.txt", b"abc\0def\0" * 9, "a.txt is binary data, not text"),
        ("README", b"\x7fELF\0\0", "README is a program under the name of a text file"),
        ("a.pdf", b"%PDF-1.4\nbroken", "a.pdf is a damaged PDF"),
        ("a.pdf", b"Just text.", "a.pdf is not a PDF"),
        ("a.docx", b"PK\x03\x04broken", "a.docx is damaged or not a Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0....", "a.docx is an encrypted or old-style office file, not a Word document"),
        ("a.rtf", b"Just text.", "a.rtf is not an RTF document"),
        ("a.html", b"<html><body><script>x()</script></body></html>", "a.html holds no text"),
        ("a.html", b"<div>" * 50_000, "a.html holds no text"),
        ("a.epub", files.zipped({"mimetype": b"application/epub+zip"}), "a.epub is not an e-book"),
        ("a.docx", files.zipped({"other.xml": b"<a/>"}), "a.docx is not a Word document"),
        ("a.docx", files.docx([]), "a.docx holds no text"),
        ("a.eml", b"Subject: x\r\n\r\n", "a.eml holds no text"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    assert failure(tmp_path, name, data) == message


def test_a_vanished_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"^sub/a\.txt is no longer there\."):
        load(tmp_path / "a.txt", "sub/a.txt")


def test_a_file_beyond_the_limits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.corpus.load.MAX_BYTES", 1024 * 1024)
    assert failure(tmp_path, "a.txt", b"x" * (1024 * 1024 + 1)) == "a.txt is larger than 1 MB"
    monkeypatch.setattr(extracted, "MAX_CHARACTERS", 100)
    assert failure(tmp_path, "b.txt", b"x" * 101) == "b.txt holds more than 100 characters of text"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = files.zipped({"word/document.xml": b" " * (61 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert failure(tmp_path, "a.docx", bomb) == "a.docx unpacks to more than an honest file would"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>' + files.document_xml(
        ["&a;&b; is not told"]
    )
    data = files.zipped({"word/document.xml": bomb})
    assert failure(tmp_path, "a.docx", data) == "a.docx holds no text"


def test_html_gives_its_content_and_what_it_declares(tmp_path: Path) -> None:
    document = loaded(tmp_path, "a.html", files.HTML)
    assert document.text == (
        "# Old bridge closes for good\n\nBy Ann Smith\n\nThe council voted on Tuesday to close it, mayor Carla Brown "
        "said.\n\n“Safety comes first.”\nShe left the room.\n\n## What is next\n\n- A ferry from May on\n\n"
        "| Year | Cars |\n\n"
        "| 2020 | 1,200 |\n"
    )
    assert document.declared == Provenance(
        "Old bridge closes for good", "The Herald", "Ann Smith", date(2021, 3, 2), "https://herald.example/bridge"
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>Old bridge closes for good | The Herald</title>", Provenance(title="Old bridge closes for good")),
        ("<title>Spider-Man - a review</title>", Provenance(title="Spider-Man - a review")),
        (
            "<title>Old bridge closes – Herald</title><meta property=og:site_name content=Herald>",
            Provenance(title="Old bridge closes", outlet="Herald"),
        ),
        ('<meta name="date" content="20210302">', Provenance(published=date(2021, 3, 2))),
        ('<meta name="date" content="yesterday">', Provenance()),
        ('<meta name="author" content="https://x.example/ann">', Provenance()),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>', Provenance()),
        (
            '<script type="application/ld+json">[{"@type": ["NewsArticle"], "headline": "H one two",'
            ' "datePublished": 5,'
            ' "author": [{"name": "A B"}, "C D"], "publisher": {"name": "P"}}]</script>',
            Provenance("H one two", "P", "A B, C D"),
        ),
        ("<script type='application/ld+json'>" + "[" * 100_000 + "</script>", Provenance()),
    ],
)
def test_only_declared_metadata_of_a_page_counts(tmp_path: Path, head: str, expected: Provenance) -> None:
    body = f"<p>{SENTENCE} It was built on 5 May 1901.</p>"
    assert loaded(tmp_path, "a.html", f"<html><head>{head}</head><body>{body}</body></html>").declared == expected


def test_a_declared_charset_is_believed(tmp_path: Path) -> None:
    source = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет, мир. Это текст.</p>'
    document = loaded(tmp_path, "a.html", source.encode("cp1251"))
    assert (document.text, document.encoding) == ("Привет, мир. Это текст.\n", "cp1251")


def test_utf8_wins_over_a_charset_that_it_contradicts(tmp_path: Path) -> None:
    source = "<meta charset='us-ascii'><p>Le café est là. C’est un texte.</p>"
    document = loaded(tmp_path, "a.html", source.encode("utf-8"))
    assert (document.text, document.encoding) == ("Le café est là. C’est un texte.\n", "utf-8")


def test_a_word_document(tmp_path: Path) -> None:
    data = files.docx(
        [
            ("Heading1", "Report on bridges"),
            SENTENCE,
            ("ListBullet", "An item"),
            [["Year", "Cars"], ["2020", "1,200"]],
            "End.",
        ],
        title="Report on bridges",
        creator="Ann Smith",
        saved_by="Ann Smith",
    )
    document = loaded(tmp_path, "a.docx", data)
    assert document.text == (
        f"# Report on bridges\n\n{SENTENCE}\n\n- An item\n\n| Year | Cars |\n\n| 2020 | 1,200 |\n\nEnd."
    )
    assert document.declared == Provenance(title="Report on bridges", author="Ann Smith")


def test_a_templates_title_and_author_are_not_believed(tmp_path: Path) -> None:
    data = files.docx([SENTENCE], title="Corporate letter template", creator="Ann Smith", saved_by="Bob Jones")
    assert loaded(tmp_path, "a.docx", data).declared == Provenance()
    data = files.docx([SENTENCE], creator="python-docx")
    assert loaded(tmp_path, "b.docx", data).declared == Provenance()


def test_a_pdf_keeps_its_pages(tmp_path: Path) -> None:
    document = loaded(
        tmp_path, "a.pdf", files.pdf([SENTENCE, "", "Another page says this."], title="Unrelated", author="Ann Smith")
    )
    assert document.text == f"{SENTENCE}\n\nAnother page says this."
    assert document.pages == (0, len(SENTENCE) + 2, len(SENTENCE) + 2)
    assert document.declared == Provenance(author="Ann Smith")


def test_pdfs_without_text_or_with_a_password_say_so(tmp_path: Path) -> None:
    assert failure(tmp_path, "a.pdf", files.pdf(["", ""])) == "a.pdf holds no text, only pictures of pages"
    assert failure(tmp_path, "b.pdf", files.encrypted_pdf([SENTENCE])) == "b.pdf is protected by a password"


def test_other_office_formats(tmp_path: Path) -> None:
    assert loaded(tmp_path, "a.odt", files.odt()).text == f"# Report on bridges\n\n{SENTENCE}\n\n- An item"
    slides = loaded(tmp_path, "a.pptx", files.pptx([("First", SENTENCE), ("Second", "More text.")]))
    assert slides.text == f"## First\n\n- {SENTENCE}\n\n## Second\n\n- More text."
    assert slides.pages == (0, slides.text.index("## Second"))
    book = loaded(tmp_path, "a.epub", files.epub(["<h1>One</h1><p>It began.</p>", "<h1>Two</h1><p>It ended.</p>"]))
    assert book.text == "# One\n\nIt began.\n\n# Two\n\nIt ended."
    assert book.declared == Provenance("A book", "The Press", "Ann Smith", date(2020, 5, 1))
    rich = loaded(
        tmp_path, "a.rtf", rb"{\rtf1\ansi\ansicpg1251 {\fonttbl{\f0 Arial;}}\f0 Hello \'cf\'f0.\par\par \b More\b0.}"
    )
    assert rich.text == "Hello Пр.\n\nMore."


def test_a_message_declares_subject_sender_and_date(tmp_path: Path) -> None:
    message = (
        "From: Ann Smith <ann@example.org>\r\nSubject: =?utf-8?q?The_bridge?=\r\n"
        "Date: Fri, 14 Jan 2022 10:00:00 +0000\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nDear all,\r\n\r\nthe bridge is closed – for good.\r\n"
    )
    document = loaded(tmp_path, "a.eml", message)
    assert document.text == "Dear all,\n\nthe bridge is closed – for good.\n"
    assert document.format == "email"
    assert document.declared == Provenance("The bridge", None, "Ann Smith", date(2022, 1, 14))
