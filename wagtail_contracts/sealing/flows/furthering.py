"""Kept files go further, each as a generation of its own: to the level that is wanted, or on.

Printing, sealing and asking others happen outside the transaction that keeps what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction

from wagtail_contracts.actors import Actor
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.errors import AlreadySealed, NoLonger
from wagtail_contracts.sealing.flows.ageing import until
from wagtail_contracts.sealing.flows.sealing import Sealed, raise_level, renew
from wagtail_contracts.sealing.flows.storing import content, keep, store
from wagtail_contracts.sealing.flows.verifying import verify
from wagtail_contracts.sealing.models import SealedFile, SealedFileQuerySet

_elsewhere: dict[str, str] = {}


class Kept(NamedTuple):
    """The row of a generation; `is_new` unless another process was faster."""

    file: SealedFile
    is_new: bool


@dataclass(frozen=True)
class Furthered:
    """What became of one file: `made` stands in its place now, or `error` says why not.

    With neither it has to wait: nobody says yet what it lacks.
    """

    kept: SealedFile
    made: Kept | None = None
    error: Exception | None = None


def leave_to(**by: str) -> None:
    """Say, in AppConfig.ready, what does the work of a command of ours: its files are its own."""
    _elsewhere.update(by)


def left_to(command: str) -> str:
    """What does the work of this command on a site whose files another app owns; else empty."""
    return _elsewhere.get(command, "")


def raise_file(kept: SealedFile, *, by: Actor) -> Kept | None:
    """Take a kept file as far as the settings want by now, as its next generation.

    None where nobody says yet what it lacks, or it goes far enough. Nothing is held meanwhile.
    Raises SealRefused, FileAltered, StorageFailed, OSError.
    """
    data = content(kept)
    sealed = raise_level(data, kept.level, test=_is_test(data))
    return _following(kept, sealed, by=by) if sealed else None


def raise_files(files: SealedFileQuerySet, *, by: Actor) -> Iterator[Furthered]:
    """Raise each, as `raise_file` does and by the rules of `raise_each`."""
    return raise_each(_in_turn(files), partial(raise_file, by=by))


def raise_each(
    files: Iterable[SealedFile], one: Callable[[SealedFile], Kept | None]
) -> Iterator[Furthered]:
    """Let `one` raise and keep each; what can't be raised keeps no other from its turn.

    Where one has to wait on, so have the others of its certificate and level: each asks two
    servers.
    """
    waits: set[tuple[str, str]] = set()
    for kept in files:
        like = _like(kept)
        try:
            made = None if like in waits else one(kept)
        except (Refusal, OSError) as error:
            yield Furthered(kept, error=error)
            continue
        if made is None:
            waits.add(like)
        yield Furthered(kept, made)


def renew_file(kept: SealedFile, *, longer: bool = False, by: Actor) -> Kept:
    """Put one more time-stamp into a kept file, as its next generation, by which it lasts on.

    With `longer` it is refused where the file would prove itself no longer by it. Nothing is held
    meanwhile. Raises SealRefused, NoLonger, FileAltered, StorageFailed, OSError.
    """
    data = content(kept)
    sealed = renew(data, kept.level, test=_is_test(data))
    if longer:
        insist_longer(kept, sealed)
    return _following(kept, sealed, by=by)


def insist_longer(kept: SealedFile, made: Sealed) -> None:
    """Let nothing take the place of a file that proves itself as long. Raises NoLonger."""
    if (ends := until(made)) <= until(kept):
        raise NoLonger(ends)


def renew_files(
    files: SealedFileQuerySet, *, longer: bool = False, by: Actor
) -> Iterator[Furthered]:
    """Renew each, as `renew_file` does and by the rules of `renew_each`."""
    return renew_each(_in_turn(files), partial(renew_file, longer=longer, by=by))


def renew_each(
    files: Iterable[SealedFile], one: Callable[[SealedFile], Kept]
) -> Iterator[Furthered]:
    """Let `one` renew and keep each; what can't be renewed keeps no other from its turn.

    What an authority gave and would end no later for one isn't asked for again: each costs.
    """
    given: dict[tuple[str, str], datetime] = {}
    for kept in files:
        like = _like(kept)
        try:
            if like in given and given[like] <= until(kept):
                raise NoLonger(given[like])
            made = one(kept)
        except (Refusal, OSError) as error:
            if isinstance(error, NoLonger):
                given[like] = error.ends
            yield Furthered(kept, error=error)
        else:
            yield Furthered(kept, made)


def keep_following(
    subject: str, sealed: Sealed, name: str, *, before: SealedFile | None, by: Actor
) -> Kept:
    """As `keep`, for the generation after `before`, or the first.

    Where another process was faster, it is that one's row.
    """
    following = before.generation + 1 if before else 1
    try:
        made = keep(subject, sealed, name, generation=following, by=by)
    except AlreadySealed:  # by another process
        there = SealedFile.objects.get(subject=subject, generation=following)
        return Kept(there, is_new=False)
    return Kept(made, is_new=True)


def _in_turn(files: SealedFileQuerySet) -> Iterator[SealedFile]:
    """Each by itself, unless somebody was faster: this may take hours, and no cursor is held."""
    for pk in list(files.values_list("pk", flat=True)):
        yield from SealedFile.objects.current().filter(pk=pk)


def _like(kept: SealedFile) -> tuple[str, str]:
    return kept.signer_fingerprint, kept.level


def _is_test(data: bytes) -> bool:
    """Which identity has sealed it, where there are two."""
    return bool(sealing().test_backend) and verify(data).test


def _following(before: SealedFile, sealed: Sealed, *, by: Actor) -> Kept:
    name = store(sealed)
    with transaction.atomic():
        return keep_following(before.subject, sealed, name, before=before, by=by)
