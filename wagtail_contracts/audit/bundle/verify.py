#!/usr/bin/env python3
"""Check a proof bundle with nothing but Python 3.11 and OpenSSL 3.

    python3 -I -S verify.py [FOLDER] --trust roots.pem --key NAME+HASH+BASE64

It recomputes the chain of records (SHA-256), what was disclosed of them (HMAC-SHA256), the way up
to the root of a checkpoint (RFC 6962), its signature (Ed25519, C2SP signed note), its time-stamps
(RFC 3161), and the seal of each PDF file (CMS, RFC 5652). You say whom you trust: `--trust` names
root certificates of seals and time-stamps, from their issuers; `--key` is that of the checkpoints,
as the organisation publishes it. Nobody is asked whether a certificate was revoked. No file is
opened: a record has its SHA-256. Ends with 0 if all holds, 1 if not, 2 if a part was not checked.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - whoever checks has the Python that they have
    print("NOT CHECKED: this needs Python 3.11")
    sys.exit(2)
if __name__ == "__main__" and not sys.flags.safe_path:
    del sys.path[0]  # this folder, where whoever made the bundle may have put modules
import argparse
import base64
import hashlib
import hmac
import json
import re
import subprocess
import tempfile
import time
from calendar import timegm
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TAGS = "wagtail-contracts/audit-%s/v1\n"
PLAIN = {one: ascii(chr(one))[1:-1] for one in range(1 << 16) if not chr(one).isprintable()}
SEALED = ("document.sealed", "document.completed", "document.renewed")  # records of sealed files
PUBLIC = bytes.fromhex("302a300506032b6570032100")  # before a bare Ed25519 key: RFC 8410
RANGE = rb"/Contents\s*(<[\dA-Fa-f]*>)\s*/ByteRange\s*\[\s*0((?:\s+\d{1,20}){3})\s*\]"
TIME = re.compile(rb"\x18.(\d{14})(?:\.\d+)?Z")
PURE = "pkeyutl -verify -rawin -pubin -keyform DER -inkey key -sigfile signature -in text"
CMS = "cms -verify -binary -cades -inform DER -in cms -content signed -CAfile trust"
CMS += " -out out -no-CApath -no-CAstore -purpose any -signer /dev/stdout "
WHOM = "x509 -noout -subject -nameopt RFC2253,-esc_msb -in cert"
INSIDE = "cms -verify -binary -noverify -nosigs -inform DER -in token"
STAMP = "ts -verify -data data -in token -token_in -CAfile trust -attime "


class Wrong(Exception):
    """Something in the bundle doesn't hold."""


class Unchecked(Exception):
    """Something can't be judged with what is there."""


class Given(NamedTuple):
    """The folder, what stands in bundle.json, and whom you trust."""

    folder: Path
    bundle: dict[str, Any]
    trust: bytes
    keys: list[str]
    records: list[dict[str, Any]]  # of all trails
    signed: list[dict[str, Any]]  # those that a checkpoint turned out to cover


def tagged(kind: str, text: str) -> str:
    """The digest of a text, under a name that says what it is."""
    return hashlib.sha256((TAGS % kind + text).encode()).hexdigest()


def check_disclosures(given: Given) -> Iterator[str]:
    """Each value is what a record was committed to; values that were erased are not there."""
    if not given.records:
        raise Wrong("there are no records")
    held = {item["c"] for record in given.records for item in record["commitments"]}
    for one in given.bundle["disclosures"]:
        content = TAGS % "disclosure" + json.dumps(one["value"], ensure_ascii=False)
        made = hmac.new(bytes.fromhex(one["salt"]), content.encode(), hashlib.sha256).hexdigest()
        if made != one["commitment"]:
            raise Wrong(f"{one['value']!r} with its salt is not what was committed to")
        if made not in held:
            raise Wrong(f"no record was committed to {one['value']!r}")
    told = {one["commitment"] for one in given.bundle["disclosures"]}
    behind = len(told - {item["c"] for record in given.signed for item in record["commitments"]})
    yield f"{len(told) - behind} disclosed values are what records committed to"
    if behind:
        raise Unchecked(f"{behind} disclosed values: no checkpoint covers their records")


