"""Run in the environment of a site: use each file of the installed package that is no code.

It prints how many of each kind it used, and stops at the first that can't be.
"""

import gettext
import json
import os
import sys
from pathlib import Path

import django

KINDS = ("templates", "static", "LC_MESSAGES", "fonts")


def tried(package: Path) -> dict[str, int]:
    """Each file in the way that its kind is used in; how many there were."""
    from django.contrib.staticfiles import finders
    from django.template.loader import get_template
    from fontTools.ttLib import TTFont

    found: dict[str, int] = dict.fromkeys(KINDS, 0)
    for path in sorted(package.rglob("*")):
        kinds = [kind for kind in KINDS if kind in path.parts]
        if not path.is_file() or not kinds or path.suffix in (".py", ".pyc"):
            continue
        [kind] = kinds
        name = path.relative_to(Path(*path.parts[: path.parts.index(kind) + 1])).as_posix()
        if kind == "templates":
            assert Path(get_template(name).origin.name) == path, name  # type: ignore[attr-defined]
        elif kind == "static":
            assert finders.find(name) == str(path), name
        elif kind == "LC_MESSAGES":
            with path.open("rb") as file:
                assert len(gettext.GNUTranslations(file)._catalog) > 1, name  # type: ignore[attr-defined]
        elif path.suffix == ".ttf":
            assert TTFont(path).getBestCmap(), name
        found[kind] += 1
    return found


def main() -> None:
    """Set the site up, and try."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.dev")
    sys.path.insert(0, str(Path.cwd()))
    django.setup()
    from django.utils.translation import gettext as translated
    from django.utils.translation import override

    import wagtail_contracts
    from wagtail_contracts.sealing.rendering import typefaces

    counted = tried(Path(wagtail_contracts.__file__).parent)
    counted["faces"] = len(typefaces.files(typefaces.places()))
    with override("nb"):
        told = {**counted, "withdraw": translated("Withdraw")}
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
