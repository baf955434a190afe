"""The files that a content names: whether all are there, what of them is printed and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.kinds.media import files
from wagtail_contracts.contracts.errors import FileWaits, NotReady
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.filing import file_content, file_fault
from wagtail_contracts.contracts.models import Contract, ContractVersion, Exhibit, StoredFile
from wagtail_contracts.contracts.models.files import StoredFileQuerySet
from wagtail_contracts.contracts.rendering.kinds.media import attached, named
from wagtail_contracts.contracts.rendering.print import Enclosed

SEALABLE = 24 << 20  # bytes; the seal and the evidence come on top, and 25 MB are checked
WORDS = 2 << 20  # bytes that the print of the words takes, at most
Content = trees.Content


def enclosed(content: Content) -> Enclosed:
    """What a text needs to be printed and sealed. Raises FileWaits, FileAltered."""
    kept = _usable(_named(content))
    pictures, inside = {}, []
    for name, file in attached(content):
        if file["digest"] not in kept:
            raise FileWaits(_("The file “%s” is not there.") % file["name"])
        data = file_content(kept[file["digest"]])
        inside.append((name, data))
        if picture := named(file):
            pictures[picture] = data
    return Enclosed(pictures, inside)


def insist_on_sealable(printed: bytes, files: Enclosed) -> None:
    """Refuse a contract whose sealed file nobody could have checked. Raises NotReady."""
    if len(printed) + sum(len(content) for _name, content in files.inside) > SEALABLE:
        raise NotReady([_("The contract with its files is too large to be sealed: 24 MB at most.")])


def leaves_room(content: Content) -> bool:
    """Whether a text can be sealed with its files; its pictures stand in the print, too."""
    inside = [file for _name, file in attached(content)]
    drawn = {file["digest"]: file["size"] for file in _shown(content) if named(file)}
    return sum(file["size"] for file in inside) + sum(drawn.values()) + WORDS <= SEALABLE


def page_words(content: Content) -> dict[str, list[str]]:
    """The words of each page of the exhibits, by digest, for readers who don't see them."""
    kept = _usable(_shown(content))
    return {digest: file.words for digest, file in kept.items() if file.pages}


def players(content: Content) -> set[str]:
    """The hosts whose players a reader of this content may start."""
    shown = (block.get("player") for block in trees.blocks(content["body"]))
    return {str(urlsplit(address).hostname) for address in shown if address}


def stored(contract: Contract, content: Content) -> dict[str, StoredFile]:
    """The files that a content of a contract names, by digest; equal bytes are one file.

    A digest enters a text by a file that its author may see, and nowhere else; into a data field by
    a file that was given for this contract.
    """
    given = StoredFile.objects.filter(answers__contract=contract)
    answered = trees.answered_files(content).values()
    return {**_usable(answered, given), **_usable(_shown(content))}


def shown_file(content: Content, digest: str) -> StoredFile | None:
    """The file with this digest that a text shows, if it shows one."""
    return _usable(_shown(content)).get(digest)


def called(content: Content, file: StoredFile) -> str:
    """What events call a file: one that was filled in by its field; its name may be sensitive."""
    given = trees.answered_files(content)
    labels = [
        field["label"]
        for field in content["fields"]
        if field["key"] in given and given[field["key"]]["digest"] == file.digest
    ]
    return str(labels[0]) if labels else file.name


def absent(contract: Contract, content: Content) -> list[str]:
    """A sentence for each file that can't be sent."""
    kept = stored(contract, content)
    lost = {file["name"] for file in _named(content) if file["digest"] not in kept}
    return [
        _("The file “%s” is not there, or is still being checked for viruses.") % name
        for name in sorted(lost)
    ]


def keep_exhibits(version: ContractVersion, *, by: Actor) -> None:
    """Name the files of a version in rows that stay, in the transaction that made it.

    Those of blocks that are hidden for now, too: an answer may show them. A file of the text that
    is new to what is agreed is recorded, one that was filled in with its field. Raises FileWaits.
    """
    kept = stored(version.contract, version.whole)
    for digest, name in {file["digest"]: file["name"] for file in _named(version.whole)}.items():
        if digest not in kept:
            raise FileWaits(_("The file “%s” is not there.") % name)
        Exhibit.objects.create(version=version, file=kept[digest])
    before = version.contract.versions.filter(number=version.number - 1).first()
    known = {file["digest"] for file in _shown(before.content)} if before else set()
    for digest, name in {file["digest"]: file["name"] for file in _shown(version.content)}.items():
        if digest not in known:
            data = {"version": version.number, "file": digest, "name": name}
            announcing.record(version.contract, events.EXHIBIT_ADDED, data, by=by)


def sealed_digests(content: Content) -> set[str]:
    """The digests of the files that travel in the sealed PDF."""
    return {file["digest"] for _name, file in attached(content)}


def exhibit_faults(version: ContractVersion, looked: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(row, missing or altered; the digest) for what a version names and has not; writes nothing.

    `looked` keeps what was found of each file, for the other versions of the contract.
    """
    rows = {row.file.digest: row.file for row in version.exhibits.select_related("file")}
    for digest in sorted({file["digest"] for file in _named(version.whole)}):
        if digest not in looked:
            looked[digest] = file_fault(rows[digest]) if digest in rows else "row"
        if looked[digest]:
            yield looked[digest], digest


def _named(content: Content) -> Iterator[trees.Node]:
    yield from _shown(content)
    yield from trees.answered_files(content).values()


def _shown(content: Content) -> Iterator[trees.Node]:
    """Those of the text itself."""
    for block in trees.blocks(content["body"]):
        yield from files(block)


def _usable(
    files: Iterable[trees.Node], among: StoredFileQuerySet | None = None
) -> dict[str, StoredFile]:
    """By digest; of several the one of that name, what others called it is nobody's business."""
    names = {file["digest"]: file["name"] for file in files}
    if not names:
        return {}
    known = StoredFile.objects.all() if among is None else among
    rows = known.filter(digest__in=names).usable().order_by("-pk")
    return {row.digest: row for row in sorted(rows, key=lambda row: row.name == names[row.digest])}
