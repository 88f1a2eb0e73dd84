"""Convert a photo for print: upright, sRGB or gray, 8 bits, opaque, no larger than asked for.

The same bytes in give the same bytes out, and nothing but pixels: no EXIF, place, name, comment, thumbnail or profile.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from milebook.photos.color_profiles import like_srgb
from milebook.photos.decode import load, open_photo, orientation

if TYPE_CHECKING:
    from PIL.Image import Image


QUALITY = 88  # of JPEG
LONGEST_SIDE = 65_000  # pixels: JPEG can count no further than 65,535
_FEW_COLORS = 256
_FEW_GRAYS = 48  # a drawing has fewer; a gray photo has nearly all 256
_FLAT_SHARE = 0.6  # of a drawing's pixels, in its four commonest colors
_MOST_COLORS = 1 << 16  # counted at most
_LOSSLESS = ("PNG", "GIF", "BMP", "TIFF")


class Limits(NamedTuple):
    """How large a picture may be, upright, in pixels; 0: no limit. `gray`: colors are to become grays; `quality`: of a JPEG."""

    max_width: int = 0
    max_height: int = 0
    max_area: int = 0
    gray: bool = False
    quality: int = QUALITY

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """The size at which a picture of this size comes out: never larger than it is."""
        scale = min(1.0, LONGEST_SIDE / max(width, height))
        if self.max_width:
            scale = min(scale, self.max_width / width)
        if self.max_height:
            scale = min(scale, self.max_height / height)
        if self.max_area:
            scale = min(scale, math.sqrt(self.max_area / (width * height)))
        if scale == 1.0:
            return width, height
        return max(1, int(width * scale + 1e-6)), max(1, int(height * scale + 1e-6))


class Print(NamedTuple):
    """A prepared picture: a JPEG or PNG of `width` x `height` pixels, RGB, a PNG with a palette or, where `gray`, one channel."""

    data: bytes
    width: int
    height: int
    media_type: str
    gray: bool


def convert(data: bytes, limits: Limits) -> Print:
    """Prepares a photo. Raises NoPhoto where `examine` would have refused it."""
    image = open_photo(data)
    lossless = image.format in _LOSSLESS
    if image.format == "JPEG":
        lies = orientation(image)
        size = _stored(limits, image.size, lies)
        halved = 2 * size[0] <= image.width and 2 * size[1] <= image.height
        mode = "L" if limits.gray and _plainly_colored(image) else image.mode
        if halved or mode != image.mode:  # the decoder itself halves and grays, at a fifth of the cost
            image.draft(mode, size if halved else image.size)
        load(image)
    else:
        load(image)
        lies = orientation(image)  # only now, for some decoders turn the picture themselves and then say "upright"
        size = _stored(limits, image.size, lies)
    profile = image.info.get("icc_profile") or b""
    grayed = limits.gray and _plainly_colored(image)
    image = _opaque(_eight_bits(image))
    drawing = lossless and _is_drawing(image)
    few = drawing and image.size != size and image.getcolors(_FEW_COLORS) is not None
    if grayed:
        image = image.convert("L")  # first, for one channel is resized sooner than three
    if image.size != size:
        from PIL.Image import Resampling

        image = image.resize(size, Resampling.LANCZOS)
    image = _colors(image, profile)
    if limits.gray and image.mode != "L":
        image = image.convert("L")
    if lies > 1:
        image = _turn(image, lies)
    return _encode(_with_palette(image) if few else image, drawing, lossless, limits.quality)


def _plainly_colored(image: Image) -> bool:
    """Whether a picture's colors become grays without a look at its profile."""
    return image.mode == "RGB" and like_srgb(image.info.get("icc_profile") or b"", 3)


def _stored(limits: Limits, size: tuple[int, int], lies: int) -> tuple[int, int]:
    """The size to make of a picture before it is turned upright, which is done last, when there is less to turn."""
    if lies < 5:
        return limits.fit(*size)
    width, height = limits.fit(size[1], size[0])
    return height, width


