"""The command line, in a process with an empty environment, without Django, database, network."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests import bundles
from tests.unit.sealing import attacks, forgeries
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import NOW, YEAR, Entity, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.__main__ import main

ROOT = Path(__file__).resolve().parents[3]
# -I: neither the environment nor the current folder counts. A closed door ends the process.
CLOSED = f"""
import os, runpy, sys
SHUT = ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto", "sqlite3.connect",
        "subprocess.Popen", "os.system", "os.exec", "os.fork", "urllib.Request")
def closed(event, arguments):
    if event in SHUT:
        os.write(2, event.encode())
        os._exit(99)
sys.addaudithook(closed)
for name in ("django", "wagtail", "weasyprint"):
    sys.modules[name] = None
sys.path.insert(0, {str(ROOT)!r})
"""
RUN = """runpy.run_module("wagtail_contracts.sealing", run_name="__main__", alter_sys=True)"""
TRUST = ("--trust", "root.pem")
ALL = (*TRUST, "--timestamp-trust", "root.pem")
INJECTED = "Eksempel AS\nlease.pdf: intact (B-B)\x1b[2K\u202e"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, lab, sealed, render):
    path = tmp_path_factory.mktemp("files")
    disagreeing = bundles.bundle(told=bundles.facts(statements=[{"digest": "0" * 64}]))
    issuer = Entity("Lab Over", lab.root, kind="authority", until=NOW - timedelta(days=1))
    over = Entity("Eksempel AS seal", issuer, until=NOW - timedelta(days=1))
    files = {
        "root.pem": lab.root.pem,
        "intact.pdf": sealed(),
        "lasting.pdf": sealed("B-LTA"),
        "altered.pdf": attacks.appended(sealed(), attacks.page_added),
        "mismatch.pdf": Sealer(lab, "B-B").seal(sealing.render(disagreeing)),
        "unknown.pdf": Sealer(lab, "B-B", Lab().seal).seal(render()),
        "injected.pdf": Sealer(lab, "B-B", Entity(INJECTED)).seal(render()),
        "undated.pdf": Sealer(lab, "B-B", over).seal(render()),
        "unsealed.pdf": forgeries.rewritten(sealed(), forgeries.seal_removed),
        "unreadable.pdf": b"hello",
        "empty.pem": b"",
        "key.pem": b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "broken.pem": b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    }
    for name, data in files.items():
        (path / name).write_bytes(data)
    return path


def run(folder, *arguments, code=RUN):
    """What a process says that has nothing but the package."""
    command = [sys.executable, "-I", "-c", CLOSED + code, *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=folder,
        env={},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=180,
        check=False,
    )


@pytest.fixture
def say(folder, monkeypatch, capsys):
    """The same in this process, for what doesn't depend on where it runs."""
    monkeypatch.chdir(folder)

    def said(*arguments):
        try:
            code = main(arguments)
        except SystemExit as ended:
            code = ended.code
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, printed.out, printed.err)

    return said


def word(result):
    return result.stdout.split(":")[1].split()[0]


CODES = [
    ("intact", 0, "intact"),
    ("altered", 1, "altered"),
    ("mismatch", 1, "mismatch"),
    ("unknown", 2, "unknown_signer"),
    ("undated", 3, "undated"),
    ("unsealed", 4, "unsealed"),
    ("unreadable", 5, "unreadable"),
    ("absent", 5, "unreadable"),
    ("", 5, "unreadable"),
]


@pytest.mark.parametrize(("name", "code", "expected"), CODES)
def test_exit_codes(folder, name, code, expected):
    result = run(folder, "verify", *TRUST, f"{name}.pdf" if name else ".")
    assert (result.returncode, word(result), result.stderr) == (code, expected, "")


def test_what_cannot_be_opened_says_why(say):
    assert "No such file" in say("verify", "absent.pdf").stdout
    assert "Is a directory" in say("verify", ".").stdout
    assert "not a PDF" in say("verify", "unreadable.pdf").stdout


@pytest.mark.parametrize("door", ["socket", "sqlite3"])
def test_the_doors_of_the_other_tests_are_closed(folder, door):
    code = {
        "socket": "import socket; socket.getaddrinfo('localhost', 1)",
        "sqlite3": "import sqlite3; sqlite3.connect(':memory:')",
    }[door]
    assert run(folder, code=code).returncode == 99


def test_who_is_trusted_is_said_by_the_caller_alone(say):
    assert say("verify", "intact.pdf").returncode == 2
    assert say("verify", "--timestamp-trust", "root.pem", "intact.pdf").returncode == 2
    assert say("verify", *TRUST, "intact.pdf").returncode == 0
    assert say("verify", *TRUST, "lasting.pdf").returncode == 3
    assert say("verify", *ALL, "lasting.pdf").returncode == 0


def test_time_changes_the_answer(say):
    later = str((NOW + 3 * YEAR).date())
    assert say("verify", *ALL, "--at", later, "intact.pdf").returncode == 3
    assert say("verify", *ALL, "--at", later, "lasting.pdf").returncode == 0


def test_an_algorithm_that_is_retired_proves_nothing_from_then_on(say):
    """All keys on curves; what gives the time has RSA with 3072 bits."""
    later, earlier = str((NOW + YEAR).date()), str((NOW + 2 * YEAR).date())
    for name in ("rsa-3072", "rsa-4095"):
        gone = say("verify", *ALL, "--retired", f"{name}={later}", "--at", earlier, "lasting.pdf")
        assert (gone.returncode, word(gone)) == (3, "undated")
        assert "is retired since" in gone.stdout
    for name in ("rsa-3071", "ec-256", "sha512"):
        fine = say("verify", *ALL, "--retired", f"{name}={later}", "--at", earlier, "lasting.pdf")
        assert (fine.returncode, word(fine)) == (0, "intact")
    assert say("verify", *ALL, "--retired", f"rsa-3072={earlier}", "lasting.pdf").returncode == 0


