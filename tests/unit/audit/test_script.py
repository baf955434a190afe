"""The script of a proof bundle, part by part and in this process: what a forger would hand it."""

import sys
from importlib import util

import pytest

from wagtail_contracts import merkle
from wagtail_contracts.audit.flows.exporting import SCRIPT


@pytest.fixture(scope="module")
def script():
    spec = util.spec_from_file_location("verify", SCRIPT)
    module = util.module_from_spec(spec)
    sys.modules["verify"] = module  # dataclasses look for it there
    spec.loader.exec_module(module)
    yield module
    del sys.modules["verify"]


def test_two_logs_that_differ_can_not_be_read_out_of_the_same_nodes(script):
    """With an item of 64 bytes three hashes make a node, cut in two ways."""
    first, second, old, new = (merkle.leaf(data) for data in (b"1", b"2", b"old", b"new"))
    below = merkle.node(first, second)

    def check(path, root):
        step = {"index": 2, "path": [item.hex() for item in path]}
        return script.check_inclusion(b"new", step, 3, root)

    with pytest.raises(script.Wrong, match="what is no digest"):
        check([below + old], merkle.node(below, old + new))
    assert check([below], merkle.node(below, new)) is None
