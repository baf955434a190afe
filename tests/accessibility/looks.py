"""Which pages, in which states, the tests of outsiders' pages hand to axe: read, not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BROWSER = Path(__file__).parents[1] / "browser"
PUBLIC = BROWSER / "test_public_axe.py"
# Opening the personal link shows the contract.
CAME_IN = "contract"


@dataclass
class Walk(ast.NodeVisitor):
    """One test, step by step: where it goes, what it presses, and what is judged there."""

    where: str = CAME_IN
    pressed: str = ""
    judged: list[str] = field(default_factory=list)
    named: dict[str, ast.expr] = field(default_factory=dict)

    def visit_For(self, node: ast.For) -> None:
        """Go through what a loop goes through, if that stands there."""
        listed = node.iter.elts if isinstance(node.iter, ast.Tuple) else [node.iter]
        for item in listed:
            self.named[_name(node.target)] = item
            for line in node.body:
                self.visit(line)

    def visit_Call(self, node: ast.Call) -> None:
        """Take the step that a call is; first those that it is made on."""
        self.generic_visit(node)
        step = getattr(self, f"_{_name(node.func)}", None)
        if step:
            step(node)

    def _goto(self, node: ast.Call) -> None:
        place = node.args[0]
        self.where, self.pressed = _place(self.named.get(_name(place), place)), ""

    def _come_in(self, _node: ast.Call) -> None:
        self.where, self.pressed = CAME_IN, ""

    def _click(self, node: ast.Call) -> None:
        if label := _label(node):
            self.pressed = label

    def _accessible(self, _node: ast.Call) -> None:
        after = f", after “{self.pressed}”" if self.pressed else ""
        self.judged.append(f"{self.where}{after}")

    def _look(self, node: ast.Call) -> None:
        """The function of that file that judges some pages of a participant by their names."""
        for name in _words(node):
            self.where, self.pressed = name, ""
            self._accessible(node)

    def _both(self, node: ast.Call) -> None:
        """The same, in Norwegian too."""
        for name in _words(node):
            self.judged += [name, f"{name}, in Norwegian"]


def looks(path: Path = PUBLIC) -> Iterator[tuple[str, list[str]]]:
    """Each test of a file with what it has judged, and the stages that it is run in."""
    for item in ast.parse(path.read_text()).body:
        if isinstance(item, ast.FunctionDef) and item.name.startswith("test_"):
            walk = Walk()
            for line in item.body:
                walk.visit(line)
            yield item.name, [said + stage for stage in _stages(item) for said in walk.judged]


def _stages(test: ast.FunctionDef) -> list[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and _name(mark.func) == "parametrize":
            names: list[str] = ast.literal_eval(mark.args[1])
            return [f", {name.replace('_', ' ')}" for name in names]
    return [""]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _words(node: ast.AST) -> list[str]:
    """The texts among the arguments."""
    given = getattr(node, "args", [])
    return [one.value for one in given if isinstance(one, ast.Constant)]


def _place(node: ast.expr) -> str:
    """An address as people read it: a page's name, or the path."""
    if isinstance(node, ast.Call):
        return next(iter(_words(node)), _name(node.func))
    if isinstance(node, ast.JoinedStr):
        parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        names = [name for part in parts for name in _words(part)]
        query = [one.value for one in node.values if isinstance(one, ast.Constant)][-1]
        return f"{names[0]}{query}" if names and str(query).startswith("?") else "an unknown link"
    return (
        str(node.value)
        if isinstance(node, ast.Constant)
        else _name(node).replace("link", "landing")
    )


def _label(node: ast.Call) -> str:
    """What stands on the button that is pressed."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and _name(call.func) == "get_by_role":
            named = [one.value for one in call.keywords if one.arg == "name"]
            return str(getattr(named[0], "value", "")) if named else ""
    return ""
