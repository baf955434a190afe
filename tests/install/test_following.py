"""Where a tutorial does not work, its line is named."""

from __future__ import annotations

import os

import pytest

from tests.install.following import Astray, Follower
from tests.install.reading import acts, looks_like
from tests.install.terminal import Terminal


@pytest.fixture
def follow(tmp_path):
    """Follow these lines, and hand back where it ended."""

    def read(text: str) -> Terminal:
        (tmp_path / "tutorial.md").write_text(text)
        folder = tmp_path / "here"
        folder.mkdir(exist_ok=True)
        terminal = Terminal(folder, dict(os.environ))
        Follower(tmp_path / "tutorial.md", terminal, 4711).follow()
        return terminal

    return read


RIGHT = """# A tutorial

```sh
mkdir inner
cd inner
export WORD="two words"
umask 077
```

```{code-block} python
:caption: In a new file inner.py

print("here: 8000")
```

```{code-block} python
:caption: At the end of inner.py

print("and there")
```

```sh
echo "$WORD $(umask)" >said.txt
python inner.py
```

```text
here…
and there
```
"""


def test_what_one_block_sets_the_next_one_finds(follow):
    place = follow(RIGHT).place
    assert place.name == "inner"
    assert (place / "said.txt").read_text() == "two words 0077\n"
    assert (place / "inner.py").read_text() == 'print("here: 4711")\n\nprint("and there")\n'


WRONG = {  # what becomes what, and where the block begins that is told
    "a command that fails": ("mkdir inner", "mkdir inner/none", "```sh\nmkdir"),
    "one before the last that fails": ("cd inner", "false\ncd inner", "```sh\nmkdir"),
    "another output": ("and there\n```", "and nowhere\n```", "```sh\necho"),
    "less output": ("here…\n", "here\n", "```sh\necho"),
    "a file that is not there": (
        "end of inner",
        "end of outer",
        "```{code-block} python\n:caption: At",
    ),
    "a block for nobody": (
        "In a new file",
        "Somewhere in",
        "```{code-block} python\n:caption: Some",
    ),
    "a language nobody runs": ("```sh\nmkdir", "```console\nmkdir", "```console\n"),
    "a step with nothing to do": ("# A tutorial", "1. Have a look around.", "1. Have"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_block_that_breaks_a_step_is_told_with_its_line(follow, case):
    old, new, begins = WRONG[case]
    assert RIGHT.count(old) == 1
    wrong = RIGHT.replace(old, new)
    line = wrong[: wrong.index(begins)].count("\n") + 1
    with pytest.raises(Astray, match=rf"^tutorial\.md:{line}: "):
        follow(wrong)


def test_an_output_without_a_command_is_none():
    with pytest.raises(ValueError, match="line 3: an output without a command"):
        acts("# A\n\n```text\nwords\n```\n")


@pytest.mark.parametrize(
    ("expected", "said", "same"),
    [
        ("one\ntwo\n", "zero\none\ntwo\nthree\n", True),
        ("one\n", "none\n", False),
        ("one\n", "one more\n", False),
        ("one …\n", "one more\n", True),
        ("a\n…\nb\n", "a\nx\ny\nb\n", True),
        ("b\n…\na\n", "a\nb\n", False),
        ("", "whatever", True),
    ],
)
def test_an_output_is_lines_with_gaps(expected, said, same):
    assert looks_like(expected, said) == same
