"""The laws import-linter cannot see: each takes a parsed module and names what breaks it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

HOUSE = Path(__file__).parents[2] / "wagtail_contracts"
DOORS = {"admin", "management", "public", "routes", "tasks", "template_pages", "views"} | {
    "wagtail_hooks"
}
DOORS_FOR_PEOPLE = {"admin", "public", "routes", "views"}
GUARDS = "contracts/models/guards.py"
# The worker's own bookkeeping: nobody does it.
MACHINERY = {
    ("outbox/flows.py", "_claim"),
    ("audit/flows/checkpointing.py", "checkpoint"),
    ("audit/flows/stamping.py", "_kept"),
    ("contracts/flows/merging.py", "overtaken"),  # looks, and holds the row meanwhile
}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update",
    "delete",
    "get_or_create",
    "update_or_create",
}
WRITES |= {f"a{name}" for name in WRITES} | {"save_base", "execute", "executemany"}
# Of relations; a set that a function made for itself has a plain name and is no row.
RELATION_WRITES = {"set", "add", "remove", "clear"}
RELATION_WRITES |= {f"a{name}" for name in RELATION_WRITES}
FLOWS = {"audit", "contracts", "outbox", "sealing", "signing"}  # what their flows are called
TRANSACTIONS = {"atomic", "Atomic", "savepoint", "set_autocommit"}
# Self-service is what people do, and so a name of a job.
HIDING = re.compile(
    r"^(utils?|helpers?|misc|common|managers?|services?|handlers?|status)$"
    r"|(?<!^self)_(utils?|helpers?|managers?|services?|handlers?)$"
    r"|(?<!^Self)(Service|Manager|Handler|Helper|Helpers|Util|Utils)$"
)
SAFE = {"SafeData", "SafeString", "SafeText", "mark_safe"}
FORMAT = {"format_html", "format_html_join"}
HOMES = {
    "authlib": ("signing/backends/oidc",),
    "babel": ("contracts/core", "contracts/rendering"),
    "cryptography": (
        "encryption.py",
        "notes.py",
        "sealing/backends",
        "audit/backends",
        "wire/container.py",
    ),
    "django_otp": ("contracts/flows/factors.py", "signing/flows/codes.py"),
    "fontTools": ("sealing/rendering",),
    "PIL": ("contracts/core/files",),
    "joserfc": ("signing/backends/oidc",),
    "markdown_it": ("contracts/core",),
    "nh3": ("contracts/core",),
    "ninja": ("api/routes",),
    "phonenumbers": ("contracts/core/fields",),
    "puremagic": ("contracts/core/files",),
    "pyhanko": (
        "sealing/flows",
        "sealing/core/judging",
        "audit/core/anchors.py",
        "contracts/core/files",
        "wire/timestamps.py",
        "wire/tokens.py",
    ),
    "pypdfium2": ("contracts/core/files",),
    "segno": ("contracts/admin/factors",),
    "stdnum": ("contracts/core/fields",),
    "weasyprint": ("sealing/rendering",),
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python; `path` is relative to the package."""

    path: PurePosixPath
    text: str

    def __str__(self) -> str:
        return str(self.path)

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @property
    def rooms(self) -> set[str]:
        """The folders that it lies in, and its own name."""
        return {part.removesuffix(".py") for part in self.path.parts}

    @property
    def functions(self) -> list[Function]:
        """Every function, however deep."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def is_door(self) -> bool:
        """Whether requests, commands or messages come in here."""
        return bool(DOORS & self.rooms)

    @property
    def is_door_for_people(self) -> bool:
        """Whether the answer depends on who asks."""
        return bool(DOORS_FOR_PEOPLE & self.rooms)

    @property
    def may_open_transactions(self) -> bool:
        """Flows may; so may the guard, which locks the row that it looks at."""
        return "flows" in self.rooms or str(self) == GUARDS


def modules(root: Path = HOUSE) -> list[Module]:
    """Every module below `root` but migrations, which are generated."""
    paths = [path for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts]
    return [Module(PurePosixPath(path.relative_to(root)), path.read_text()) for path in paths]


def too_long(module: Module) -> list[str]:
    """A file has 300 lines, a function 25; its docstring is for readers and does not count."""
    lines = len(module.text.splitlines())
    return [f"{lines} lines"] * (lines > 300) + [
        f"{function.name}: {length(function)} lines"
        for function in module.functions
        if length(function) > 25
    ]


def length(function: Function) -> int:
    """Lines of code."""
    doc = ast.get_docstring(function, clean=False)
    last = function.end_lineno or function.lineno
    return last - function.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


def writes(module: Module) -> list[str]:
    """A door calls one verb; it never writes rows itself."""
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    return [
        f"line {call.lineno}: .{call.func.attr}()"
        for call in calls
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func)
    ]


def asks_for_all(module: Module) -> list[str]:
    """A door for people starts from `visible_to(user)`, so that a stranger finds nothing."""
    scoped = {
        id(node.value)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"Contract.objects", "Contract._default_manager"}
        and id(node) not in scoped
    ]


def transactions(module: Module) -> list[str]:
    """Who names a way to open a transaction, under whatever name it was imported."""
    return [
        f"line {node.lineno}: {name}"
        for node in ast.walk(module.tree)
        for name in _names(node)
        if name in TRANSACTIONS
    ]


def nameless_verbs(module: Module) -> list[str]:
    """A function that opens a transaction, by decorator or `with`, says who did it: `by`."""
    opened = [*TRANSACTIONS, *_aliases(module.tree)]
    return sorted(
        {
            function.name
            for function, enclosing in _nested(module.tree)
            if _opens(function, opened)
            and (str(module), function.name) not in MACHINERY
            and not any(_has_by(one) for one in (function, *enclosing))
        }
    )


def hiding_names(module: Module) -> list[str]:
    """Names that say nothing about the job."""
    classes = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    return [name for name in [*classes, *sorted(module.rooms)] if HIDING.search(name)]


def raw_markup(module: Module) -> list[str]:
    """Markup is for templates; `format_html` only for columns and panels of the admin."""
    forbidden = SAFE if {"admin", "wagtail_hooks"} & module.rooms else SAFE | FORMAT
    called = [
        f"line {node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in forbidden
    ]
    imported = [
        f"line {node.lineno}: {name}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for name in _names(node)
        if name in forbidden - {"SafeString"}  # whose name stands in annotations
    ]
    return called + imported


def away_from_home(module: Module) -> list[str]:
    """A library has one home, so that replacing it is one file's work."""
    imported = {
        name.split(".")[0]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _imported(node)
    }
    return [
        library
        for library in sorted(imported & set(HOMES))
        if not any(str(module).startswith(home) for home in HOMES[library])
    ]


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]


