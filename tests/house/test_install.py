"""`make install` names what is missing, installs it where it may, and is quick the next time."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.laws import HOUSE

ROOT = HOUSE.parent
TOOLS = ("basename", "cat", "cksum", "dirname", "grep", "mkdir", "sh")
PRESENT = ("chromium-headless-shell", "msgfmt", "pdftotext", "openssl")
LIBRARIES = "libpango-1.0.so.0 (libc6)\nlibpangoft2-1.0.so.0 (libc6)\n"
# An interpreter whose `-m venv` makes a folder with an interpreter in it, and whose pip is silent.
PYTHON = """#!/bin/sh
case "$*" in
    *version_info*|*ensurepip*) exit 0 ;;
    "-m venv "*) mkdir -p "$3/bin"; cat "$0" >"$3/bin/python"; chmod +x "$3/bin/python" ;;
    *) echo "$*" >>"{log}" ;;
esac
"""


class Machine:
    """A machine on which only these programs exist; what they were asked is in `log`."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.bin, self.log = folder / "tree", folder / "bin", folder / "log"
        self.bin.mkdir()
        shutil.copytree(ROOT / ".ci", self.tree / ".ci")
        shutil.copy2(ROOT / "pyproject.toml", self.tree)
        self.has("tests/ground/run", "#!/bin/sh\n", under=self.tree)
        for tool in (*TOOLS, "chmod"):
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        for name in PRESENT:
            self.has(name, "#!/bin/sh\n")
        self.has("python3", PYTHON.format(log=self.log))
        self.has("id", "#!/bin/sh\necho 1000\n")
        self.has("ldconfig", f"#!/bin/sh\necho '{LIBRARIES}'\n")
        self.has("java", "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n")

    def has(self, name: str, text: str, under: Path | None = None) -> None:
        """Put a program there."""
        path = (under or self.bin) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def lacks(self, *names: str) -> None:
        """Take programs away."""
        for name in names:
            (self.bin / name).unlink()

    def install(self, level: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the script; `log` says what it asked of others this time."""
        self.log.unlink(missing_ok=True)
        words = [str(self.tree / ".ci" / "install"), level]
        place = {"PATH": str(self.bin), **more}
        return subprocess.run(words, env=place, capture_output=True, text=True, check=False)  # noqa: S603

    @property
    def asked(self) -> str:
        """What pip and apt-get were asked."""
        return self.log.read_text() if self.log.exists() else ""


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_where_all_is_there_it_installs_once_and_then_nothing(machine):
    done = machine.install("test")
    assert (done.returncode, done.stderr) == (0, "")
    assert "--editable . --group dev --group docs" in machine.asked

    done = machine.install("test")
    assert (done.returncode, done.stderr, machine.asked) == (0, "", "")


def test_a_changed_pyproject_installs_again(machine):
    machine.install("test")
    with (machine.tree / "pyproject.toml").open("a") as project:
        project.write("# another line\n")

    assert machine.install("test").returncode == 0
    assert "--editable" in machine.asked


def test_what_is_missing_is_named_with_the_line_and_nothing_is_made(machine):
    machine.lacks("chromium-headless-shell", "java")

    done = machine.install("test")

    assert done.returncode == 1
    line = "apt-get install --yes --no-install-recommends"
    assert f"{line} chromium-headless-shell default-jre-headless\n" in done.stderr
    assert machine.asked == ""
    assert not (machine.tree / ".venv").exists()


def test_the_demo_needs_neither_chromium_nor_java(machine):
    machine.lacks("chromium-headless-shell", "java", "msgfmt", "pdftotext", "openssl")

    assert machine.install("demo").returncode == 0
    assert "--editable . --group demo" in machine.asked
    assert machine.install("test").returncode == 1


def test_whoever_installed_for_the_tests_can_run_the_demo(machine):
    machine.install("test")

    assert machine.install("demo").returncode == 0
    assert machine.asked == ""


def test_root_installs_what_is_missing(machine):
    machine.lacks("chromium-headless-shell")
    machine.has("id", "#!/bin/sh\necho 0\n")
    machine.has("apt-get", f'#!/bin/sh\necho "apt-get $*" >>"{machine.log}"\n')

    assert machine.install("test").returncode == 0
    line = "apt-get install --yes --no-install-recommends"
    assert f"{line} chromium-headless-shell\n" in machine.asked
    assert "--editable" in machine.asked


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.2", "16.0.1"])
def test_an_old_java_is_none(machine, version):
    machine.has("java", f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    assert "default-jre-headless" in machine.install("test").stderr

    machine.has("java", "#!/bin/sh\necho 'openjdk version \"21.0.1\"' >&2\n")
    assert machine.install("test").returncode == 0


def test_a_missing_library_is_named(machine):
    machine.has("ldconfig", "#!/bin/sh\necho 'libpango-1.0.so.0 (libc6)'\n")

    done = machine.install("demo")

    assert done.returncode == 1
    assert done.stderr.strip().endswith("libpangoft2-1.0-0")


@pytest.mark.parametrize("level", ["demo", "test"])
def test_without_a_new_enough_python_it_stops(machine, level):
    machine.has("python3", "#!/bin/sh\nexit 1\n")

    done = machine.install(level)

    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert not (machine.tree / ".venv").exists()


def test_another_interpreter_may_be_named(machine):
    machine.has("python3", "#!/bin/sh\nexit 1\n")
    machine.has("snake", PYTHON.format(log=machine.log))

    assert machine.install("demo").returncode == 1
    assert machine.install("demo", PYTHON="snake").returncode == 0


@pytest.mark.parametrize("named", ["", "snake"])
def test_a_machine_takes_the_interpreter_that_is_named_before_that_of_debian(machine, named):
    machine.has("make", f'#!/bin/sh\necho "PYTHON=$PYTHON $*" >>"{machine.log}"\n')
    for tool in ("bash", "env"):
        (machine.bin / tool).symlink_to(shutil.which(tool) or tool)
    fit = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
    asked = ["sh", "-c", f"/usr/bin/python3 -c '{fit}'"]
    debian = subprocess.run(asked, capture_output=True, check=False)  # noqa: S603

    place = {"PATH": str(machine.bin), "PYTHON": named}
    subprocess.run([str(machine.tree / ".ci" / "run")], env=place, check=True)  # noqa: S603

    found = named or ("" if debian.returncode else "/usr/bin/python3")
    assert machine.asked.startswith(f"PYTHON={found} --keep-going")
