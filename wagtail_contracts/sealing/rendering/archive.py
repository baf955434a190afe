"""A bundle in, PDF/A-3a with PDF/UA-1 out. Runs in the child process of worker.py.

Nothing outside the bundle is read, and a render that warns is refused. The same bundle gives the
same bytes.
"""

import contextlib
import logging
import mimetypes
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from weasyprint import HTML, Attachment, Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering.bundle import BASE, Attached, Bundle, from_json

VARIANT = "pdf/a-3a"
PAGES = 200
GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]{4,6})\)", re.DOTALL)

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/UA-1 clause 5 identifies the file; PDF/A-3 clause 6.6.2.3 wants the schema of that property
# declared.
IDENTIFICATION = """<rdf:RDF {namespaces}>
<rdf:Description rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>""".format(
    namespaces=" ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
)


class BundleFetcher(URLFetcher):
    """Serves the bundle and nothing else.

    The fatal error is a BaseException: WeasyPrint swallows all others and leaves the picture out.
    """

    def __init__(self, resources: Mapping[str, bytes]) -> None:
        super().__init__()
        self._resources = resources

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The file of that name in the bundle."""
        name = url.removeprefix(BASE)
        if name == url or name not in self._resources:
            raise FatalURLFetchingError(f"outside the bundle: {url[:80]}")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, body=self._resources[name], headers={"Content-Type": kind})


def render(bundle: Bundle) -> bytes:
    """The archival PDF of a bundle. Raises RenderingRefused."""
    try:
        with _no_warnings():
            source = HTML(string=bundle.html, url_fetcher=BundleFetcher(bundle.resources))
            document = source.render(pdf_variant=VARIANT)
            if len(document.pages) > PAGES:
                raise RenderingRefused(f"more than {PAGES} pages")
            if not document.metadata.title or not document.metadata.lang:
                raise RenderingRefused("a title or a language is missing")
            document.metadata.attachments = []  # <link rel=attachment> attaches nothing
            _identify(document)
            data: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                attachments=[_attachment(item) for item in bundle.attachments],
                pdf_identifier=bundle.identifier.encode(),
            )
            return data
    except FatalURLFetchingError as error:
        raise RenderingRefused(str(error)) from error
    except RecursionError as error:
        raise RenderingRefused("nested too deeply") from error


def job(request: bytes) -> bytes:
    """Entrance for the child process: a bundle as JSON in, a PDF out."""
    return render(from_json(request))


def _attachment(item: Attached) -> Attachment:
    return Attachment(
        string=item.content,
        name=item.name,
        description=item.description or item.name,
        relationship=item.relationship,
        created=item.at,
        modified=item.at,
    )


def _identify(document: Document) -> None:
    """Add the identification to the one rdf:RDF element; a second one would fail PDF/UA."""
    for prefix, uri in NAMESPACES.items():
        ET.register_namespace(prefix, uri)
    plain = document.metadata.generate_rdf_metadata

    def identified(variant: str, version: int, conformance: str) -> bytes:
        facts = ET.fromstring(plain(variant, version, conformance))  # noqa: S314 - our own text
        facts.extend(ET.fromstring(IDENTIFICATION))  # noqa: S314
        return ET.tostring(facts, encoding="utf-8")

    document.metadata.generate_rdf_metadata = identified


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextlib.contextmanager
def _no_warnings() -> Iterator[None]:
    """Whatever WeasyPrint warns about refuses the file: the style is ours, so it is our fault."""
    collector, log = _Collector(), logging.getLogger("weasyprint")
    propagate, log.propagate = log.propagate, False
    log.addHandler(collector)
    try:
        yield
    finally:
        log.removeHandler(collector)
        log.propagate = propagate
    glyphs = {match[1] for match in map(GLYPH.search, collector.messages) if match}
    if glyphs:
        missing = "".join(sorted(chr(int(point, 16)) for point in glyphs))
        raise RenderingRefused("no font has: " + " ".join(missing), missing)
    if collector.messages:
        raise RenderingRefused("; ".join(collector.messages[:5]))
