"""What one kind of data field is: reading, showing and masking its values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Field = Mapping[str, Any]


class Wrong(ValueError):
    """An answer that does not fit; `code` names why, `words` fill the sentence.

    `part` is the input it is about, where a field has several.
    """

    def __init__(self, code: str, *, part: str = "", **words: Any) -> None:
        super().__init__(code)
        self.code, self.part, self.words = code, part, words


def itself(field: Field, value: Any) -> str:
    """The value as it is stored."""
    return str(value)


def plainly(field: Field, value: Any, language: str) -> str:
    """The value as it is stored, in every language."""
    return str(value)


def unreadable(value: Mapping[str, Any]) -> str:
    """Of a kind whose values have no parts."""
    raise Wrong("unreadable")


@dataclass(frozen=True)
class Kind:
    """One kind of data field.

    `read` makes the canonical value of what was typed, which is never empty: a text, the texts of
    `parts` by name, or a list of texts where `several` may be chosen. It raises Wrong. `raw` is
    what stands in the inputs for a value, such that `read` gives the value again. `show` is what
    people read in a language. Parts that are `picked` from a list say nothing alone. A mask leaves
    the last `tail` characters, where that is customary. `retyped` is what was typed into the one
    input of a value that is an object, for a value that is read again.
    """

    read: Callable[[Field, Any], Any]
    raw: Callable[[Field, Any], Any] = itself
    show: Callable[[Field, Any, str], str] = plainly
    parts: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    several: bool = False
    tail: int = 0
    retyped: Callable[[Mapping[str, Any]], Any] = unreadable
