"""The lines of an agreement in Markdown, those together that belong together; and their words."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,6})\s+(.*)")
NUMBERED = re.compile(r"(\d+[.)])(\s+)(.*)")
# What Markdown doesn't know: 1.1, (a), a., iv), and so on.
MARKED = re.compile(
    r"(\d+(?:\.\d+)+\.?|\((?:\d+|[a-zA-Z]|[ivxl]+|[IVXL]+)\)|(?:[a-zA-Z]|[ivxl]+|[IVXL]+)[.)])"
    r"([ \t\u00a0]+)(.*)"
)
BULLET = re.compile(r"([-*+])(\s+)(.*)")
BOLD = re.compile(r"\*\*((?:\d+\.)+\d*|\d+(?:\.\d+)+|\(\w+\))(\*\*)?\s+(.*)")
LINE = re.compile(r"([-*_])\s*(\1\s*){2,}")
UNDERLINE = re.compile(r"=+|-+")
DELIMITERS = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
ADDRESS = re.compile(r"\[([^\]]+)\]:\s*(https?://\S+).*")
MEANING = re.compile(r":\s+(.*)")
QUOTED = r"(?:\*\*)?[\"“„«][^\"“”„«»]{1,80}[\"”“»](?:\*\*)?"
AND = r"(?:,| or| and| eller| og| und| oder| ou| et)+ "
TERM = re.compile(
    rf"({QUOTED}(?:{AND}{QUOTED})*|\*\*[^*]{{1,80}}\*\*)\s+"
    r"((?:(?:shall |will )?means?|(?:has|have|(?:shall|will) have) the meaning|refers to|betyr"
    r"|menes|forstås|bedeutet|bezeichnet|désigne|signifie|s[’']entend)\b.*)"
)
MARKS = "\u00ad\u200b\u2060\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Characters that mean something in Markdown, and where they are kept out of its sight.
ASIDE = {ord(letter): 0xE000 + ord(letter) for letter in "[]<>*_`&\\"}
BACK = {aside: letter for letter, aside in ASIDE.items()}


@dataclass
class Run:
    """Lines that belong together; `kind` is table, text or terms, a list of terms and meanings."""

    indent: int
    lines: list[str]
    kind: str = "text"

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join([*(line.removesuffix("\\") for line in self.lines[:-1]), self.lines[-1]])


def runs(text: str) -> Iterator[Run]:
    """The runs of a text."""
    lines = prepared(text)
    run: Run | None = None
    fenced = False
    for place, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("```"):
            fenced, bare = not fenced, ""
        following = lines[place + 1].strip() if place + 1 < len(lines) else ""
        begins = begins_table(bare, following)
        if run and (
            not bare or begins or (run.kind == "text" and begins_run(run, bare, following))
        ):
            yield run
            run = None
        if run and run.kind == "text" and UNDERLINE.fullmatch(bare):
            run.lines = [f"{'#' if bare[0] == '=' else '##'} {run.text}"]
        elif run:
            run.kind = "terms" if MEANING.fullmatch(bare) and run.kind == "text" else run.kind
            run.lines.append(bare)
        elif bare and not LINE.fullmatch(bare):
            expanded = line.expandtabs(4)
            indent = len(expanded) - len(expanded.lstrip())
            run = Run(indent, [bare], "table" if begins else "text")
    if run:
        yield run


def marked(later: Sequence[Run], indent: int) -> str:
    """The number of the next item at the same indent, if nothing ends the list before it."""
    run = next((run for run in later if run.indent <= indent), None)
    if not run or run.indent < indent:
        return ""
    found = MARKED.fullmatch(run.text) or NUMBERED.fullmatch(run.text)
    return found[1] if found else ""


def prepared(text: str) -> list[str]:
    """The lines without marks that nobody sees, with numbers before what is bold."""
    lines = [re.sub(r"^> ?", "", line) for line in re.sub(f"[{MARKS}]", "", text).splitlines()]
    lines = [re.sub(r"\[\^([^\]\s]+)\]:?", r"\\[\1\\]", line) for line in lines]
    addresses = {found[1].lower() for line in lines if (found := ADDRESS.fullmatch(line))}
    lines = [linked(line, addresses) for line in lines if not ADDRESS.fullmatch(line)]
    return [unbolded(line) for line in lines]


def unbolded(line: str) -> str:
    """A number that begins a line in bold, as a number."""
    indent = line[: len(line) - len(line.lstrip())]
    found = BOLD.fullmatch(line.strip())
    if not found:
        return line
    return f"{indent}{found[1]} {'' if found[2] else '**'}{found[3]}"


def begins_table(bare: str, following: str) -> bool:
    """A row with a row of dashes under it."""
    return "|" in bare and bool(DELIMITERS.fullmatch(following))


def begins_run(run: Run, bare: str, following: str) -> bool:
    """Headings and items are runs of their own."""
    if HEADING.fullmatch(run.lines[0]):
        return True
    if any(rule.fullmatch(bare) for rule in (HEADING, NUMBERED, BULLET)):
        return True
    if not MARKED.fullmatch(bare):
        return False
    ended = run.lines[-1][-1] in ".:;,!?)" or run.lines[-1].split()[-1] in (
        "and",
        "or",
        "og",
        "und",
    )
    return ended or bool(MARKED.fullmatch(run.lines[0])) or bool(MARKED.fullmatch(following))


def linked(line: str, addresses: set[str]) -> str:
    """The line with links by name as other links."""
    return re.sub(
        r"\[([^\[\]]+)\]\[([^\[\]]+)\]",
        lambda found: f"[{found[1]}](#)" if found[2].lower() in addresses else found[0],
        line,
    )


def cells(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def shield(text: str) -> str:
    """The text with all such characters out of sight."""
    return text.translate(ASIDE)


def hidden(text: str) -> str:
    """A text whose only brackets are placeholders."""
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"<br\s*/?>", " ", text)
    text = re.sub(r"\\([^\w\s])", lambda found: shield(found[1]), text)
    text = re.sub(r"`([^`]+)`", lambda found: shield(found[1]), text)
    text = re.sub(r"<(https?://[^\s>]+|[^\s<>@]+@[^\s<>]+)>", lambda found: shield(found[1]), text)
    text = re.sub(r"\[([^\[\]]*)\]\([^)\s]*\)", r"\1", text)
    return re.sub(r"<[^<>]+>", "", text)


def plain(text: str) -> str:
    """The words that people see: without marks, tags and link targets, single spaces, NFC."""
    text = re.sub(r"\*\*|__", "", hidden(text))
    text = re.sub(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    text = html.unescape(text).translate(BACK)
    return unicodedata.normalize("NFC", " ".join(text.split()))
