"""docs/reference/blocks.md has a section for each kind of block, with its policies and pictures."""

import re

from tests import block_pictures
from wagtail_contracts.contracts.blocks import ContractStream

PAGE = block_pictures.ROOT / "docs" / "reference" / "blocks.md"
SIDES = ("editor", "page", "paper")
EXPECTED = {f"{kind}-{side}.png" for kind in ContractStream().child_blocks for side in SIDES}


def test_each_picture_is_committed():
    assert {path.name for path in block_pictures.FOLDER.glob("*.png")} == EXPECTED


def test_each_picture_is_shown_once_with_words():
    shown = re.findall(r"!\[[^\]]+\]\(\.\./pictures/blocks/([^)]+)\)", PAGE.read_text())
    assert sorted(shown) == sorted(EXPECTED)


def test_every_kind_has_a_section_with_its_policies_the_default_first():
    said = dict(re.findall(r"^## (.+)\n\nPolicies: (.+)\.$", PAGE.read_text(), re.MULTILINE))
    blocks = ContractStream().child_blocks.values()
    policies = {
        str(block.label): ", ".join(
            policy for policy, _label in block.child_blocks["policy"].field.choices if policy
        )
        for block in blocks
    }
    assert said == policies
