"""`python -m example_site.demo`: prepare the example intranet, then run all of it until Ctrl-C.

The data stay in `example_site/var`; starting twice is harmless. Mail server, worker and web server
run in one process group.
"""

import argparse
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

PORT = os.environ.setdefault("PORT", "8000")
os.environ.setdefault("EXAMPLE_SMTP_PORT", "8025")
BASE_URL = os.environ.setdefault("EXAMPLE_BASE_URL", f"http://127.0.0.1:{PORT}")
VAR = Path(os.environ.setdefault("EXAMPLE_VAR", str(Path(__file__).resolve().parent / "var")))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings")
MODULES = {
    "mail server": ["example_site.mailbox"],
    "worker": ["example_site.manage", "outbox_deliver", "--watch"],
    "web server": ["example_site.manage", "runserver", "--noreload", "--insecure", PORT],
}
PORTS = {"mail server": "EXAMPLE_SMTP_PORT", "web server": "PORT"}
PATIENCE = 60
Child = subprocess.Popen[bytes]


class Unable(Exception):
    """Why the demo can't start or go on, as a sentence for people."""


def main() -> int:
    """Prepare what is missing, run everything, end everything."""
    parser = argparse.ArgumentParser(prog="python -m example_site.demo", description=__doc__)
    parser.add_argument("--without-contracts", action="store_true", help="make no contracts")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        with _alone():
            _refuse_busy_ports()
            _prepare(["--without-contracts"] * options.without_contracts)
            _run()
    except KeyboardInterrupt:
        print("\nStopped.", flush=True)  # noqa: T201
    except Unable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _alone() -> IO[bytes]:
    """Hold the folder: the lock goes with this process, however it ends."""
    VAR.mkdir(parents=True, exist_ok=True)
    held = (VAR / "lock").open("wb")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise Unable(f"The demo is already running with the data in {VAR}.") from error
    return held


def _refuse_busy_ports() -> None:
    for variable in PORTS.values():
        port = int(os.environ[variable])
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise Unable(
                    f"Port {port} is taken by another program. Choose another one, for example "
                    f"with {variable}={port + 10} make demo"
                ) from error


def _prepare(options: list[str]) -> None:
    command = [sys.executable, "-m", "example_site.preparing", *options]
    if subprocess.run(command, check=False).returncode:  # noqa: S603
        raise Unable("The demo could not be prepared. Nothing was kept; see above for the reason.")


def _run() -> None:
    """Run every process until one ends or we are told to stop; then end the others."""
    children: dict[str, Child] = {}
    try:
        for name, module in MODULES.items():
            command = [sys.executable, "-m", *module]
            children[name] = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
            if name in PORTS:
                _wait(children, int(os.environ[PORTS[name]]))
        print((VAR / "addresses.txt").read_text().format(base=BASE_URL), flush=True)  # noqa: T201
        while True:
            _see_alive(children)
            time.sleep(0.2)
    finally:
        _end(list(children.values()))


def _wait(children: dict[str, Child], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        _see_alive(children)
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise Unable(f"The {list(children)[-1]} does not answer.")


def _see_alive(children: dict[str, Child]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Unable(f"The {name} ended by itself.")


def _end(children: list[Child]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave a child behind
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
