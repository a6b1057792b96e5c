"""Makes broken, hostile and odd files."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

FACT = "The harbour of Klaipeda handled 45 million tonnes of cargo in 2019, the port authority said.\n"
"""What the one sound document says."""

_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(document: str | bytes) -> bytes:
    """A Word file with this document.xml."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
    return made.getvalue()


def paragraph(text: str) -> str:
    """The document.xml of one paragraph."""
    return _DOCUMENT.format(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def zip_bomb() -> bytes:
    """A Word file of half a megabyte whose document.xml unpacks to 400 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(_DOCUMENT.split("{}")[0].encode() + b"<w:p><w:r><w:t>")
            for _ in range(400):
                part.write(b"a" * 1_000_000)
            part.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return made.getvalue()


def laughs() -> bytes:
    """A Word file whose document.xml holds nested entities that would expand to three thousand million characters."""
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">{entities}]>'
    return docx(head + paragraph("&e9;").split("?>", 1)[1])


def outside() -> bytes:
    """A Word file whose document.xml names a file of the machine as an external entity."""
    head = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return docx(head + paragraph("The secret is &e; indeed.").split("?>", 1)[1])


def pdf(text: str, *, encrypted: bool = False) -> bytes:
    """A PDF of one page with this text in it; no text gives a blank page."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1") if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    secret = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [(a) (a)]" % (b"x" * 32, b"y" * 32)
    trailer = b"<< /Size 6 /Root 1 0 R%s >>" % (secret if encrypted else b"")
    start = len(made)
    return (
        made + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
    )


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)


def broken_corpus(folder: Path) -> None:
    """One sound document among all kinds of broken ones."""
    folder.mkdir(parents=True)
    (folder / "sound.txt").write_text(FACT, encoding="utf-8")
    whole = docx(paragraph("A paragraph that is long enough to be read as a sentence of a document."))
    page = pdf("A page with a sentence that nobody will ever ask for.")
    files: dict[str, bytes] = {
        "truncated.pdf": page[: len(page) // 3],
        "empty.pdf": b"",
        "text-named.pdf": b"This is no PDF at all, whatever its name says.\n",
        "blank-page.pdf": pdf(""),
        "encrypted.pdf": pdf("Nobody reads this sentence.", encrypted=True),
        "truncated.docx": whole[: len(whole) // 2],
        "bomb.docx": zip_bomb(),
        "laughs.docx": laughs(),
        "outside.docx": outside(),
        "no-parts.docx": _zip({"hello.txt": b"no Word document"}),
        "not-xml.docx": docx("<w:document"),
        "empty.txt": b"",
        "blank.txt": b" \n\t\n\r\n",
        "empty.html": b"",
        "empty.md": b"",
        "empty.docx": b"",
        "noise.txt": bytes(range(256)) * 40,
        "zeros.txt": b"\0" * 5000,
        "archive.zip": _zip({"inside.txt": FACT.encode()}),
        "picture.png": PNG,
        "deep.html": b"<html><body>" + b"<div>" * 30_000 + b"At the bottom." + b"</div>" * 30_000,
        "unclosed.html": b"<html><head><title>Unclosed</title><body><p>A sentence in a page that ends too ea",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _zip(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


ENCODED: dict[str, tuple[bytes, str]] = {
    "utf16.txt": ("The mayor of Kėdainiai opened the bridge on 3 May 1998.\n".encode("utf-16"), "bridge on 3 May 1998"),
    "bom.txt": (b"\xef\xbb\xbf" + "The vault of Panevėžys holds 812 gold coins.\n".encode(), "812 gold coins"),
    "cp1252.txt": (
        "The café of Señor Núñez sold “naïve” pâté for €17 — déjà vu, said the cook. Fürth’s café didn’t.\n".encode(
            "cp1252"
        ),
        "for €17",
    ),
    "crlf.txt": (b"Line one of the memo.\r\nThe engine of the tug weighs 913 kilograms.\r\n", "913 kilograms"),
    "cyrillic.txt": (
        "Высота башни в городе составляет 128 метров. Её построили в прошлом веке, сообщил мэр.\n".encode("cp1251"),
        "128",
    ),
}
"""File name: content, and what must be found in it."""


def oddly_named(folder: Path) -> list[bytes]:
    """Sound documents whose names are odd; gives the names."""
    names = [
        b"-rf.txt",
        b"--help.txt",
        b"new\nline.txt",
        b"esc\x1b[31mred.txt",
        b"bad\xff\xfe.txt",
        "\u202ebidi.txt".encode(),
        b" space .txt",
        b"[bold]markup[:].txt",
        b"colon:1-20.txt",
        b"%s{0}$HOME`id`.txt",
        b"UPPER.TXT",
    ]
    base = os.fsencode(folder)
    for number, name in enumerate(names):
        with open(base + b"/" + name, "wb") as file:  # noqa: PTH123 a Path cannot hold every one of these names
            file.write(f"The lighthouse number {number} stands {700 + number} metres from the shore.\n".encode())
    return names


ESCAPES = (
    "The province and its dam: a report by the water board of the upper valley, for the winter of the year 2021.\n\n"
    "\x1b[2J\x1b[31mThe governor said the dam holds 37 billion litres of water in a normal year\x1b[0m, "
    "\x1b]8;;http://example.invalid/\x1b\\as the table shows\x1b]8;;\x1b\\ and \u202eesrever\u202c.\n\n"
    "The governor of the [bold red]province[/] denied on Monday that the wall of the \x9b31mdam\x07 leaks, "
    "and [link=http://x.invalid]left[/link] for the capital, where the ministry of water has its seat.\n\n"
    "\x1b]0;owned\x07“The dam is safe\u2066 and it will be safe in the years to come,” the governor said on Friday in "
    "a speech to the people of the valley, \radding nothing\x7f more about the costs of the repair.\n\n"
    "The board meets every month. Its members are chosen by the towns of the valley for a term of four years, and the "
    "minutes of its meetings are kept in the library of the district, where everybody may read them.\n"
)
"""A document that would rewrite the screen, among enough plain words to be text."""
