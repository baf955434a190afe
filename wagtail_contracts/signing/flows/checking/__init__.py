"""Whether a site is whole: rows, chains, seals, signatures and files prove each other."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing.flows.checking import contract, files, site, trails
from wagtail_contracts.signing.flows.checking.findings import Finding
from wagtail_contracts.signing.flows.checking.paging import pages


def check(number: str | None = None) -> Iterator[Finding]:
    """Everything that is not as it should be, or only what is about one contract.

    Writes nothing, and holds one contract or one file in memory at a time. The site may go on
    working: a finding is looked at twice.
    """
    tally = trails.Tally.begun()
    wanted = Contract.objects.filter(number=number) if number else Contract.objects.all()
    for page in pages(wanted.only("pk")):
        for row in page:
            yield from tally.confirmed(lambda pk=row.pk: contract.judge(pk, tally))  # type: ignore[misc]
    if number:
        return
    yield from trails.without_contract(tally)
    yield from trails.loose(tally)
    yield from files.without_version()
    yield from files.strays()
    yield from site.triggers()
    yield from site.dangling()
    yield from site.keys()
    yield from site.outbox()


__all__ = ["Finding", "check"]
