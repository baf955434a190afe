"""The terminals of somebody who follows a tutorial: what one block sets, the next one finds."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from pathlib import Path

STATE = """
export -p | grep -v TUTORIAL_STATE >"$TUTORIAL_STATE"
printf "umask %s; cd %q\\n" "$(umask)" "$PWD" >>"$TUTORIAL_STATE"
"""


class Terminal:
    """Runs blocks of shell one after the other, and others beside them until the end."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.state = folder, folder / ".state"
        self.environment = {**environment, "TUTORIAL_STATE": str(self.state)}
        self.state.write_text(f"cd {shlex.quote(str(folder))}\n")
        self.beside: list[subprocess.Popen[bytes]] = []

    def run(self, block: str) -> tuple[int, str]:
        """The status of a block, and what it said; it stops at the first command that fails."""
        done = subprocess.run(  # noqa: S603
            ["/bin/bash", "-ec", f'. "$TUTORIAL_STATE"\n{block}{STATE}'],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        return done.returncode, done.stdout

    def start(self, block: str) -> None:
        """Let it go on in a terminal of its own; what it says is kept beside the site."""
        said = self.folder / f"terminal-{len(self.beside) + 2}.txt"
        with said.open("wb") as output:
            self.beside.append(
                subprocess.Popen(  # noqa: S603
                    ["/bin/bash", "-ec", f'. "$TUTORIAL_STATE"\n{block}'],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    @property
    def place(self) -> Path:
        """The folder that the last block went to."""
        return Path(self.run("pwd")[1].strip())

    def close(self) -> None:
        """End what goes on."""
        for process in self.beside:
            os.killpg(process.pid, signal.SIGTERM)
        while self.beside:
            process = self.beside.pop()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
