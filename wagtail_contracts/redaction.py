"""Log lines without secrets: the finished text is rewritten, traceback and arguments too.

A filter on a logger misses its child loggers, and a filter on a handler misses the traceback;
only a formatter sees all of what is written.
"""

import logging
import re

# By length: link tokens are 43 characters of base64url, public ids 22. Digests in hexadecimal (64)
# go too; a line that needs one writes its first 16 characters.
TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43,}(?![A-Za-z0-9_-])")
QUERY = re.compile(
    r"(?i)\b(code|state|token|nonce|id_token|code_verifier|password|secret)=[^&\s'\"]+"
)
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# As E.164 has it, spaces or not; and eleven digits alone, as national identity numbers are.
PHONE = re.compile(r"\+\d(?:[ -]?\d){6,14}(?!\d)")
NATIONAL_ID = re.compile(r"(?<![\d.])\d{6} ?\d{5}(?![\d.])")


def redacted(text: str) -> str:
    """`text` without tokens, codes in queries, mail addresses, phones and identity numbers."""
    text = MAIL.sub("***@***", TOKEN.sub("***", QUERY.sub(r"\1=***", text)))
    return NATIONAL_ID.sub("***", PHONE.sub("+***", text))


class RedactingFormatter(logging.Formatter):
    """For every handler of a site's LOGGING."""

    def format(self, record: logging.LogRecord) -> str:
        """Write the record without secrets."""
        return redacted(super().format(record))


class Redacting(logging.Formatter):
    """Around a formatter that the site already has, one that writes JSON for example."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """Write the record as `inner` does, without secrets."""
        return redacted(self.inner.format(record))