def check_steps(given: Given, trail: Any, length: int, steps: list[Any]) -> Iterator[str]:
    """A log holds the head, the log was signed and stamped, and the next log holds that stamp."""
    leaf = f"{trail['key']}\n{length}\n{tagged('event', trail['records'][length - 1])}\n".encode()
    stamped = [base64.b64decode(step["token"]) for step in steps] if steps[0]["token"] else []
    moments = [*map(told, stamped[1:]), int(time.time())]
    for place, step in enumerate(steps):
        note = step["note"]
        lines = note.partition("\n\n")[0].split("\n")
        tokens = [line.split(" ")[1:] for line in lines[3:] if line.startswith("tokens ")]
        if place and not tokens:
            raise Wrong("the checkpoint covers no time-stamp")
        size, root = tokens[0] if place else lines[1:3]
        check_inclusion(leaf, step, int(size), base64.b64decode(root))
        yield f"a checkpoint covers it, signed by {check_note(note, given.keys)}"
        given.signed.extend(map(json.loads, trail["records"][: 0 if place else length]))
        if not stamped:
            raise Unchecked("the checkpoint has no time-stamp: its age is its signer's word")
        leaf = stamped[place]
        if not given.trust:
            raise Unchecked("the time-stamp of the checkpoint: say --trust")
        files = {"data": note.encode(), "token": leaf, "trust": given.trust}
        if not openssl(STAMP + str(moments[place]), **files) or extent(leaf) != len(leaf):
            raise Wrong("the time-stamp of the checkpoint does not hold")
        yield time.strftime("the checkpoint existed on %c UTC", time.gmtime(told(leaf)))


def check_inclusion(leaf: bytes, step: dict[str, Any], size: int, root: bytes) -> None:
    """The path leads from the leaf to the root: RFC 9162, 2.1.3.2."""
    found, position, last = hashlib.sha256(b"\0" + leaf).digest(), step["index"], size - 1
    if not 0 <= position <= last:
        raise Wrong("the checkpoint does not go so far")
    astray = Wrong("the path does not lead to the root of the checkpoint")
    for text in step["path"]:
        if not last or len(sibling := bytes.fromhex(text)) != 32:
            raise astray
        while position == last and position % 2 == 0:
            position, last = position >> 1, last >> 1
        pair = sibling + found if position % 2 else found + sibling
        found, position, last = hashlib.sha256(b"\1" + pair).digest(), position >> 1, last >> 1
    if last or found != root:
        raise astray


def check_note(note: str, trusted: list[str]) -> str:
    """The name of whoever signed the note, with one of the keys."""
    text, _empty, signatures = note.rpartition("\n\n")
    keys = {}
    for verifier in trusted:
        name, _hash, encoded = verifier.split("+", 2)
        typed = base64.b64decode(encoded)
        keys[name, hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]] = typed[1:]
    for name, encoded in re.findall("\u2014 (\\S+) (\\S+)", signatures):
        made = base64.b64decode(encoded)
        if key := keys.get((name, made[:4])):
            if not openssl(PURE, text=text.encode() + b"\n", key=PUBLIC + key, signature=made[4:]):
                raise Wrong("the signature of the checkpoint does not hold")
            return str(name)
    raise Wrong("the checkpoint is signed by another key")


def check_trail(given: Given, trail: dict[str, Any]) -> Iterator[str]:
    """Each record names the digest of the one before it, up to the head; a checkpoint covers it."""
    digest = tagged("genesis", json.dumps(trail["key"], ensure_ascii=False))
    for number, text in enumerate(trail["records"], start=1):
        record = json.loads(text)
        if (record["trail"], record["seq"], record["prev"]) != (trail["key"], number, digest):
            raise Wrong(f"record {number} does not follow its predecessor")
        digest = tagged("event", text)
    if (len(trail["records"]), digest) != (trail["length"], trail["head"]):
        raise Wrong("the records do not lead to the head")
    yield f"{trail['length']} records lead to the head {digest}"
    if not trail["steps"]:
        raise Unchecked("no checkpoint covers these records: who grew them anew isn't found")
    if not 0 < trail["covered"] <= trail["length"]:
        raise Wrong("the checkpoint covers more than the records")
    yield from check_steps(given, trail, trail["covered"], trail["steps"])
    if trail["covered"] < trail["length"]:
        raise Unchecked(f"records from {trail['covered'] + 1} on are behind the checkpoint")


