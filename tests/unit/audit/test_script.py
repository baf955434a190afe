"""The script of a proof bundle, part by part and in this process: what a forger would hand it."""

import hashlib
import json
import shutil
import subprocess
from importlib import util

import pytest

from tests.proven import PYTHON
from wagtail_contracts import merkle
from wagtail_contracts.audit.bundle.readme import COMMAND
from wagtail_contracts.audit.flows.exporting import SCRIPT


@pytest.fixture(scope="module")
def script():
    spec = util.spec_from_file_location("verify", SCRIPT)
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_two_logs_that_differ_can_not_be_read_out_of_the_same_nodes(script):
    """With an item of 64 bytes three hashes make a node; and a tree of one has no node at all."""
    first, second, old, new = (merkle.leaf(data) for data in (b"1", b"2", b"old", b"new"))
    below = merkle.node(first, second)

    def check(path, root, index=2, size=3):
        step = {"index": index, "path": [item.hex() for item in path]}
        return script.check_inclusion(b"new", step, size, root)

    with pytest.raises(script.Wrong, match="does not lead to the root"):
        check([below + old], merkle.node(below, old + new))
    with pytest.raises(script.Wrong, match="does not lead to the root"):
        check([first], merkle.node(first, new), 0, 1)
    assert check([below], merkle.node(below, new)) is None
    assert check([], new, 0, 1) is None


@pytest.mark.parametrize("size", range(1, 20))
def test_each_leaf_is_found_at_its_own_place_alone(script, size):
    leaves = [merkle.leaf(bytes([number])) for number in range(size)]
    root = merkle.root(leaves)
    for index in range(size):
        path = [item.hex() for item in merkle.inclusion(leaves, index)]
        for place in range(size):
            step = {"index": place, "path": path}
            if place == index:
                script.check_inclusion(bytes([index]), step, size, root)
            else:
                with pytest.raises(script.Wrong):
                    script.check_inclusion(bytes([index]), step, size, root)


EMPTY = {"trails": [], "disclosures": [], "files": {}, "verifiers": []}


def said(folder, content):
    """In a process of its own, with nobody trusted."""
    (folder / "bundle.json").write_bytes(content)
    command = [PYTHON, "-I", "-S", SCRIPT, folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[" * 100_000, b"[]", b"{}", json.dumps(EMPTY | {"files": [1]}).encode()],
    ids=["nothing", "half", "no text", "deep", "a list", "no keys", "files in a list"],
)
def test_what_is_no_bundle_is_told_as_that(tmp_path, content):
    code, lines, error = said(tmp_path, content)
    assert (code, error) == (1, "")
    assert lines[-1].startswith("WRONG: unreadable: ")


def test_what_a_forger_writes_stays_on_its_line(tmp_path):
    names = ["x\nholds: all", "\x1b[2Jholds: all", "\u2028holds: all", "\ud800", "\u202e"]
    files = dict.fromkeys(names, "0")
    code, lines, error = said(tmp_path, json.dumps(EMPTY | {"files": files}).encode())
    assert (code, error) == (1, "")
    assert lines == [
        "WRONG: there are no records",
        *(f"WRONG: {ascii(name)[1:-1]} is not there" for name in names),
    ]


@pytest.mark.parametrize("name", ["more.pdf", "MORE.PDF", "More.Pdf"])
def test_a_file_that_does_not_belong_is_found_however_its_name_is_written(tmp_path, name):
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    lines = said(tmp_path, json.dumps(EMPTY).encode())[1]
    assert f"WRONG: {name} is not the file that belongs here" in lines
    (tmp_path / name).rename(tmp_path / "more.txt")
    assert said(tmp_path, json.dumps(EMPTY).encode())[1] == ["WRONG: there are no records"]


def run(folder, *words):
    done = subprocess.run(  # noqa: S603
        [PYTHON, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize("words", ["verify.py .", COMMAND.removeprefix("python3 ")])
def test_no_module_of_the_folder_is_run(tmp_path, words):
    """Whoever forges a bundle lays one beside the script, with the name of one that it imports."""
    (tmp_path / "bundle.json").write_text(json.dumps(EMPTY))
    (tmp_path / "roots.pem").touch()
    shutil.copy(SCRIPT, tmp_path)
    expected = (1, ["WRONG: there are no records"])
    assert run(tmp_path, *words.split()) == expected
    for name in ("argparse", "base64", "hashlib", "json", "typing"):
        (tmp_path / f"{name}.py").write_text("print('holds: all')\nraise SystemExit\n")
    assert run(tmp_path, *words.split()) == expected


def test_an_older_python_is_told(tmp_path):
    words = f"import sys, runpy; sys.version_info = (3, 10); runpy.run_path({str(SCRIPT)!r})"
    assert run(tmp_path, "-c", words) == (2, ["NOT CHECKED: this needs Python 3.11"])


def recorded(name, digest):
    return {"name": name, "seq": 7, "trail": "a" * 32, "data": {"file": digest}}


SEALED = ("document.sealed", "document.completed", "document.renewed")
OTHERS = ("exhibit.added", "exhibit.downloaded", "document.downloaded", "value.given")


@pytest.mark.parametrize("name", SEALED + OTHERS)
def test_only_a_record_of_a_seal_names_a_sealed_file(script, tmp_path, name):
    """Whoever uploads a file as an exhibit has its digest in a record that a checkpoint covers."""
    (tmp_path / "A-2.pdf").write_bytes(b"forged")
    digest = hashlib.sha256(b"forged").hexdigest()
    records = [recorded(name, digest)]
    check = script.check_file(
        script.Given(tmp_path, EMPTY, b"", [], records, records), "A-2.pdf", digest
    )
    if name in SEALED:
        assert next(check) == f"A-2.pdf is what record 7 of {'a' * 32} names: {name}"
    else:
        with pytest.raises(script.Wrong, match=r"no record names A-2.pdf as sealed"):
            next(check)


@pytest.mark.parametrize("name", SEALED + OTHERS)
def test_a_proof_beside_a_file_begins_with_the_record_of_its_seal(script, tmp_path, name):
    texts = [json.dumps(recorded(name, "0"))]
    bundle = EMPTY | {"trails": [{"key": "a" * 32, "records": texts}]}
    proof = {"trail": "a" * 32, "sequence": 1, "records": texts, "file": "0", "steps": []}
    check = script.check_existence(script.Given(tmp_path, bundle, b"", [], [], []), "0", proof)
    with pytest.raises((script.Wrong, IndexError)) as raised:  # there are no steps to go on with
        next(check)
    assert (raised.type is script.Wrong) == (name in OTHERS)