def _eight_bits(image: Image) -> Image:
    """16 and 32 bits a sample, integer or not, scaled to 8: never cut off."""
    if image.mode not in ("I;16", "I;16L", "I;16B", "I;16N", "I", "F"):
        return image
    tags = getattr(image, "tag_v2", {})
    white_is_zero = image.format == "TIFF" and tags.get(262) == 0 and image.mode.startswith("I;16")
    if image.mode != "F":
        wide = image.convert("I")
        low, high = _extrema(wide)
        if low >= 0 and high <= 0xFFFF:
            table = [(value * 255 + 32767) // 65535 for value in range(65536)]
            if image.mode == "I" and high <= 255:  # 8 bits in a wide box
                table = [min(value, 255) for value in range(65536)]
            if white_is_zero:
                table.reverse()
            return wide.point(table, "L")
        image = wide.convert("F")
    low, high = _extrema(image)
    if not (math.isfinite(low) and math.isfinite(high)):
        return image.convert("L")
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255:
        low, high = 0.0, 255.0
    scale = 255.0 / ((high - low) or 1.0)
    return image.point(lambda value: value * scale + (0.5 - low * scale)).convert("L")


def _extrema(image: Image) -> tuple[float, float]:
    low, high = image.getextrema()
    assert isinstance(low, (int, float)) and isinstance(high, (int, float))  # one band, so not pairs
    return low, high


def _opaque(image: Image) -> Image:
    """Laid on white paper; palettes, black-and-white and rarer color models become RGB, L, CMYK or LAB."""
    from PIL import Image as Images

    mode = image.mode
    if mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        gray = mode in ("L", "LA", "La", "1")
        if mode == "La":
            image = image.convert("LA")
        elif mode == "1":
            image = image.convert("L")
        image = image.convert("RGBA")
        paper = Images.new("RGBA", image.size, (255, 255, 255, 255))
        paper.alpha_composite(image)
        return paper.convert("L" if gray else "RGB")
    if mode == "1":
        return image.convert("L")
    if mode == "P":
        palette = image.getpalette("RGB") or []
        gray = all(palette[at] == palette[at + 1] == palette[at + 2] for at in range(0, len(palette) - 2, 3))
        return image.convert("L" if gray else "RGB")
    return image if mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _is_drawing(image: Image) -> bool:
    """Whether a lossless picture is a drawing, a map or a scan of line art, which JPEG would smudge."""
    if image.mode not in ("L", "RGB"):
        return False
    colors = image.getcolors(_MOST_COLORS)
    if colors is None:
        return False
    gray = image.mode == "L" or all(_is_gray(color) for _, color in colors)
    if len(colors) <= (_FEW_GRAYS if gray else _FEW_COLORS):
        return True
    commonest = sorted((count for count, _ in colors), reverse=True)[:4]
    return sum(commonest) >= _FLAT_SHARE * image.width * image.height


def _is_gray(color: object) -> bool:
    return isinstance(color, tuple) and len(set(color)) == 1


def _colors(image: Image, profile: bytes) -> Image:
    """Colors as sRGB, grays as they are. A profile that is damaged or of another color model is left out of account."""
    components = {"L": 1, "RGB": 3}.get(image.mode, 0)
    if image.mode == "LAB" or (profile and not (components and like_srgb(profile, components))):
        converted = _managed(image, profile)
        if converted is not None:
            return converted.convert("L") if image.mode == "L" else converted
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _managed(image: Image, profile: bytes) -> Image | None:
    from PIL import ImageCms

    try:
        if image.mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
        space = source.profile.xcolor_space.strip()
        if space != {"L": "GRAY", "LAB": "Lab"}.get(image.mode, image.mode):
            return None
        target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        return ImageCms.profileToProfile(
            image,
            source,
            target,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _turn(image: Image, lies: int) -> Image:
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[lies])


def _with_palette(image: Image) -> Image:
    """A drawing of few colors, once it is resized, as a picture with a palette: the shades that resizing has put between
    its colors would make it twice as large as it came.
    """
    if image.mode != "RGB":
        return image
    from PIL.Image import Dither, Quantize

    return image.quantize(_FEW_COLORS, Quantize.MEDIANCUT, dither=Dither.NONE)


def _encode(image: Image, drawing: bool, lossless: bool, quality: int) -> Print:
    image.info.clear()  # Pillow would write comments, profiles and transparency from here
    made = BytesIO()
    if drawing:
        image.save(made, "PNG", compress_level=6)  # `optimize` saves a tenth of the bytes for seventeen times the work
    else:
        # Color at half the resolution suits what a camera took; a lossless original may have colored lettering.
        subsampling = "4:4:4" if lossless else "4:2:0"
        image.save(made, "JPEG", quality=quality, optimize=True, progressive=False, subsampling=subsampling)
    media_type = "image/png" if drawing else "image/jpeg"
    return Print(made.getvalue(), image.width, image.height, media_type, image.mode == "L")
