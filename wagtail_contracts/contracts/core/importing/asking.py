"""Lists of check boxes as data fields."""

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft, item
from wagtail_contracts.contracts.core.importing.inline import box, line, rich
from wagtail_contracts.contracts.core.importing.lines import lines

Node = SyntaxTreeNode


def choice(node: Node, draft: Draft) -> None:
    """Boxes become one choice, the first ticked one being suggested."""
    label = draft.lead or draft.heading or draft.title
    found = [(box(child.children[0]), _option(child, draft, label)) for child in node.children]
    told = [(ticked != " ", text) for ticked, text in found if text]
    if len(told) < len(found):
        draft.note(line(node), "empty")
    if (count := sum(ticked for ticked, _text in told)) > 1:
        draft.note(line(node), "ticked", count=count)
    if len(told) > 1:
        options = [
            item({"key": f"option_{k}", "text": text}) for k, (_tick, text) in enumerate(told, 1)
        ]
        chosen = next((f"option_{k}" for k, (ticked, _text) in enumerate(told, 1) if ticked), "")
        key = draft.define("choice", label, options=options, default=chosen)
        draft.place("field_place", key=key)
    for ticked, text in told if len(told) == 1 else ():
        _question(node, draft, label, ticked=ticked, text=text)


def _question(node: Node, draft: Draft, label: str, *, ticked: bool, text: str) -> None:
    """A single box is its words, and a question of yes or no."""
    draft.note(line(node), "single_box")
    draft.place("text", text=f"<p>{text}</p>")
    draft.place("field_place", key=draft.define("yes_no", label, default="yes" if ticked else ""))


def _option(node: Node, draft: Draft, label: str) -> str:
    """The option's text without its box; a placeholder in it is a field named after the choice."""
    first, rest = node.children[0], node.children[1:]
    found = [rich(first, draft, label, boxed=True), *lines(rest, draft)]
    return "<br/>".join(filter(None, found))