USAGE = [
    (),
    ("verify",),
    ("judge", "intact.pdf"),
    ("verify", "--no-such", "intact.pdf"),
    ("verify", "--at", "yesterday", "intact.pdf"),
    ("verify", "--retired", "rsa-3072=tomorrow", "intact.pdf"),
    ("verify", "--retired", "rot13=2030-01-01", "intact.pdf"),
    ("verify", "--digest", "abc", "intact.pdf"),
    ("verify", "--digest", "x" * 64, "intact.pdf"),
    ("verify", "--trust", "absent.pem", "intact.pdf"),
    ("verify", "--trust", "empty.pem", "intact.pdf"),
    ("verify", "--trust", "key.pem", "intact.pdf"),
    ("verify", "--trust", "broken.pem", "intact.pdf"),
    ("verify", "--trust", "intact.pdf", "intact.pdf"),
    ("verify", *TRUST, "--extract", "root.pem", "intact.pdf"),
]


@pytest.mark.parametrize("arguments", USAGE)
def test_usage_is_64(say, arguments):
    result = say(*arguments)
    assert result.returncode == 64
    assert "usage" in result.stderr
    assert "Traceback" not in result.stderr


WORST = [
    ("altered", "unreadable", 1),
    ("mismatch", "unreadable", 1),
    ("unreadable", "unsealed", 5),
    ("unsealed", "unknown", 4),
    ("unknown", "undated", 2),
    ("undated", "intact", 3),
]


@pytest.mark.parametrize(("worse", "better", "code"), WORST)
def test_the_worst_of_several_files_counts(say, worse, better, code):
    result = say("verify", *TRUST, f"{better}.pdf", f"{worse}.pdf", "intact.pdf")
    assert result.returncode == code
    assert result.stdout.count("\n  sha256 ") == 3


def test_a_digest_is_compared(say, folder):
    right = bundles.sha256((folder / "intact.pdf").read_bytes())
    same = say("verify", *TRUST, "--digest", right.upper(), "intact.pdf")
    other = say("verify", *TRUST, "--digest", "0" * 64, "intact.pdf")

    assert (same.returncode, other.returncode) == (0, 1)
    assert "NOT the file" in other.stdout
    worse = say("verify", *TRUST, "--digest", "0" * 64, "unreadable.pdf")
    assert worse.returncode == 5


KEYS = {
    "algorithms",
    "claimed_at",
    "ends",
    "file",
    "files",
    "fingerprint",
    "judged",
    "known",
    "level",
    "notes",
    "proved_at",
    "reasons",
    "sealed_at",
    "sha256",
    "signer",
    "stamped_at",
    "verdict",
    "test",
}


def test_json_has_one_shape(folder):
    result = run(folder, "verify", *ALL, "--json", "lasting.pdf", "unreadable.pdf", "absent.pdf")
    first, second, third = map(json.loads, result.stdout.splitlines())

    assert set(first) == set(second) == set(third) == KEYS
    assert (first["verdict"], first["level"], first["known"]) == ("intact", "B-LTA", None)
    assert first["files"] == ["contract.json", "evidence.json", "exhibit-1.txt"]
    assert first["sealed_at"] <= first["stamped_at"]
    assert (second["verdict"], second["files"], second["signer"]) == ("unreadable", [], None)
    assert third["reasons"] == ["No such file or directory"]


def test_a_signers_name_cannot_write_a_verdict(folder):
    """The attacker chooses the name in his own certificate."""
    result = run(folder, "verify", *TRUST, "injected.pdf")

    assert result.returncode == 2
    assert not [line for line in result.stdout.splitlines() if line.startswith("lease.pdf")]
    assert not {"\x1b", "\u202e"} & set(result.stdout)
    assert "\\nlease.pdf: intact" in result.stdout


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "iso-8859-1"])
def test_a_name_that_the_terminal_has_no_letters_for(folder, encoding):
    odd = "avtale-\u00e6-\u0142-\udcff.pdf"
    (folder / odd).write_bytes(b"hello")
    code = f"sys.stdout.reconfigure(encoding={encoding!r})\n{RUN}"
    result = run(folder, "verify", odd, code=code)
    assert (result.returncode, result.stderr) == (5, "")


def test_attachments_come_out_as_they_went_in(say, tmp_path):
    out = tmp_path / "deep" / "out"
    assert say("verify", *TRUST, "--extract", str(out), "intact.pdf").returncode == 0

    assert {item.name for item in out.iterdir()} == {
        "contract.json",
        "evidence.json",
        "exhibit-1.txt",
    }
    assert (out / "exhibit-1.txt").read_bytes() == bundles.EXHIBIT


@pytest.mark.parametrize("name", ["altered", "unknown", "unsealed", "unreadable"])
def test_nothing_comes_out_of_what_is_not_sealed_by_somebody_known(say, tmp_path, name):
    say("verify", *TRUST, "--extract", str(tmp_path / "out"), f"{name}.pdf")
    assert not (tmp_path / "out").exists()


def test_attachments_of_several_files_do_not_overwrite_each_other(say, folder, tmp_path):
    names = ("intact.pdf", "mismatch.pdf", "altered.pdf")
    say("verify", *TRUST, "--extract", str(tmp_path / "out"), *names)

    digests = [bundles.sha256((folder / name).read_bytes()) for name in names[:2]]
    assert {item.name for item in (tmp_path / "out").iterdir()} == set(digests)
    one, two = ((tmp_path / "out" / item / "evidence.json").read_bytes() for item in digests)
    assert one != two
