#!/usr/bin/env python3
"""Check a proof bundle with nothing but Python 3.11 and OpenSSL 3.

Say `python3 verify.py [FOLDER]`. It recomputes the chain of records (SHA-256), what was disclosed
of them (HMAC-SHA256), the way up to the root of a checkpoint (RFC 6962), its signature (Ed25519,
C2SP signed note), its time-stamp (RFC 3161), and the seal of each PDF (CMS, RFC 5652) whose digest
a record names. Whom you trust is yours to say: put the certificates into trust.pem, and compare the
key of the notes with the one that the organisation publishes. Ends with 0 if all that is there
holds, with 1 if anything doesn't.
"""

import base64
import hashlib
import hmac
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

TAGS = "wagtail-contracts/audit-%s/v1"
PUBLIC = bytes.fromhex("302a300506032b6570032100")  # before a bare Ed25519 key: RFC 8410
SIGNATURE = re.compile("\u2014 (\\S+) (\\S+)")
PURE = "pkeyutl -verify -rawin -pubin -keyform DER -inkey {key} -sigfile {signature} -in {text}"
RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


class Wrong(Exception):
    """Something in the bundle doesn't hold."""


def tagged(kind: str, data: bytes) -> str:
    return hashlib.sha256((TAGS % kind).encode() + b"\n" + data).hexdigest()


def canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def check_chain(trail: dict[str, Any]) -> str:
    """Each record names the digest of the one before it; the last one's is the head."""
    digest = tagged("genesis", canonical(trail["key"]))
    for number, text in enumerate(trail["records"], start=1):
        record = json.loads(text)
        if (record["trail"], record["seq"], record["prev"]) != (trail["key"], number, digest):
            raise Wrong(f"record {number} does not follow its predecessor")
        digest = tagged("event", text.encode())
    if (len(trail["records"]), digest) != (trail["length"], trail["head"]):
        raise Wrong("the records do not lead to the head")
    return f"{trail['length']} records lead to the head {digest}"


def check_disclosures(trail: dict[str, Any], disclosures: list[dict[str, str]]) -> str:
    """Each value is what a record was committed to; values that were erased are not there."""
    held = {item["c"] for text in trail["records"] for item in json.loads(text)["commitments"]}
    for one in disclosures:
        content = (TAGS % "disclosure").encode() + b"\n" + canonical(one["value"])
        made = hmac.new(bytes.fromhex(one["salt"]), content, hashlib.sha256).hexdigest()
        if made != one["commitment"] or made not in held:
            raise Wrong(f"no record was committed to {one['value']!r}")
    return f"{len(disclosures)} disclosed values are those that the records were committed to"


def check_inclusion(trail: dict[str, Any], proof: dict[str, Any]) -> str:
    """The note covers the head that the trail had at some length, by RFC 9162, 2.1.3.2."""
    digests = [tagged("event", text.encode()) for text in trail["records"]]
    length, head = proof["length"], proof["head"]
    if not 0 < length <= len(digests) or digests[length - 1] != head:
        raise Wrong("the checkpoint covers another trail")
    found = hashlib.sha256(b"\0" + f"{trail['key']}\n{length}\n{head}\n".encode()).digest()
    _origin, size, root = proof["note"].split("\n")[:3]
    position, last = proof["index"], int(size) - 1
    if not 0 <= position <= last:
        raise Wrong("the checkpoint does not go so far")
    for text in proof["path"]:
        sibling = bytes.fromhex(text)
        if position % 2 or position == last:
            found = hashlib.sha256(b"\1" + sibling + found).digest()
            while position and position % 2 == 0:
                position, last = position >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + sibling).digest()
        position, last = position >> 1, last >> 1
    if last or base64.b64encode(found).decode() != root:
        raise Wrong("the way does not lead to the root of the checkpoint")
    return f"a checkpoint of {size} entries covers the first {length} records"


def check_note(note: str, verifiers: list[str]) -> str:
    """One of the keys signed the note."""
    text, _empty, signatures = note.rpartition("\n\n")
    keys = {}
    for verifier in verifiers:
        name, _hash, encoded = verifier.split("+", 2)
        typed = base64.b64decode(encoded)
        keys[name, hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]] = typed[1:]
    for name, encoded in SIGNATURE.findall(signatures):
        signature = base64.b64decode(encoded)
        key = keys.get((name, signature[:4]))
        if key and openssl(
            PURE,
            key=PUBLIC + key,
            signature=signature[4:],
            text=text.encode() + b"\n",
        ):
            return f"the checkpoint was signed by {name}"
    raise Wrong("none of the keys signed the checkpoint")


def check_token(note: str, token: str, trust: bytes) -> str:
    """An authority that you trust says when the note existed."""
    words = "ts -verify -data {note} -in {token} -token_in -CAfile {trust}"
    if not openssl(words, note=note.encode(), token=base64.b64decode(token), trust=trust):
        raise Wrong("the time-stamp of the checkpoint does not hold")
    return "the checkpoint has a time-stamp that holds"


def check_seal(path: Path, trail: dict[str, Any], trust: bytes) -> str:
    """The file is the one that a record names, and its seal covers it up to the first addition."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if not any(json.loads(text)["data"].get("file") == digest for text in trail["records"]):
        raise Wrong(f"no record names {path.name}")
    found = RANGE.search(data)
    if not found:
        raise Wrong(f"{path.name} has no seal")
    first, length, second, rest = map(int, found.groups())
    if first or data[length : length + 1] != b"<" or data[second - 1 : second] != b">":
        raise Wrong(f"the seal of {path.name} covers something else")
    signed = data[:length] + data[second : second + rest]
    cms = bytes.fromhex(data[length + 1 : second - 1].decode("ascii"))
    words = "cms -verify -binary -inform DER -in {cms} -content {signed} -CAfile {trust}"
    words += " -purpose any -no_check_time -out {out}"
    if not openssl(words, cms=cms, signed=signed, trust=trust, out=b""):
        raise Wrong(f"the seal of {path.name} does not hold")
    return f"{path.name} is the file that a record names, and its seal holds"


def openssl(words: str, **files: bytes) -> bool:
    """Run it over the contents; whether it is content."""
    with tempfile.TemporaryDirectory() as folder:
        places = {name: str(Path(folder, name)) for name in files}
        for name, content in files.items():
            Path(places[name]).write_bytes(content)
        command = ["openssl", *(word.format(**places) for word in words.split())]
        done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode == 0


def checks(folder: Path) -> Iterator[Callable[[], str]]:
    """All that can be checked with what is there, one after the other."""
    bundle = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    trail, proof = bundle["trail"], bundle["checkpoint"]
    trust = (folder / "trust.pem").read_bytes() if (folder / "trust.pem").exists() else b""
    yield lambda: check_chain(trail)
    yield lambda: check_disclosures(trail, bundle["disclosures"])
    if proof:
        yield lambda: check_inclusion(trail, proof)
        yield lambda: check_note(proof["note"], bundle["verifiers"])
        if bundle["token"]:
            yield lambda: check_token(proof["note"], bundle["token"], trust)
    for path in sorted(folder.glob("*.pdf")):
        yield partial(check_seal, path, trail, trust)


def main(folder: Path) -> int:
    """Say what holds and what doesn't."""
    faults = 0
    for check in checks(folder):
        try:
            print("holds:", check())
        except (Wrong, ValueError, KeyError, TypeError) as wrong:
            faults += 1
            print("WRONG:", wrong)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
