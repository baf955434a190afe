"""Sealing against WeasyPrint and one signature, of the very same HTML, files and fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.bench import agreements, timing
from tests.bench.bare import Bare
from tests.bench.timing import Row
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import pades, rendering
from wagtail_contracts.sealing.rendering import Bundle, typefaces, worker
from wagtail_contracts.sealing.rendering.bundle import to_json
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows.sealing import _given
from wagtail_contracts.signing.rendering import paper

PART = "Sealing"
MOST = 1.15
ROUNDS = {1: 9, 10: 5, 50: 2}


def rows(*, tiny: bool) -> Iterator[Row]:
    """One to four rows for each length; a one-page file has no bar, as its constant part rules."""
    bare = Bare(Path(settings.VAR))
    try:
        for pages in (1,) if tiny else (1, 10, 50):
            one = _Sealing(pages, bare)
            yield from one.rows(0 if tiny else ROUNDS[pages])
            if pages == 1:
                yield one.starting()
    finally:
        bare.run.close()


@dataclass
class _Sealing:
    """All ways to seal one contract."""

    pages: int
    bare: Bare

    def __post_init__(self) -> None:
        self.at: SimpleNamespace = agreements.signed(agreements.CLAUSES[self.pages])
        self.bundle = _bundle(self.at)
        self.printed = pades.pages(sealing.render(self.bundle))
        # One page more, for the signatures, and a tenth of tolerance.
        assert abs(self.printed - 1 - self.pages) <= self.pages // 10, self.printed

    def rows(self, rounds: int) -> Iterator[Row]:
        """The table's rows of this length."""
        tasks = {
            "bare": self._bare,
            "made": timing.spent(self._made, self._check),
            "judged": timing.spent(lambda: sealing.seal(self.bundle).content, self._check),
            "whole": timing.spent(self._whole, self._check),
        }
        found = timing.interleaved(tasks, rounds)
        most = MOST if self.pages > 1 else None
        named = {
            "made": "render and seal",
            "judged": "render, seal and verify what was made",
            "whole": "all of it, from the database to the kept file",
        }
        for name, words in named.items():
            what = f"{self.printed} pages: {words}"
            bar = most if name == "made" else None
            yield timing.compared(PART, what, found[name], found["bare"], bar)

    def starting(self) -> Row:
        """What a new child costs beside its first file: it serves fifty, then it is replaced."""
        request, fonts = to_json(self.bundle), typefaces.places()
        with worker.Worker(rendering.JOB, rendering.LIMITS, fonts) as run:
            first = run(request)
            begun = timing.of(run._child.pid if run._child else 0)
            assert run(request) == first
            again = timing.of(run._child.pid if run._child else 0) - begun
        whole = timing.milliseconds(begun - again)
        shared = timing.milliseconds((begun - again) / rendering.LIMITS.jobs)
        return Row(PART, f"start of the process that renders, {whole}, by file", shared)

    def _bare(self) -> float:
        content, rendering, signing = self.bare(self.bundle)
        self._check(content)
        return rendering + signing

    def _made(self) -> bytes:
        return pades.certify(sealing.render(self.bundle), sealing.identity())

    def _whole(self) -> bytes:
        """The flow as the worker runs it; taken back, so that it can be run again."""
        with transaction.atomic():
            kept = signing.seal(type(self.at.version).objects.get(pk=self.at.version.pk), by=SYSTEM)
            transaction.set_rollback(True)
        self.kept = kept
        return sealing.content(kept)

    def _check(self, content: Any) -> None:
        reader = PdfFileReader(BytesIO(content))
        assert int(reader.root["/Pages"]["/Count"]) == self.printed
        assert len(reader.embedded_signatures) == 1
        assert reader.embedded_signatures[0].compute_integrity_info() is None


def bundle(pages: int) -> Bundle:
    """What is printed of a contract with so many pages of text, signed by all."""
    return _bundle(agreements.signed(agreements.CLAUSES[pages]))


def _bundle(at: SimpleNamespace) -> Bundle:
    trail = audit.excerpt(at.contract.trail)
    return paper.bundle(at.version, _given(at.version), trail)
