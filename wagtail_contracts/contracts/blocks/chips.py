"""Data fields inside running text: a chip in the editor, a span with a key in the database.

What a post says about a chip is reduced to its key, so that a forged one can't show one thing and
mean another. `register` is for the hook `register_rich_text_features`.
"""

from typing import Any

from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from wagtail_contracts.contracts.core.richtext import ATTRIBUTE, CHIP

NAME, ENTITY = "contract-field", "CONTRACT-FIELD"
CLAUSE = "CONTRACT-CLAUSE"  # only a way to insert a chip that refers to a block
ROOM = "wagtail_contracts/contracts"
WIDGETS = "wagtailadmin/js/telepath/widgets.js"


class StoredChip(InlineEntityElementHandler):
    """Reads a chip from the stored form."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        """Keep the key and nothing else."""
        return {"field": attrs[ATTRIBUTE]}


def chip_to_html(props: dict[str, Any]) -> Any:
    """Write the key as the text between the tags, whatever the post claimed."""
    key = props.get("field")
    if not isinstance(key, str) or not CHIP.fullmatch(key):
        return DOM.create_element("fragment", {}, props["children"])
    return DOM.create_element("span", {ATTRIBUTE: key}, key)


def register(features: Any) -> None:
    """Add the features `contract-field` and `contract-clause` to the rich text editor."""
    control = {"type": ENTITY, "icon": "tag", "description": _("Data field")}
    scripts = [WIDGETS, f"{ROOM}/pickers.js", f"{ROOM}/chips.js"]  # each stands on the one before
    plugin = EntityFeature(control, js=scripts, css={"all": [f"{ROOM}/chips.css"]})
    features.register_editor_plugin("draftail", NAME, plugin)
    control = {"type": CLAUSE, "icon": "list-ol", "description": _("Clause reference")}
    features.register_editor_plugin("draftail", "contract-clause", EntityFeature(control))
    rule = {
        "from_database_format": {f"span[{ATTRIBUTE}]": StoredChip(ENTITY)},
        "to_database_format": {"entity_decorators": {ENTITY: chip_to_html}},
    }
    features.register_converter_rule("contentstate", NAME, rule)
