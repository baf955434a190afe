"""What a forgery wants people to read, and whether poppler shows it to them."""

import subprocess
import tempfile
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

TEXT = "Kunden betaler 990 000 kroner."
LEFT, BOTTOM, WIDTH, HEIGHT = 80, 400, 420, 40  # points, on an A4 page of 842
TOP = 842 - BOTTOM - HEIGHT
DARK, LIGHT = 110, 160


@cache
def strip() -> Image.Image:
    """The forged sentence, black on white."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    font = ImageFont.load_default(size=26)
    ImageDraw.Draw(picture).text((8, 4), TEXT, fill=0, font=font)
    return picture


def drawn(left: float = LEFT, bottom: float = BOTTOM) -> bytes:
    """Operators that draw it, whatever stands there; they need no font."""
    packed = zlib.compress(strip().tobytes(), 9).hex().encode()
    place = b"%g 0 0 %g %g %g cm" % (WIDTH, HEIGHT, left, bottom)
    facts = b"/W %d /H %d /CS /G /BPC 8 /F [/AHx /Fl]" % (WIDTH, HEIGHT)
    return b"\nq " + place + b"\nBI " + facts + b" ID " + packed + b">\nEI Q\n"


def told(tool: str, data: bytes, *options: str) -> str:
    """What one of poppler's tools prints about a file; `FILE` among the options is the file."""
    return _run(tool, data, *(options or ("FILE",))).decode(errors="replace")


def page(data: bytes) -> bool:
    """Whether the first page, as poppler draws it, shows the forged sentence."""
    drawing = _run("pdftoppm", data, "-r", "72", "-gray", "-singlefile", "-f", "1", "FILE")
    return bool(drawing) and _alike(drawing)


def _alike(drawing: bytes) -> bool:
    with Image.open(BytesIO(drawing)) as picture:
        seen = picture.convert("L").crop((LEFT, TOP, LEFT + WIDTH, TOP + HEIGHT)).tobytes()
    pairs = list(zip(strip().tobytes(), seen, strict=True))
    ink = [shown < DARK for wanted, shown in pairs if wanted < DARK / 2]
    paper = [shown > LIGHT for wanted, shown in pairs if wanted == 255]
    return sum(ink) > 0.6 * len(ink) and sum(paper) > 0.8 * len(paper)


def title(data: bytes) -> bool:
    """Whether the properties of the file call it another contract."""
    return "Kjoepsavtale" in told("pdfinfo", data)


def description(data: bytes) -> bool:
    """Whether the XMP packet does."""
    return "Kjoepsavtale" in told("pdfinfo", data, "-meta", "FILE")


def script(data: bytes) -> bool:
    """Whether a script stands in the file."""
    return "app.alert" in told("pdfinfo", data, "-js", "FILE")


def attachment(data: bytes) -> bool:
    """Whether an attachment, taken out, is the forged one."""
    with tempfile.TemporaryDirectory() as folder:
        _run("pdfdetach", data, "-saveall", "-o", folder, "FILE")
        return any(b"990000" in path.read_bytes() for path in Path(folder).iterdir())


def _run(tool: str, data: bytes, *options: str) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        words = [file.name if word == "FILE" else word for word in options]
        done = subprocess.run(  # noqa: S603
            [tool, *words],
            capture_output=True,
            check=False,
            timeout=60,
        )
    return done.stdout
