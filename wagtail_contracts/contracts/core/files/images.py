"""Pictures are decoded and made anew: what is no picture (scripts, places, files) stays behind."""

import io
import warnings

from PIL import Image, ImageOps

from wagtail_contracts.contracts.core.files.refusals import FileRefused
from wagtail_contracts.contracts.core.files.sorts import JPEG, PNG

MOST_PIXELS = 40_000_000
MOST = str(MOST_PIXELS // 1_000_000)
FORMATS = {PNG: "PNG", JPEG: "JPEG"}
MODES = {"PNG": ("1", "L", "LA", "RGB", "RGBA"), "JPEG": ("L", "RGB")}
QUALITY = 92


def remade(content: bytes, media_type: str) -> tuple[bytes, int, int]:
    """The picture made anew from its pixels, its width and height. Raises FileRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(_decoded(content, FORMATS[media_type]), FORMATS[media_type])
    except (FileRefused, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused("pixels", MOST) from error
    except Exception as error:  # decoders raise whatever the file makes them raise
        raise FileRefused("picture") from error


def _decoded(content: bytes, form: str) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=[form])
    if image.width * image.height > MOST_PIXELS:  # the header is read, the pixels are not
        raise FileRefused("pixels", MOST)
    image.load()
    # Turned as the camera meant before its note about it goes.
    return ImageOps.exif_transpose(image)


def _encoded(image: Image.Image, form: str) -> tuple[bytes, int, int]:
    other = "RGBA" if form == "PNG" else "RGB"
    kept = image if image.mode in MODES[form] else image.convert(other)
    bare = Image.frombytes(kept.mode, kept.size, kept.tobytes())  # no notes, no profile
    out = io.BytesIO()
    bare.save(out, form, quality=QUALITY)
    return out.getvalue(), bare.width, bare.height
