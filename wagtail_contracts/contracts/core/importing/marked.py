"""Lists whose marks Markdown doesn't know: 1.1, (a), a., (iv), IV. A rule for its parser.

They nest by their indent as all lists do. What they count is found out later, in `counting`.
"""

import re

from markdown_it.rules_block import StateBlock

from wagtail_contracts.contracts.core.importing.marks import LINE, readings

# What a line ends with before an item that no empty line parts from it.
ENDED = re.compile(r"[.:;,!?)*\"”»]\s*$|[,;]\s+(?:and|or|og|eller|und|oder|et|ou)\s*$")
TAB, INSIDE = 4, 3  # what is indented so far belongs to an item, however long its mark is


def marked_list(state: StateBlock, begin: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read the items that stand one after the other at the same indent."""
    mark = _mark(state, begin)
    if not mark or (silent and not _may_interrupt(state, begin)):
        return False
    if silent:
        return True
    opened = state.push("ordered_list_open", "ol", 1)
    parent, state.parentType = state.parentType, "list"
    line = begin
    while mark:
        line = _item(state, line, end, mark)
        goes_on = line < end and state.sCount[line] >= state.blkIndent
        mark = _mark(state, line) if goes_on else ""
    state.push("ordered_list_close", "ol", -1)
    opened.map = [begin, line]
    state.line, state.parentType = line, parent
    return True


def _mark(state: StateBlock, line: int) -> str:
    begin = state.bMarks[line] + state.tShift[line]
    found = LINE.match(state.src, begin, state.eMarks[line])
    return found[1] if found else ""


def _may_interrupt(state: StateBlock, line: int) -> bool:
    """Whether it ends the paragraph before it; a line may begin so by chance."""
    if state.sCount[line] < state.blkIndent:
        return True
    before = state.src[state.bMarks[line - 1] : state.eMarks[line - 1]]
    return bool(ENDED.search(before)) or _leads_on(state, line)


def _leads_on(state: StateBlock, line: int) -> bool:
    """Whether the next line has the number after that of this one."""
    following = _mark(state, line + 1) if line + 1 < state.lineMax else ""
    wanted = {(one.style, one.number + 1) for one in readings(_mark(state, line))}
    return any((one.style, one.number) in wanted for one in readings(following))


def _item(state: StateBlock, line: int, end: int, mark: str) -> int:
    """Read one item; returns the line after it."""
    column, text = _text_after(state, line, mark)
    token = state.push("list_item_open", "li", 1)
    token.info, token.map = mark, [line, line]
    was = state.bMarks[line], state.tShift[line], state.sCount[line]
    around, outer = state.blkIndent, state.listIndent
    state.listIndent, state.blkIndent = around, min(column, state.sCount[line] + INSIDE)
    state.bMarks[line], state.tShift[line], state.sCount[line] = text, 0, column
    state.md.block.tokenize(state, line, end)
    state.blkIndent, state.listIndent = around, outer
    state.bMarks[line], state.tShift[line], state.sCount[line] = was
    state.push("list_item_close", "li", -1)
    token.map[1] = state.line
    return state.line


def _text_after(state: StateBlock, line: int, mark: str) -> tuple[int, int]:
    """The column and the place where the words of an item begin."""
    place = state.bMarks[line] + state.tShift[line] + len(mark)
    column = state.sCount[line] + len(mark)
    while state.src[place] in " \t\u00a0":
        column += TAB - column % TAB if state.src[place] == "\t" else 1
        place += 1
    return column, place
