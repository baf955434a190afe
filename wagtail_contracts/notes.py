"""Checkpoints as signed notes: c2sp.org/signed-note and c2sp.org/tlog-checkpoint, with Ed25519."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wagtail_contracts import merkle

ED25519 = b"\x01"  # the algorithm byte of the format
NAME = re.compile(r"[^\s+]+")
SIGNATURE = re.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})\n")
DASH = "\u2014 "
SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
QUOTED = re.compile(r"^(?:> ?)+")
MOST_SIGNATURES = 16  # of one note; beside ours there may be witnesses


class NotANote(ValueError):
    """The text is not a checkpoint, or nobody we know signed it."""


@dataclass(frozen=True)
class Checkpoint:
    """How far a log had grown: `size` entries under `root` (32 bytes).

    `origin` names the log. `extensions` are lines that the origin defines for itself.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """What is signed."""
        encoded = base64.b64encode(self.root).decode()
        return "".join(f"{line}\n" for line in (self.origin, self.size, encoded, *self.extensions))


@dataclass(frozen=True)
class Verifier:
    """A name and a public key. As text it is the format's verifier key: name+hash+base64."""

    name: str
    key: Ed25519PublicKey

    @property
    def hash(self) -> bytes:
        """Four bytes that tell the keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + self._typed_key()).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{base64.b64encode(self._typed_key()).decode()}"

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """The verifier that the text stands for. Raises NotANote."""
        try:
            name, key_hash, encoded = text.strip().split("+", 2)
            typed = _bytes(encoded)
            verifier = cls(name, Ed25519PublicKey.from_public_bytes(typed[1:]))
        except ValueError as error:
            raise NotANote("not a verifier key") from error
        if typed[:1] != ED25519 or verifier.hash.hex() != key_hash or not NAME.fullmatch(name):
            raise NotANote("not a verifier key")
        return verifier

    def _typed_key(self) -> bytes:
        return ED25519 + self.key.public_bytes_raw()


def entry(trail: str, length: int, head: str) -> bytes:
    """The leaf of one trail's head in the log."""
    return merkle.leaf(f"{trail}\n{length}\n{head}\n".encode())


def sign(checkpoint: Checkpoint, name: str, key: Ed25519PrivateKey) -> str:
    """The signed note: the text, an empty line, one line with the signature."""
    text = checkpoint.text()
    signature = Verifier(name, key.public_key()).hash + key.sign(text.encode())
    return f"{text}\n\u2014 {name} {base64.b64encode(signature).decode()}\n"


def found(text: str) -> list[str]:
    """The notes in a text that holds several, or other paragraphs too; none is opened.

    Quotation marks (`> `), spaces at the end of a line and more empty lines are a mail's.
    """
    paragraphs = re.split("\n{2,}", "\n".join(_lines(text)))
    notes = []
    for told, after in pairwise(paragraphs):
        signatures = list(takewhile(_is_signature, after.splitlines()))
        if signatures:
            notes.append("\n".join([told.lstrip("\n"), "", *signatures, ""]))
    return notes


def passed_over(text: str, notes: Sequence[str]) -> int:
    """How many signatures by whoever signed these notes belong to none of them, in this text."""
    signed = [line.split(" ")[1] for note in notes for line in note.splitlines() if _is_whole(line)]
    there = [line.split(" ")[1] for line in _lines(text) if _is_whole(line)]
    return sum(name in signed for name in there) - len(signed)


def _lines(text: str) -> list[str]:
    return [QUOTED.sub("", line).rstrip() for line in text.split("\n")]


def _is_whole(line: str) -> bool:
    """A signature line of Ed25519: 68 bytes in base64. A sender's own name is shorter."""
    return _is_signature(line) and len(line.split(" ")[2]) >= 92


def _is_signature(line: str) -> bool:
    """Half a one, of a process that died, is none."""
    return SIGNATURE.fullmatch(f"{line}\n") is not None


def opened(note: str, verifiers: Sequence[Verifier]) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed. Raises NotANote.

    Signatures by keys that are not asked for count for nothing; a wrong one by a key that is asked
    for refuses the note.
    """
    text, separator, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines(keepends=True)
    if not separator or not 0 < len(lines) <= MOST_SIGNATURES:
        raise NotANote("not a signed note")
    if not all(SIGNATURE.fullmatch(line) for line in lines):
        raise NotANote("not a signed note")
    text += "\n"
    known = [_signed(text, line, verifier) for line in lines for verifier in verifiers]
    if not any(known):
        raise NotANote("signed by no known key")
    return _parsed(text)


def _signed(text: str, line: str, verifier: Verifier) -> bool:
    name, encoded = SIGNATURE.fullmatch(line).groups()  # type: ignore[union-attr]
    try:
        signature = _bytes(encoded)
    except ValueError as error:
        raise NotANote("not a signed note") from error
    if (name, signature[:4]) != (verifier.name, verifier.hash):
        return False
    try:
        verifier.key.verify(signature[4:], text.encode(errors="surrogatepass"))
    except InvalidSignature as error:
        raise NotANote("bad signature") from error
    return True


def _parsed(text: str) -> Checkpoint:
    try:
        origin, size, root, *extensions = text.removesuffix("\n").split("\n")
        decoded = _bytes(root)
    except ValueError as error:
        raise NotANote("not a checkpoint") from error
    if not origin or not SIZE.fullmatch(size) or len(decoded) != 32 or "" in extensions:
        raise NotANote("not a checkpoint")
    return Checkpoint(origin, int(size), decoded, tuple(extensions))


def _bytes(encoded: str) -> bytes:
    """What base64 stands for, in the one way of writing it. Raises ValueError."""
    data = base64.b64decode(encoded, validate=True)
    if base64.b64encode(data).decode() != encoded:
        raise ValueError("base64 with bits to spare")
    return data
