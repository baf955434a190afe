"""Scripts beside Latin, Greek and Cyrillic, and where Debian has a font for each.

Codes are those of ISO 15924. The package brings fonts for the three.
"""

from collections.abc import Iterable
from dataclasses import dataclass

NOTO = "/usr/share/fonts/truetype/noto"
CJK = tuple(f"/usr/share/fonts/opentype/noto/NotoSansCJK-{w}.ttc" for w in ("Regular", "Bold"))


@dataclass(frozen=True)
class Script:
    """`sample` has a few of its characters, `package` and `files` the fonts of Debian for it."""

    code: str
    name: str
    sample: str
    languages: tuple[str, ...]
    package: str
    files: tuple[str, ...]


def _noto(code: str, name: str, sample: str, languages: str) -> Script:
    files = tuple(f"{NOTO}/NotoSans{name}-{weight}.ttf" for weight in ("Regular", "Bold"))
    return Script(code, name, sample, tuple(languages.split()), "fonts-noto-core", files)


def _cjk(code: str, name: str, sample: str, languages: str) -> Script:
    return Script(code, name, sample, tuple(languages.split()), "fonts-noto-cjk", CJK)


SCRIPTS = {
    script.code: script
    for script in (
        _noto("Arab", "Arabic", "ابتثپچگی", "ar ar-dz ckb fa ug ur"),
        _noto("Hebr", "Hebrew", "אבגשת", "he yi"),
        _noto("Armn", "Armenian", "ԱՖաև", "hy"),
        _noto("Geor", "Georgian", "აბგჰ", "ka"),
        _noto("Deva", "Devanagari", "अआकहि", "hi mr ne"),
        _noto("Thai", "Thai", "กขฮาำ", "th"),
        _cjk("Hans", "Chinese, simplified", "签署合同", "zh zh-cn zh-hans zh-sg"),
        _cjk("Hant", "Chinese, traditional", "簽署合約", "zh-hant zh-hk zh-tw"),
        _cjk("Jpan", "Japanese", "契約のカナ", "ja"),
        _cjk("Kore", "Korean", "계약서", "ko"),
        Script(
            "Zsym",
            "symbols",
            "☑☐★♻",
            (),
            "fonts-noto-core",
            (f"{NOTO}/NotoSansSymbols-Regular.ttf", f"{NOTO}/NotoSansSymbols2-Regular.ttf"),
        ),
    )
}


def of_languages(codes: Iterable[str]) -> list[Script]:
    """The scripts that languages are written in, as far as they are known here."""
    spoken = {code.lower() for code in codes}
    return [script for script in SCRIPTS.values() if spoken.intersection(script.languages)]
