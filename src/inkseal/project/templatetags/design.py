"""Tags of the design system: icons from one sprite, and times that a device puts into its own zone."""

from datetime import datetime
from typing import Final

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

register: Final = template.Library()


@register.simple_tag
def icon(name: str, css_class: str = "i") -> SafeString:
    """Return a decorative icon; the word beside it is what a screen reader says."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css_class,
        static("inkseal/icons.svg"),
        name,
    )


@register.simple_tag
def at(moment: datetime | None, shape: str = "day") -> SafeString:
    """Return a moment in UTC, marked so that the page's script can say it in the device's own zone.

    `shape`: "clock" for the hour of today's work, "date" for a day, "day" for both.
    """
    if moment is None:
        return SafeString("")
    utc = timezone.localtime(moment, timezone=timezone.get_fixed_timezone(0))
    return format_html(
        '<time datetime="{}" data-shape="{}">{}</time>',
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        shape,
        _words(utc, shape),
    )


def _is_chinese() -> bool:
    return (translation.get_language() or "").startswith("zh")


def _words(utc: datetime, shape: str) -> str:
    clock = f"{utc:%H:%M} UTC"
    if shape == "clock":
        return clock
    chinese = _is_chinese()
    date = formats.date_format(utc, "Y 年 n 月 j 日" if chinese else "j F Y")
    return date if shape == "date" else f"{date} {clock}" if chinese else f"{date}, {clock}"


@register.filter
def book_title(title: str) -> str:
    """Return a title as the reader's language writes it: between 《 and 》 in Chinese."""
    return f"《{title}》" if _is_chinese() else title


@register.filter
def share(part: int, whole: int) -> int:
    """Return `part` of `whole` in whole percent, for bars that need a number."""
    return round(100 * part / whole) if whole else 0
