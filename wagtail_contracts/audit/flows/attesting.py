"""Whether the log is what checkpoints say, here and in notes that were kept elsewhere; proofs."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from django.db.models import Exists, OuterRef, QuerySet

from wagtail_contracts import merkle, notes
from wagtail_contracts.audit.errors import LogBroken, UnknownTrail
from wagtail_contracts.audit.flows.checkpointing import verifiers
from wagtail_contracts.audit.models import Checkpoint, Event, LogEntry

CHUNK = 5000


@dataclass(frozen=True)
class Included:
    """That a checkpoint covers the head of a trail; hashes are hexadecimal.

    `path` leads from the leaf at `index` to the root in `note` (RFC 6962, 2.1.1).
    """

    trail: str
    length: int
    head: str
    index: int
    note: str
    path: list[str]


def verify_log() -> int:
    """Recompute the log and each checkpoint; how many entries it has. Raises LogBroken.

    Each entry must name an event that its trail still has, with this digest. Raises
    CheckpointRefused where the settings name no keys to open notes with.
    """
    known = verifiers()
    frontier = merkle.Frontier()
    with closing(_leaves()) as leaves, closing(points_from()) as points:
        for point in points:
            _grow(frontier, leaves, point.size, "a checkpoint")
            _compare(point, frontier, known)
        if next(leaves, None):
            raise LogBroken(frontier.size, "no checkpoint covers it")
    _insist_on_events(LogEntry.objects.all())
    return frontier.size


def verify_onwards(point: Checkpoint, frontier: merkle.Frontier) -> None:
    """The same of one checkpoint, from a frontier that held on; it grows up to there.

    Raises LogBroken, and CheckpointRefused.
    """
    first = frontier.size
    with closing(_leaves(first)) as leaves:
        _grow(frontier, leaves, point.size, "a checkpoint")
    _compare(point, frontier, verifiers())
    _insist_on_events(LogEntry.objects.filter(index__gte=first, index__lt=point.size))


def verify_notes(texts: Iterable[str]) -> list[notes.Checkpoint]:
    """Compare notes that were kept elsewhere with the log; returns what they say, by size.

    Each holds when the log still begins with the very entries that it covers. The log itself is
    judged by `verify_log`. Raises LogBroken at the first that doesn't hold, and notes.NotANote.
    """
    known = verifiers()
    told = sorted((notes.opened(text, known) for text in texts), key=attrgetter("size"))
    frontier = merkle.Frontier()
    with closing(_leaves()) as leaves:
        for point in told:
            _grow(frontier, leaves, point.size, "the anchor")
            if frontier.root() != point.root:
                why = "the log up to here is another one than the anchor covers"
                raise LogBroken(point.size, why)
    return told


def verify_growth(
    old: str, new: str, path: Sequence[str]
) -> tuple[notes.Checkpoint, notes.Checkpoint]:
    """That the log of a newer note begins with that of an older one; what both say.

    By what `consistency` gave as `path`, and by the keys of the settings: no database is asked.
    Raises LogBroken where it isn't shown, and notes.NotANote.
    """
    before, now = (notes.opened(text, verifiers()) for text in (old, new))
    if before.origin != now.origin or not _shown(before, now, path):
        raise LogBroken(before.size, f"nothing shows that the log of {now.size} begins like it")
    return before, now


def _shown(before: notes.Checkpoint, now: notes.Checkpoint, path: Sequence[str]) -> bool:
    try:
        hashes = [bytes.fromhex(item) for item in path]
    except ValueError:
        return False
    return merkle.consistent(before.size, before.root, now.size, now.root, hashes)


def included(key: str) -> Included:
    """The newest proof that a checkpoint covers a trail. Raises UnknownTrail."""
    entry = LogEntry.objects.filter(trail__key=key).order_by("index").last()
    if entry is None:
        raise UnknownTrail(f"No checkpoint covers the trail {key}.")
    point = Checkpoint.objects.filter(size__gt=entry.index).earliest()
    hashes = [item.hex() for item in included_in(point.size, entry.index)]
    return Included(key, entry.length, entry.head, entry.index, point.note, hashes)


def included_in(size: int, index: int) -> list[bytes]:
    """The way from an entry of the log up to the root over the first `size` of them."""
    before = Checkpoint.objects.filter(size__lte=index).order_by("size").last()
    frontier = before.frontier() if before else merkle.Frontier()
    with closing(_leaves(frontier.size)) as leaves:
        after = list(islice(leaves, size - frontier.size))
    return merkle.inclusion_onwards(frontier, after, index)


def consistency(old_size: int) -> list[str]:
    """That the newest checkpoint's log begins with the first `old_size` entries; hexadecimal.

    Raises LogBroken where there were never so many.
    """
    point = Checkpoint.objects.order_by("size").last()
    if point is None or not 0 < old_size <= point.size:
        raise LogBroken(old_size, "no checkpoint goes so far")
    leaves = _first(point.size)
    return [item.hex() for item in merkle.consistency(leaves, old_size)]


def _leaves(first: int = 0) -> Generator[bytes, None, None]:
    # Who holds the error would hold half-read rows: closed later, they break another transaction.
    with closing(_rows(first)) as rows:
        for expected, (index, key, length, head) in enumerate(rows, start=first):
            if index != expected:
                raise LogBroken(expected, "is missing")
            yield notes.entry(key, length, head)


def _rows(first: int) -> Generator[tuple[int, str, int, str], None, None]:
    found = LogEntry.objects.filter(index__gte=first).order_by("index")
    columns = found.values_list("index", "trail__key", "length", "head")
    yield from columns.iterator(chunk_size=CHUNK)


def points_from(size: int = 0) -> Generator[Checkpoint, None, None]:
    """Checkpoints of at least so many entries, in order; who may stop before the end closes it."""
    points = Checkpoint.objects.filter(size__gte=size).order_by("size")
    yield from points.iterator(chunk_size=CHUNK)


def _first(size: int) -> list[bytes]:
    with closing(_leaves()) as leaves:
        return list(islice(leaves, size))


def _grow(frontier: merkle.Frontier, leaves: Iterator[bytes], size: int, by: str) -> None:
    for leaf in islice(leaves, size - frontier.size):
        frontier.append(leaf)
    if frontier.size < size:
        raise LogBroken(frontier.size, f"is missing, {by} covers it")


def _compare(point: Checkpoint, frontier: merkle.Frontier, known: Sequence[notes.Verifier]) -> None:
    try:
        told = notes.opened(point.note, known)
    except notes.NotANote as error:
        raise LogBroken(point.size, f"the checkpoint is {error}") from error
    root = frontier.root()
    if (told.size, told.root) != (point.size, root) or point.root != root.hex():
        raise LogBroken(point.size, "is not what the checkpoint covers")


def _insist_on_events(entries: QuerySet[LogEntry]) -> None:
    there = Event.objects.filter(
        trail=OuterRef("trail"), sequence=OuterRef("length"), digest=OuterRef("head")
    )
    gone = entries.filter(~Exists(there)).order_by("index").first()
    if gone:
        why = f"trail {gone.trail.key} no longer has the event {gone.length} with this digest"
        raise LogBroken(gone.index, why)
