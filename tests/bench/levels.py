"""Seals of each level against a bare render and a bare signature of that level; judging them.

The authority for time and the issuers answer in this very process and hold their keys, on both
sides: what is asked of them costs both the same, and no network is in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.bench import seals, timing
from tests.bench.bare import Bare, Held
from tests.bench.timing import Row
from tests.tsa.lab import TimeLab
from tests.tsa.service import TimeAuthority
from tests.unit.sealing.pki import HeldStamper
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.judging.judge import judge
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.flows import identities, pades, reaching, revoking
from wagtail_contracts.sealing.flows.verifying import trust
from wagtail_contracts.sealing.rendering import Bundle
from wagtail_contracts.wire import timestamps
from wagtail_contracts.wire.calls import Answer

PART = "Levels of the seal"
MOST, MOST_JUDGING = 1.15, 2
ROUNDS = {1: 9, 10: 5, 50: 3}


def rows(*, tiny: bool) -> Iterator[Row]:
    """Each length and level; then what judging costs at the most pages against one."""
    bare, judging = Bare(Path(settings.VAR)), {}
    with ExitStack() as until, TimeAuthority() as server:
        until.callback(bare.run.close)
        lab = TimeLab(_apart(), server)
        for module in (timestamps, revoking):
            until.enter_context(mock.patch.object(module, "call", partial(_answered, server)))
        for pages in (1,) if tiny else (1, 10, 50):
            one = _Levels(pages, bare, lab)
            yield from one.rows(0 if tiny else ROUNDS[pages])
            judging[pages] = one.judged(0 if tiny else 9)
    most = max(judging)
    for level in Level:
        what = f"{level.value}: judge {most} pages of text against 1"
        yield timing.compared(PART, what, judging[most][level], judging[1][level], MOST_JUDGING)


def _apart() -> Path:
    """The site's own seal lies in VAR, under the same names, and is held once it was used."""
    folder = Path(settings.VAR, "lab")
    folder.mkdir()
    return folder


def _answered(
    server: TimeAuthority, url: str, body: bytes, *_rules: Any, method: str = "POST"
) -> Answer:
    """What the authority says, without a way in between."""
    return Answer(200, server.stamp(body) if method == "POST" else server.lists[urlsplit(url).path])


@dataclass
class _Levels:
    """One contract, sealed at each level, by us and barely."""

    pages: int
    bare: Bare
    lab: TimeLab

    def __post_init__(self) -> None:
        self.bundle: Bundle = seals.bundle(self.pages)
        self.rendered = sealing.render(self.bundle)
        self.printed = pades.pages(self.rendered)
        self.signer = _Chained(self.lab)

    def rows(self, rounds: int) -> Iterator[Row]:
        """The bar is for files whose length is more than the constant part."""
        tasks: dict[Any, timing.Task] = {"render": lambda: self.bare(self.bundle)[1]}
        for level in Level:
            check = partial(self._check, level)
            tasks[level] = timing.spent(partial(self._ours, level), check)
            tasks[level, "bare"] = timing.spent(partial(self._barely, level), check)
        found = timing.interleaved(tasks, rounds)
        for level in Level:
            whole = found["render"] + found[level, "bare"]
            what = f"{level.value}, {self.printed} pages: render and seal"
            most = MOST if self.pages > 1 else None
            yield timing.compared(PART, what, found[level], whole, most)
            if self.pages == 1:
                added = timing.milliseconds(found[level] - found["render"])
                yield Row(PART, f"{level.value}, {self.printed} pages: beyond the render", added)

    def judged(self, rounds: int) -> dict[Level, float]:
        """What it takes to verify what was made, which each seal does itself, too."""
        made = {level: self._ours(level) for level in Level}
        roots = trust_of(self.lab)
        tasks = {
            level: timing.spent(
                partial(judge, content, roots, timezone.now()), partial(_insist, level)
            )
            for level, content in made.items()
        }
        return timing.interleaved(tasks, rounds)

    def _ours(self, level: Level) -> bytes:
        with configured(self.lab, level):
            reached = reaching.certified(sealing.render(self.bundle), identities.identity())
        assert not reached.lacks
        return reached.content

    def _barely(self, level: Level) -> bytes:
        """Sign by pyHanko alone, with the key, the revocation lists and the authority at hand."""
        lasting: dict[str, Any] = {}
        if level.lasting:
            lasting = {
                "embed_validation_info": True,
                "use_pades_lta": level is Level.BLTA,
                "validation_context": self.signer.context(),
                "dss_settings": pades.SEAL_DATA,
            }
        metadata = PdfSignatureMetadata(
            field_name="Bare",
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            **lasting,
        )
        output, writer = BytesIO(), IncrementalPdfFileWriter(BytesIO(self.rendered))
        authority = HeldStamper(self.lab.tsa) if level.stamped else None
        PdfSigner(metadata, self.signer, timestamper=authority).sign_pdf(writer, output=output)
        return output.getvalue()

    def _check(self, level: Level, content: Any) -> None:
        reader = PdfFileReader(BytesIO(content))
        assert int(reader.root["/Pages"]["/Count"]) == self.printed
        assert len(reader.embedded_signatures) == (2 if level is Level.BLTA else 1)
        assert ("/DSS" in reader.root) is level.lasting
        stamps = reader.embedded_signatures[0].signer_info["unsigned_attrs"].native
        assert bool(stamps) is level.stamped


class _Chained(Held):
    """The lab's seal, with its issuer and all that was said of revocation."""

    def __init__(self, lab: TimeLab) -> None:
        known = SimpleCertificateStore()
        known.register_multiple([lab.issuer.der])
        Signer.__init__(self, signing_cert=lab.seal.der, cert_registry=known)
        self.key = lab.seal.key
        self.lab = lab

    def context(self) -> ValidationContext:
        """A new one each time: they cache."""
        return ValidationContext(
            trust_roots=[self.lab.root.der],
            other_certs=[self.lab.issuer.der, self.lab.tsa.der],
            allow_fetching=False,
            revocation_mode="soft-fail",
            crls=list(self.lab.server.lists.values()),
        )


def configured(lab: TimeLab, level: Level) -> override_settings:
    """Seal so."""
    ours: Any = settings.WAGTAIL_CONTRACTS
    chosen = {**ours["SEALING"], **lab.settings(level.value)}
    return override_settings(WAGTAIL_CONTRACTS={**ours, "SEALING": chosen})


def trust_of(lab: TimeLab) -> Any:
    """The lab's root, for seals and for time."""
    with configured(lab, Level.BLTA):
        return trust()


def _insist(level: Level, report: Any) -> None:
    assert (report.verdict.value, report.level) == ("intact", level.value)
