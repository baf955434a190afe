"""A contract for sealing: Norwegian text, one heading, six paragraphs and one table on a page."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wagtail_contracts import canonical, chain
from wagtail_contracts.sealing.rendering import Attached, Bundle, evidence, identifier

AT = datetime(2026, 1, 1, tzinfo=UTC)
TRAIL = "4b" * 16
STYLE = b"""@page { size: A4; margin: 22mm 18mm;
  @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { font-family: "Noto Sans"; font-size: 10.5pt; line-height: 1.4 }
h1 { font-size: 20pt } h2 { font-size: 13pt } table { border-collapse: collapse; width: 100% }
td, th { border: .5pt solid #888; padding: 2pt 4pt }
.page { break-before: page } .page:first-of-type { break-before: auto }"""
SENTENCES = (
    "Leverandøren skal levere tjenestene i samsvar med avtalen og med den aktsomhet som kreves. "
    "Kunden betaler vederlaget innen fjorten dager fra fakturadato. "
    "Ved forsinkelse påløper rente etter loven. "
) * 2
HEAD = (
    '<!doctype html><html lang="nb"><head><meta charset="utf-8">'
    '<title>Rammeavtale 2026-0001</title><meta name="author" content="Eksempel AS">'
    '<link rel="stylesheet" href="bundle:/style.css"></head><body><main><h1>Rammeavtale</h1>'
)
CONTRACT = {"number": "EKS-2026-1", "version": 3, "title": "Rammeavtale"}
EXHIBIT = b"Vedlegg 1\n"


def html(pages: int = 1, extra: str = "") -> str:
    """The text, with `extra` after its title."""
    sections = "".join(_page(number) for number in range(1, pages + 1))
    return f"{HEAD}{extra}{sections}</main></body></html>"


def _page(number: int) -> str:
    paragraphs = "".join(f"<p>{number}.{k} {SENTENCES}</p>" for k in range(1, 7))
    rows = "".join(f"<tr><td>Vare {k}</td><td>{k}</td><td>{k}00,00</td></tr>" for k in range(5))
    head = "".join(f'<th scope="col">{word}</th>' for word in ("Linje", "Antall", "Beløp"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    heading = f"<h2>{number}. Punkt {number}</h2>"
    return f'<section class="page">{heading}{paragraphs}{table}</section>'


def trail(count: int = 6) -> dict[str, Any]:
    """A chain of events, as audit gives it."""
    head, records = chain.genesis(TRAIL), []
    for number in range(count):
        content = {
            "at": canonical.moment(AT),
            "by": {"kind": "user", "key": "7"},
            "commitments": [],
            "data": {"n": number},
            "name": "contract.viewed",
        }
        link = chain.link(TRAIL, head, content)
        head = chain.Head(head.length + 1, link.digest)
        records.append(link.record)
    return {"key": TRAIL, "length": head.length, "head": head.digest, "records": records}


def facts(**changes: Any) -> dict[str, Any]:
    """evidence.json as a value, with changes that need not be right."""
    subject = canonical.digest(canonical.CONTRACT_VERSION, CONTRACT)
    files = [
        ("contract.json", canonical.CONTRACT_VERSION, canonical.encode(CONTRACT)),
        ("exhibit-1.txt", None, EXHIBIT),
    ]
    statements = [{"kind": "signature", "by": by, "digest": subject} for by in ("p1", "p2")]
    record = evidence(subject, files=files, statements=statements, trail=trail())
    return {**canonical.decode(record), **changes}


def bundle(  # noqa: PLR0913 - one for each part that a test bends
    pages: int = 1,
    *,
    text: str | None = None,
    extra: str = "",
    resources: Mapping[str, bytes] | None = None,
    told: Mapping[str, Any] | None = None,
    contract: Any = CONTRACT,
    more: tuple[Attached, ...] = (),
    identity: str | None = None,
) -> Bundle:
    """A bundle of so many pages; what is given may disagree with the rest."""
    record = canonical.encode(dict(told or facts()))
    attachments = (
        Attached("contract.json", canonical.encode(contract), "Source", AT, "The contract"),
        Attached("evidence.json", record, "Data", AT, "The evidence"),
        Attached("exhibit-1.txt", EXHIBIT, "Supplement", AT),
        *more,
    )
    return Bundle(
        text or html(pages, extra),
        identity or identifier(record),
        {"style.css": STYLE, **(resources or {})},
        attachments,
    )


def sha256(data: bytes) -> str:
    """As sha256sum says it."""
    return hashlib.sha256(data).hexdigest()
