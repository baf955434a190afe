"""python -m wagtail_contracts.sealing verify FILE...: judge sealed files.

No settings, no database, no network.
"""

import argparse
import hashlib
import io
import json
import logging
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from wagtail_contracts import algorithms
from wagtail_contracts.sealing.core.judging import bounds
from wagtail_contracts.sealing.core.reports import (
    EXIT,
    LARGEST,
    TOO_MUCH,
    USAGE,
    WORST_FIRST,
    Report,
)
from wagtail_contracts.terminal import plain

if TYPE_CHECKING:
    from asn1crypto import x509

    from wagtail_contracts.sealing.core.judging.judge import Trust

CODES = """exit codes: 0 intact, 1 altered, mismatch, unproved or another digest,
2 unknown signer, 3 revoked or undated, 4 unsealed, 5 unreadable, 64 usage; of several files
the worst, where altered is worse than unreadable, then unsealed, unknown signer, undated, intact"""

RETIRED = "an algorithm proves nothing from then on: rsa-3071 is RSA up to 3071 bits"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge the files, say what was found, and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        trust = _trust(options)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    codes = []
    for path in options.files:
        data, problem = _read(path)
        at, proof = options.at or datetime.now(UTC), _proof(path, options.proof)
        report = _judged(data, trust, at, options.digest, proof)
        report.reasons[:] = [problem] if problem else report.reasons
        codes.append(_code(report))
        _print(path, report, as_json=options.json)
        if options.extract and report.files:
            try:
                _extract(_folder(options, report), report)
            except OSError as error:
                parser.error(str(error))
    return next(code for code in WORST_FIRST if code in codes)


def _judged(
    data: bytes, trust: "Trust", at: datetime, digest: str | None, proof: bytes | None
) -> Report:
    """Within bounds: a hostile file must not keep the command busy."""
    # pyHanko takes half a second to import: not before the usage is known to be right.
    from wagtail_contracts.sealing.core.judging.judge import judge

    try:
        with bounds.bounded():
            return judge(data, trust, at, digest, proof)
    except bounds.TooMuch:
        return Report(hashlib.sha256(data).hexdigest(), reasons=[TOO_MUCH])


def _trust(options: argparse.Namespace) -> "Trust":
    """The roots that are named. Raises OSError, ValueError."""
    from wagtail_contracts.sealing.core.judging.judge import Trust
    from wagtail_contracts.sealing.core.judging.proofs import Roots

    persons = _certificates(options.signer_trust), _certificates(options.qualified_trust)
    seals, stamps = _certificates(options.trust), _certificates(options.timestamp_trust)
    return Trust(seals, stamps, Roots(*persons), dict(options.retired))


def _quiet() -> None:
    """The answer is all that is said, in letters that the terminal has.

    pyHanko logs a traceback where a signer is unknown. Memory is bounded, too.
    """
    logging.disable()
    bounds.confine()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _code(report: Report) -> int:
    """Another file than the one asked for is an altered one, at least."""
    code = EXIT[report.verdict]
    return 1 if code == 0 and report.known is False else code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m wagtail_contracts.sealing")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    verify = commands.add_parser("verify", help="judge sealed files", epilog=CODES)
    add = verify.add_argument
    add("files", nargs="+", type=Path, metavar="FILE")
    roots = {"action": "append", "default": [], "type": Path, "metavar": "PEM"}
    add("--trust", **roots, help="roots for seals")  # type: ignore[arg-type]
    add("--timestamp-trust", **roots, help="roots for timestamps")  # type: ignore[arg-type]
    add("--signer-trust", **roots, help="roots for persons' certificates")  # type: ignore[arg-type]
    add("--qualified-trust", **roots, help="roots for qualified ones")  # type: ignore[arg-type]
    add("--digest", type=_digest, metavar="SHA256", help="also compare the whole file")
    add("--proof", type=Path, metavar="JSON", help="when the file existed; else FILE.proof.json")
    add("--retired", type=_retired, action="append", default=[], metavar="NAME=DATE", help=RETIRED)
    add("--at", type=_moment, metavar="DATE", help="judge as of the end of this day, UTC")
    add("--json", action="store_true", help="one JSON object per line")
    add(
        "--extract",
        type=Path,
        metavar="DIR",
        help="write the attachments there; of several files each to DIR/SHA256",
    )
    return parser


def _retired(text: str) -> "tuple[str, date]":
    name, _equals, day = text.partition("=")
    [found] = algorithms.parsed({name: day}).items()
    return found


def _digest(text: str) -> str:
    if len(bytes.fromhex(text)) != 32:
        raise ValueError("64 hexadecimal characters")
    return text.lower()


def _moment(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), time.max, UTC)


def _certificates(paths: list[Path]) -> "tuple[x509.Certificate, ...]":
    from wagtail_contracts.sealing.core.judging.roots import certificates

    return tuple(item for path in paths for item in certificates(path.read_bytes()))


def _read(path: Path) -> tuple[bytes, str | None]:
    """At most one byte more than is judged; nothing, and why, if it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1), None
    except OSError as error:
        return b"", error.strerror or str(error)


def _proof(path: Path, named: Path | None) -> bytes | None:
    """What is named, or lies beside the file; one that can't be read is one that doesn't hold."""
    place = named or path.parent / f"{path.stem}.proof.json"
    if not named and not place.is_file():
        return None
    return _read(place)[0]


def _print(path: Path, report: Report, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"file": str(path), **report.facts()}, sort_keys=True) + "\n")
        return
    level = f" ({report.level})" if report.level else ""
    when = f"sealed {report.sealed_at or report.claimed_at}" if report.signer else None
    known = {
        True: "the file with that digest",
        False: "NOT the file with that digest",
        None: None,
    }[report.known]
    proved = f"proved to exist since {report.proved_at}" if report.proved_at else None
    lines = (
        report.signer,
        when,
        proved,
        known,
        *report.reasons,
        *report.notes,
        f"sha256 {report.sha256}",
    )
    sys.stdout.write(f"{plain(str(path))}: {report.verdict}{level}\n")
    sys.stdout.writelines(f"  {plain(line)}\n" for line in lines if line)


def _folder(options: argparse.Namespace, report: Report) -> Path:
    """Each of several files has a folder of its own: their attachments have the same names."""
    folder: Path = options.extract
    return folder / report.sha256 if len(options.files) > 1 else folder


def _extract(folder: Path, report: Report) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in report.files.items():  # contents.py let no path through
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    _quiet()
    sys.exit(main())
