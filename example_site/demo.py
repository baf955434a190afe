"""`python -m example_site.demo`: prepare the example intranet, then run all of it until Ctrl-C.

The data stay in `example_site/var`; starting twice is harmless. Server, worker and mail server run
in one process group.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings")
PORT = os.environ.get("PORT", "8000")
os.environ.setdefault("EXAMPLE_BASE_URL", f"http://127.0.0.1:{PORT}")
VAR = Path(os.environ.get("EXAMPLE_VAR", Path(__file__).resolve().parent / "var"))
PROCESSES = {
    "mail server": ["-m", "example_site.mailbox"],
    "worker": ["-m", "example_site.manage", "outbox_deliver", "--watch"],
    "server": ["-m", "example_site.manage", "runserver", "--noreload", "--insecure", PORT],
}


def prepare() -> None:
    """Keys, tables, seal identity and demo data, each only if it is missing."""
    VAR.mkdir(parents=True, exist_ok=True)
    _secret("keys.txt", _fernet_key)
    os.environ.setdefault("EXAMPLE_SECRET_KEY", _secret("secret.txt", secrets.token_urlsafe))
    import django

    django.setup()
    from django.core.management import call_command

    from example_site import seeding

    call_command("migrate", verbosity=0)
    if not (VAR / "seal.p12").exists():
        call_command("sealing_identity", "create", folder=VAR, name="Eksempel AS")
    seeding.seed()
    for line in seeding.addresses():
        print(line)  # noqa: T201


def _secret(name: str, make: object) -> str:
    path = VAR / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())  # type: ignore[operator]
    return path.read_text().strip()


def _fernet_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def run() -> int:
    """Start every process; when one ends or we are told to stop, end the others."""
    children = {
        name: subprocess.Popen([sys.executable, *command])  # noqa: S603
        for name, command in PROCESSES.items()
    }
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopped and all(child.poll() is None for child in children.values()):
        time.sleep(0.2)
    dead = [name for name, child in children.items() if child.poll() is not None]
    _end(list(children.values()))
    if dead and not stopped:
        print(f"The {dead[0]} ended by itself.", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    prepare()
    sys.exit(run())
