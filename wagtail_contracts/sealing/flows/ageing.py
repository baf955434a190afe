"""How long what was sealed goes on proving itself, and what soon ends: for reports and alarms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Sum
from django.utils import timezone

from wagtail_contracts.algorithms import Retirement, first
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.flows.identities import identity
from wagtail_contracts.sealing.models import SealedFile, SealedFileQuerySet

if TYPE_CHECKING:
    from wagtail_contracts.sealing.flows.sealing import Sealed

SOON = timedelta(days=60)  # before anything ends, those named hear of it, and files are renewed


@dataclass(frozen=True)
class Standing:
    """Files of one level that stand on the same algorithms, and when the first of them ends.

    `retired` names the algorithm that ends before their certificates do, where one does. `begins`
    is when the first ends, `ends` the last; None where nothing is known of them.
    """

    level: str
    signer: str
    algorithms: tuple[str, ...]
    files: int
    size: int
    begins: datetime | None
    ends: datetime | None
    retired: Retirement | None

    def __str__(self) -> str:
        """In a line of a report."""
        gone = f", {self.retired.name} retires {self.retired.at:%Y-%m-%d}" if self.retired else ""
        return f"{self.files} at {self.level}, {self._span}: {' '.join(self.algorithms)}{gone}"

    @property
    def _span(self) -> str:
        if self.begins is None or self.ends is None:
            return "nobody wrote down until when"
        first, last = f"{self.begins:%Y-%m-%d}", f"{self.ends:%Y-%m-%d}"
        return f"until {first}" if first == last else f"until {first} to {last}"


def standings(files: SealedFileQuerySet | None = None) -> Iterator[Standing]:
    """The newest file of each subject, by what they stand on; what ends first comes first."""
    chosen = SealedFile.objects.current() if files is None else files
    rows: Iterable[Any] = chosen.values("level", "signer_fingerprint", "algorithms").annotate(
        files=Count("pk"),
        bytes=Sum("size"),
        begins=Min("renew_before"),
        ends=Max("renew_before"),
    )
    yield from sorted(map(_standing, rows), key=_by_end)


def due(before: datetime) -> SealedFileQuerySet:
    """The newest file of each subject that stops to prove itself before then, or may have."""
    names = {one for text in _sets() for one in text.split()}
    over = [name for name in names if _retires(name, before)]
    return SealedFile.objects.current().ending(before, over)


def until(one: SealedFile | Sealed) -> datetime:
    """When it stops to prove itself: by its certificates, or an algorithm that retires before."""
    ends = one.renew_before or datetime.min.replace(tzinfo=UTC)
    retired = first(one.algorithms.split(), sealing().retired)
    return min(ends, retired.at) if retired else ends


def renews() -> bool:
    """Whether the settings name whom to ask for time."""
    return bool(sealing().timestamp)


def seal_retires(*, test: bool = False) -> Retirement | None:
    """The algorithm of the configured seal that is retired first. Raises SealRefused."""
    from asn1crypto import x509

    key = x509.Certificate.load(identity(test=test).certificate()).public_key
    names = {f"{key.algorithm.removesuffix('ssa_pss')}-{key.bit_size}", "sha256"}
    return first(names, sealing().retired)


def soonest() -> datetime | None:
    """When the first of the newest files stops to prove itself; None where none is known to."""
    now = timezone.now()
    known = SealedFile.objects.current().filter(renew_before__gt=now)
    ends = [one.begins for one in standings(known) if one.begins and one.begins > now]
    return min(ends, default=None)


def _standing(row: dict[str, Any]) -> Standing:
    names = tuple(row["algorithms"].split())
    retired = first(names, sealing().retired)
    ends = [row["begins"], row["ends"]]
    if retired:
        ends = [end and min(end, retired.at) for end in ends]
    return Standing(
        level=row["level"],
        signer=row["signer_fingerprint"],
        algorithms=names,
        files=row["files"],
        size=row["bytes"],
        begins=ends[0],
        ends=ends[1],
        retired=retired,
    )


def _by_end(one: Standing) -> datetime:
    return one.begins or datetime.min.replace(tzinfo=UTC)


def _sets() -> list[str]:
    return list(SealedFile.objects.values_list("algorithms", flat=True).distinct())


def _retires(name: str, before: datetime) -> bool:
    over = first([name], sealing().retired)
    return over is not None and over.at <= before
