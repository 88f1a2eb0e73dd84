"""Tell whether the colors of an ICC profile are those of sRGB.

The numbers are looked at, not the name: every phone and program words "sRGB" in its own way.
"""

from __future__ import annotations

import struct

# The red, green and blue of sRGB as profiles have them, adapted to D50 (ICC "sRGB2014"), and how far one may be off.
_PRIMARIES = {b"rXYZ": (0.4361, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
_PRIMARY_OFF = 0.003
_HALF = 0.2140  # the light of the middle value: (0.5 + 0.055) / 1.055 to the power of 2.4
_HALF_OFF = 0.012  # lets gamma 2.2 (0.2176) through, which no one can tell from sRGB


def like_srgb(profile: bytes, components: int) -> bool:
    """Whether an image of 1 (gray) or 3 (RGB) components with this profile may be taken for sRGB. b"": no profile."""
    if not profile:
        return True
    try:
        tags = _tags(profile)
        space = profile[16:20]
        if components == 1 and space == b"GRAY":
            return _near(_middle(tags[b"kTRC"]), _HALF, _HALF_OFF)
        if components != 3 or space != b"RGB ":
            return False
        if b"A2B0" in tags:  # tables decide, not the primaries
            return False
        for name, wanted in _PRIMARIES.items():
            found = struct.unpack(">3i", tags[name][8:20])
            if not all(_near(value / 65536, want, _PRIMARY_OFF) for value, want in zip(found, wanted, strict=True)):
                return False
        return all(_near(_middle(tags[name]), _HALF, _HALF_OFF) for name in (b"rTRC", b"gTRC", b"bTRC"))
    except (KeyError, IndexError, ValueError, OverflowError, ZeroDivisionError, struct.error):
        return False


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack(">I", profile[128:132])
    tags = {}
    for number in range(min(count, 100)):
        name, offset, size = struct.unpack(">4sII", profile[132 + 12 * number : 144 + 12 * number])
        tags[name] = profile[offset : offset + size]
    return tags


def _middle(curve: bytes) -> float:
    """What a tone curve makes of the value one half."""
    kind = curve[:4]
    if kind == b"curv":
        (count,) = struct.unpack(">I", curve[8:12])
        if count == 0:
            return 0.5
        values = struct.unpack(f">{count}H", curve[12 : 12 + 2 * count])
        if count == 1:
            return float(0.5 ** (values[0] / 256))
        lower, upper = values[(count - 1) // 2], values[count // 2]
        return float(lower + upper) / 2 / 65535
    if kind == b"para":
        (form,) = struct.unpack(">H", curve[8:10])
        length = (1, 3, 4, 5, 7)[form]
        given: list[float] = [value / 65536 for value in struct.unpack(f">{length}i", curve[12 : 12 + 4 * length])]
        given += [0.0] * (7 - length)
        g, a, b, c, d, e, f = given
        if form == 0:
            return float(0.5**g)
        if form >= 3 and d > 0.5:
            return float(c * 0.5 + f)
        return float((a * 0.5 + b) ** g) + {2: c, 4: e}.get(form, 0.0)
    raise ValueError(kind)


def _near(value: float, wanted: float, off: float) -> bool:
    return abs(value - wanted) <= off
