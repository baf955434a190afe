"""How the documentation is built: `make docs`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import wagtail_contracts

project = "wagtail-contracts"
copyright = "wagtail-contracts contributors"
version = release = wagtail_contracts.__version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "tutorial/*/README.md"]
html_theme = "furo"
html_title = "wagtail-contracts"