def check_file(given: Given, name: str, digest: str) -> Iterator[str]:
    """The file is one that a record names, and its seal holds."""
    if not re.fullmatch(r"\w[\w .()-]*", name) or not (given.folder / name).is_file():
        raise Wrong(f"{name} is not there")
    data = (given.folder / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Wrong(f"{name} is not the file that belongs here")
    if not any(seals(record, digest) for record in given.records):
        raise Wrong(f"no record names {name} as sealed")
    if not (found := next((one for one in given.signed if seals(one, digest)), None)):
        raise Unchecked(f"{name}: no checkpoint covers the record that names it")
    yield f"{name} is what record {found['seq']} of {found['trail']} names: {found['name']}"
    yield from check_seal(name, data, given.trust)
    proof = given.folder / (Path(name).stem + ".proof.json")
    if proof.is_file():
        yield from check_existence(given, digest, json.loads(proof.read_text(encoding="utf-8")))


def seals(record: dict[str, Any], digest: str) -> bool:
    """It is about a file that was sealed; others name files that somebody uploaded."""
    return record["name"] in SEALED and record["data"].get("file") == digest


def check_seal(name: str, data: bytes, trust: bytes) -> Iterator[str]:
    """A seal over the file as it was then; time-stamps over all that was added later."""
    parts, end = signatures(data)
    if end != len(data):
        raise Wrong(f"{name} has no seal over all of it")
    if not trust:
        raise Unchecked(f"the seal of {name}: say --trust")
    moments = [*(told(token) for _signed, token in parts[1:]), int(time.time())]
    when = f"-attime {moments[0]}" if parts[1:] else "-no_check_time"
    cert = openssl(CMS + when, signed=parts[0][0], cms=parts[0][1], trust=trust)
    if cert.count(b"BEGIN") != 1:
        raise Wrong(f"the seal of {name} does not hold")
    yield f"the seal of {name} holds, by {openssl(WHOM, cert=cert).decode().strip()[8:]}"
    for (signed, token), at, until in zip(parts[1:], moments, moments[1:], strict=False):
        if not openssl(STAMP + str(until), data=signed, token=token, trust=trust):
            raise Wrong(f"a time-stamp in {name} does not hold")
        yield time.strftime("it existed on %c UTC, says a time-stamp in it", time.gmtime(at))


def signatures(data: bytes) -> tuple[list[tuple[bytes, bytes]], int]:
    """What each covers, and itself; where the last ends. One says where it stands, no lookalike."""
    parts, end = [], 0
    for found in re.finditer(RANGE, data):
        gap, rest, size = map(int, found[2].split())
        if found.span(1) == (gap, rest):
            signature, end = bytes.fromhex(found[1][1:-1].decode()), rest + size
            parts.append((data[:gap] + data[rest:end], signature))
    return parts, end


def check_existence(given: Given, digest: str, proof: dict[str, Any]) -> Iterator[str]:
    """The earliest checkpoint that covers the record which names the file."""
    trail = next((one for one in given.bundle["trails"] if one["key"] == proof["trail"]), None)
    first, records = proof["sequence"], proof["records"]
    if trail is None or trail["records"][first - 1 : first - 1 + len(records)] != records:
        raise Wrong("the proof beside the file has other records")
    if not seals(json.loads(records[0]), digest) or proof["file"] != digest:
        raise Wrong("the proof beside the file is about another one")
    yield from check_steps(given, trail, first + len(records) - 1, proof["steps"])


def told(token: bytes) -> int:
    """The time in a time-stamp; whether it is true is another question."""
    if not (found := TIME.search(openssl(INSIDE, token=token))):
        raise Wrong("a time-stamp without a time")
    return timegm(time.strptime(found[1].decode(), "%Y%m%d%H%M%S"))


def extent(der: bytes) -> int:
    """How long the value is that it begins with: X.690, 8.1.3."""
    more = max(der[1] - 128, 0)
    return 2 + more + int.from_bytes(der[2 : 2 + more] or der[1:2])


def openssl(words: str, **files: bytes) -> bytes:
    """Run it over contents, by their names: what it says and a line break; nothing if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        done = subprocess.run(["openssl", *words.split()], cwd=folder, capture_output=True)
    return b"" if done.returncode else done.stdout + b"\n"


def judged(check: Iterator[str]) -> int:
    """Say what holds and what doesn't, and return the exit code for that."""
    try:
        for line in check:
            print("holds:", line.translate(PLAIN))
    except Unchecked as open_:
        print("NOT CHECKED:", str(open_).translate(PLAIN))
        return 2
    except Exception as error:  # noqa: BLE001 - whoever forges a bundle chooses what it raises
        text = str(error) if isinstance(error, Wrong) else f"unreadable: {error!r}"
        print("WRONG:", text.translate(PLAIN))
        return 1
    return 0


def check_all(options: argparse.Namespace, codes: set[int]) -> Iterator[str]:
    """One part after the other, each judged by itself."""
    bundle = json.loads((options.folder / "bundle.json").read_text(encoding="utf-8"))
    keys, trust = options.key or bundle["verifiers"], options.trust.read_bytes()
    records = [json.loads(text) for trail in bundle["trails"] for text in trail["records"]]
    given = Given(options.folder, bundle, trust, keys, records, [])
    codes.update(judged(check_trail(given, trail)) for trail in bundle["trails"])
    codes.add(judged(check_disclosures(given)))
    files = {one.name: "" for one in sorted(given.folder.glob("*.[pP][dD][fF]"))} | bundle["files"]
    codes.update(judged(check_file(given, *named)) for named in files.items())
    if not options.key and any(trail["steps"] for trail in bundle["trails"]):
        raise Unchecked("whose key signed the checkpoints: compare it, and say --key")
    yield from ()


def main() -> int:
    """Read what is given, and check it."""
    parser = argparse.ArgumentParser(description="Check a proof bundle.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path())
    parser.add_argument("--trust", type=Path, default=Path("/dev/null"), help="roots (PEM)")
    parser.add_argument("--key", action="append", help="a key of the checkpoints")
    codes: set[int] = set()
    codes.add(judged(check_all(parser.parse_args(), codes)))
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main())
