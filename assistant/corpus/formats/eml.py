"""E-mail messages (.eml): the body, with subject, sender and date as what the file declares."""

from __future__ import annotations

from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from assistant.corpus.formats import markup
from assistant.corpus.formats.extracted import Extracted, bounded
from assistant.corpus.formats.text import decode
from assistant.domain import Provenance
from assistant.errors import CorpusError


def extract(data: bytes) -> Extracted:
    """The plain text of a message, or that of its HTML; attachments are left out."""
    try:
        message = message_from_bytes(data, policy=default)
        text = _body(message) if isinstance(message, EmailMessage) else ""
        declared = _declared(message) if isinstance(message, EmailMessage) else Provenance()
    except (MessageError, ValueError, LookupError, IndexError, AttributeError) as error:
        # The parser of the standard library trips over malformed headers in all of these ways.
        raise CorpusError("is a damaged e-mail message", "Export it again.") from error
    if not text.strip():
        raise CorpusError("holds no text", "Attachments of messages are not read; save them as files.")
    return Extracted(bounded(text), declared=declared)


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return ""
    text, _ = decode(payload, part.get_content_charset())
    text = text.replace("\r\n", "\n")
    if part.get_content_type() == "text/html":
        root = markup.parse(text.replace("\0", ""))
        return "" if root is None else markup.render(root)
    return text


def _declared(message: EmailMessage) -> Provenance:
    subject = " ".join(str(message["subject"] or "").split())
    name, _ = parseaddr(str(message["from"] or ""))
    sent = str(message["date"] or "")
    try:
        day = parsedate_to_datetime(sent).date() if sent else None
    except ValueError:
        day = None
    return Provenance(title=subject or None, author=name or None, published=day)
