"""What a mutant is."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


@dataclass(frozen=True)
class Mutant:
    """`old` stands once in `file` and becomes `new`; then each of `tests` fails on `on`.

    A test is named as pytest does, `tests/flows/audit/test_record.py::test_x`; of one with
    parameters at least one case fails.
    """

    guard: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    on: str = SQLITE

    def applied_to(self, text: str) -> str:
        """The file without the guard. Raises LookupError unless the text is found once."""
        if (times := text.count(self.old)) != 1:
            raise LookupError(f"“{self.guard}”: its text stands {times} times in {self.file}")
        return text.replace(self.old, self.new)

    def covers(self, classname: str, name: str) -> set[str]:
        """Those of `tests` that a test case, as pytest reports it, belongs to."""
        plain = name.split("[")[0]
        return {f"{classname.replace('.', '/')}.py::{plain}"} & set(self.tests)
