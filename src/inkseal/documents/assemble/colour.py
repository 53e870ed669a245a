"""The output intent: which colours the numbers of DeviceRGB mean (ISO 19005-2, 6.2.3)."""

from functools import cache
from typing import Final

from pikepdf import Dictionary, Name, Object, Pdf, Stream, String
from PIL import ImageCms

#: ICC.1:2010, 7.2: where the header holds the date of making, the platform and the profile's own digest.
_DATE: Final = slice(24, 36)
_PLATFORM: Final = slice(40, 44)
_ID: Final = slice(84, 100)
#: Year, month, day, hour, minute, second as six big-endian 16-bit numbers.
_FIXED_DATE: Final = b"".join(number.to_bytes(2) for number in (2026, 1, 1, 0, 0, 0))


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile of IEC 61966-2-1 (sRGB), the same bytes whenever and wherever it is made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _FIXED_DATE
    profile[_PLATFORM] = bytes(4)
    profile[_ID] = bytes(16)
    return bytes(profile)


def output_intent(pdf: Pdf) -> Object:
    """Return the sRGB output intent as an indirect object of `pdf`."""
    profile = Stream(pdf, srgb_profile(), N=3)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB"),
            Info=String("sRGB IEC61966-2.1"),
            DestOutputProfile=pdf.make_indirect(profile),
        )
    )
