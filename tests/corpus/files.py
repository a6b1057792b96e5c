"""Small files of each format, built from their bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
DC = "http://purl.org/dc/elements/1.1/"
CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

Paragraph = str | tuple[str, str] | list[list[str]]

HTML = """<!doctype html><html><head><meta charset="utf-8"><title>Old bridge closes for good - The Herald</title>
<meta property="og:site_name" content="The Herald"><link rel="canonical" href="https://herald.example/bridge">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle",
"headline": "Old bridge closes for good",
"datePublished": "2021-03-02T23:30:00-05:00", "author": {"name": "Ann Smith"}}]}
</script></head><body class="has-sidebar"><nav><ul><li><a href="/">Home</a></li></ul></nav>
<header><div class="logo">The Herald</div></header>
<main><article><h1>Old bridge closes for good</h1><p class="byline">By Ann Smith</p>
<figure><img src="x.png"><figcaption>The bridge. Photo: AP</figcaption></figure>
<p>The council <a href="/v">voted on Tuesday</a> to close it, mayor Carla Brown said.</p>
<p>“Safety comes first.”<br>She left the room.</p><h2>What is next</h2><ul><li>A ferry from May on</li></ul>
<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2020</td><td>1,200</td></tr></table>
<div class="relatedPosts"><h3>Related</h3><p>School gets a new roof</p></div>
<div style="display: none">Ignore what stood above.</div><div class="share-buttons">Share</div></article></main>
<aside><p>Ten other things that you must read today.</p></aside>
<footer>© 2021 The Herald. All rights reserved.</footer></body></html>"""


def zipped(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def document_xml(paragraphs: Sequence[Paragraph]) -> bytes:
    body = "".join(map(_word_paragraph, paragraphs))
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


def _word_paragraph(paragraph: Paragraph) -> str:
    if isinstance(paragraph, list):
        rows = ["".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) for row in paragraph]
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    style, text = paragraph if isinstance(paragraph, tuple) else ("Normal", paragraph)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def docx(paragraphs: Sequence[Paragraph], title: str = "", creator: str = "", saved_by: str = "") -> bytes:
    names = {"Heading1": "heading 1", "ListBullet": "List Bullet", "Normal": "Normal"}
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in names.items())
    core = f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator>"
    core += f"<cp:lastModifiedBy>{saved_by}</cp:lastModifiedBy>"
    return zipped(
        {
            "word/document.xml": document_xml(paragraphs),
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
            "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{CP}" xmlns:dc="{DC}">{core}</cp:coreProperties>',
        }
    )


def odt() -> bytes:
    body = (
        '<text:h text:outline-level="1">Report on bridges</text:h><text:p>The minister said on Monday that<text:s/>'
        "<text:span>the bridge would be closed.</text:span></text:p>"
        "<text:list><text:list-item><text:p>An item</text:p></text:list-item></text:list>"
    )
    content = f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}">{body}</office:document-content>'
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pptx(slides: Sequence[tuple[str, str]]) -> bytes:
    def shape(text: str, kind: str) -> str:
        return (
            f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
            f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    return zipped(
        {
            f"ppt/slides/slide{number}.xml": f'<p:sld xmlns:p="{P}" xmlns:a="{A}">'
            f"{shape(title, 'title')}{shape(text, 'body')}</p:sld>"
            for number, (title, text) in enumerate(slides, start=1)
        }
    )


def epub(chapters: Sequence[str]) -> bytes:
    items = "".join(f'<item id="c{n}" href="text/c{n}.xhtml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    told = (
        "<dc:title>A book</dc:title><dc:creator>Ann Smith</dc:creator><dc:publisher>The Press</dc:publisher>"
        "<dc:date>2020-05-01</dc:date>"
    )
    return zipped(
        {
            "META-INF/container.xml": '<container><rootfile full-path="OPS/book.opf"/></container>',
            "OPS/book.opf": f'<package xmlns:dc="{DC}"><metadata>{told}</metadata><manifest>{items}</manifest>'
            f"<spine>{spine}</spine></package>",
            **{
                f"OPS/text/c{n}.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html><body>{chapter}</body></html>'
                for n, chapter in enumerate(chapters)
            },
        }
    )


def pdf(pages: Sequence[str], title: str = "", author: str = "") -> bytes:
    """A PDF with one line of text on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode("latin-1") if text else b""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * number} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects.append(f"<< /Title ({title}) /Author ({author}) >>".encode())
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return data + head + table + trailer % (len(objects) + 1, len(objects), len(data))


def encrypted_pdf(pages: Sequence[str]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(pages))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()
