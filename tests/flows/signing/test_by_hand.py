"""The commands that travel inside a sealed file, read out of it and run, with nothing of ours."""

import json
import shutil
import subprocess
from contextlib import contextmanager

import pytest
import time_machine
from django.utils import translation

from tests.public import stages
from tests.tsa import lab as labs
from tests.unit.sealing.pki import DAY, NOW, Entity
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.rendering import BY_HAND, by_hand
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
PARTS = ("apart", "seal", "time", "second", "out", "records")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


def commands(text):
    """What stands between two fences, by the names of the steps."""
    _before, *fenced = text.split("~~~\n")
    return dict(zip(PARTS, fenced[::2], strict=True))


class Desk:
    """The folder that the text asks for, and the commands out of the file there."""

    def __init__(self, folder, content, root):
        self.folder = folder
        (folder / "contract.pdf").write_bytes(content)
        for name in ("root.pem", "time.pem"):
            shutil.copy(root, folder / name)
        words = ["pdfdetach", "-savefile", BY_HAND, "-o", "said.txt", "contract.pdf"]
        subprocess.run(words, cwd=folder, check=True)  # noqa: S603
        self.commands = commands((folder / "said.txt").read_text())

    def run(self, name):
        """The exit code of one step, and all that it said."""
        words = ["/bin/sh", "-e", "-c", self.commands[name]]
        done = subprocess.run(  # noqa: S603
            words,
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def failing(self):
        """The first step that fails, empty where none does."""
        return next((name for name in PARTS if self.run(name)[0]), "")

    def change(self, old, new, name="contract.pdf"):
        path = self.folder / name
        content = path.read_bytes()
        assert old in content
        path.write_bytes(content.replace(old, new))


@pytest.fixture
def desk(request, lab, settings, tmp_path):
    """At the level that the test asks for."""
    level = getattr(request, "param", "B-LTA")
    labs.configure(settings, lab, level)
    signed = stages.build("signed", request)
    kept = signing.seal(signed.version, by=SYSTEM)
    assert kept.level == level
    return Desk(tmp_path, sealing.content(kept), lab.folder / "root.pem")


@pytest.fixture(params=[{}, {"rsa_key": True}], ids=["ec", "rsa"])
def aged(request, settings, tmp_path_factory):
    """Of a file that was renewed in time: its seal's certificate is over, and its first time's."""
    folder, ends = tmp_path_factory.mktemp("aged"), NOW - 50 * DAY
    with labs.opened(folder, until=ends, **request.param) as lab:
        labs.configure(settings, lab)
        version = stages.build("signed", request).version
        with moved(lab, NOW - 300 * DAY):
            early = {"kind": "stamps", "rsa_key": True, "until": ends, "lists": lab.tsa.lists}
            lab.server.entity = Entity("Early Time", lab.root, **early)
            kept = signing.seal(version, by=SYSTEM)
        with moved(lab, NOW - 200 * DAY):
            lab.server.entity = lab.tsa
            kept = signing.renew_file(kept, by=SYSTEM)
        assert (kept.level, kept.generation) == ("B-LTA", 2)
        yield Desk(tmp_path_factory.mktemp("desk"), sealing.content(kept), folder / "root.pem")


@contextmanager
def moved(lab, now):
    """That time, with revocation lists that are fresh then."""
    for one in (lab.root, lab.issuer):
        path = f"/{one.common.replace(' ', '-')}.crl"
        lab.server.lists[path] = one.revocations(since=now - DAY).dump()
    with time_machine.travel(now):
        yield


@pytest.mark.parametrize(("desk", "times"), [("B-B", 0), ("B-LTA", 2)], indirect=["desk"])
def test_each_command_in_the_file_says_that_it_holds(desk, times):
    said = {name: desk.run(name) for name in PARTS}

    assert {name: code for name, (code, _words) in said.items()} == dict.fromkeys(PARTS, 0)
    assert "CAdES Verification successful" in said["seal"][1]
    assert "CN = Eksempel AS seal" in said["seal"][1]
    assert said["time"][1].count("Verification: OK") == times
    assert said["time"][1].count("Time stamp: ") == times
    assert "Signature Validation: Signature is Valid." in said["second"][1]
    assert "Everything agrees." in said["records"][1]


def test_each_command_in_a_renewed_file_holds_after_its_first_certificates_have_ended(aged):
    said = {name: aged.run(name) for name in PARTS}
    assert {name: code for name, (code, _words) in said.items()} == dict.fromkeys(PARTS, 0)
    assert said["time"][1].count("Verification: OK") == 3

    for name, words in (("seal", "-no_check_time"), ("time", '-attime "$when"')):
        whole = aged.commands[name]
        aged.commands[name] = whole.replace(words, "")
        assert aged.failing() == name
        aged.commands[name] = whole
    assert aged.failing() == ""


def test_each_forgery_fails_at_its_own_step(desk, lab):
    genuine = (desk.folder / "contract.pdf").read_bytes()
    stranger = Entity("Stranger", kind="authority").pem
    assert desk.failing() == ""

    desk.change(b"/Title", b"/Titel")
    assert desk.failing() == "seal"
    (desk.folder / "contract.pdf").write_bytes(genuine + b"\n% more")
    assert desk.failing() == "apart"
    (desk.folder / "contract.pdf").write_bytes(genuine)
    for name, step in (("root.pem", "seal"), ("time.pem", "time")):
        (desk.folder / name).write_bytes(stranger)
        assert desk.failing() == step
        shutil.copy(lab.folder / "root.pem", desk.folder / name)
    assert desk.failing() == ""


def test_records_that_do_not_fit_each_other_are_named(desk):
    for name in ("apart", "out"):
        desk.run(name)
    path = desk.folder / "inside" / "evidence.json"
    genuine = path.read_bytes()

    def said(change):
        evidence = json.loads(genuine)
        change(evidence)
        path.write_text(json.dumps(evidence))
        return desk.run("records")

    records = "trail", "records"
    assert said(lambda all_: None)[0] == 0
    assert "record 2" in said(lambda all_: all_[records[0]][records[1]].pop(1))[1]
    assert "the head" in said(lambda all_: all_["trail"]["records"].pop())[1]
    assert "a signature" in said(lambda all_: all_["statements"][0].update(digest="0" * 64))[1]
    path.write_bytes(genuine)
    desk.change(b"Hosting", b"Hasting", "inside/contract.json")
    assert "WRONG: contract.json" in desk.run("records")[1]


def test_the_text_is_in_the_language_of_the_contract_with_the_same_commands(tmp_path):
    said = {}
    for language in ("en", "nb", "nn"):
        with translation.override(language):
            said[language] = by_hand().decode()
    assert len(set(said.values())) == len(said)
    assert commands(said["en"]) == commands(said["nb"]) == commands(said["nn"])
    assert all(len(line) <= 80 for text in said.values() for line in text.splitlines())