def _writes(call: ast.Call, function: ast.Attribute) -> bool:
    receiver, name = ast.unparse(function.value), function.attr
    if receiver == "super()" or receiver in FLOWS:
        return False
    if name in RELATION_WRITES:
        return not isinstance(function.value, ast.Name)
    if name == "update":  # of rows it takes keywords only, of a dict one other
        return not call.args
    return name in WRITES


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, ast.ImportFrom):
        return [alias.name for alias in node.names]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _aliases(tree: ast.Module) -> list[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return [a.asname for node in imports for a in node.names if a.asname and a.name in TRANSACTIONS]


def _nested(
    node: ast.AST, enclosing: tuple[Function, ...] = ()
) -> Iterator[tuple[Function, tuple[Function, ...]]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child, enclosing
            yield from _nested(child, (*enclosing, child))
        else:
            yield from _nested(child, enclosing)


def _opens(function: Function, opened: list[str]) -> bool:
    managers: list[ast.expr] = list(function.decorator_list)
    for node in _own(function):
        if isinstance(node, ast.With | ast.AsyncWith):
            managers += [item.context_expr for item in node.items]
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("enter_context"):
            managers += node.args
    words = {word for manager in managers for word in re.findall(r"\w+", ast.unparse(manager))}
    return bool(words & set(opened))


def _own(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions in it."""
    waiting = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def _has_by(function: Function) -> bool:
    return "by" in {argument.arg for argument in function.args.kwonlyargs}
