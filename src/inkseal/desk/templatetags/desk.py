"""Filters that put enum values into words, and times of the log into short ones."""

from datetime import UTC, datetime
from typing import Final

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from inkseal.contracts.desk_view import LogRow
from inkseal.contracts.enums import Progress
from inkseal.contracts.labels import PROGRESS_LABEL, ROLE_LABEL, Words
from inkseal.core.actor import RESPONSIBILITY, Role

register: Final = template.Library()
_ROLE_OF: Final = {words: role for role, words in RESPONSIBILITY.items()}


@register.filter
def progress_words(progress: Progress) -> Words:
    """Return the words for a progress."""
    return PROGRESS_LABEL[progress]


@register.filter
def role_words(role: Role) -> Words:
    """Return the words for a duty."""
    return ROLE_LABEL[role]


@register.filter
def actor_words(row: LogRow) -> Words:
    """Return who acted; what nobody did by hand was done by Inkseal."""
    return _("Inkseal") if row.responsibility == RESPONSIBILITY[Role.SYSTEM] else row.actor


@register.filter
def who(row: LogRow) -> Words:
    """Return who acted, and in which duty."""
    if row.responsibility == RESPONSIBILITY[Role.SYSTEM]:
        return actor_words(row)
    role = ROLE_LABEL[_ROLE_OF.get(row.responsibility, Role.UNKNOWN)]
    return format_lazy(_("{name}, {role}"), name=row.actor, role=role)


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """Return day and clock in a few characters, UTC; the page's script says it in the device's own zone."""
    if moment is None:
        return SafeString("")
    utc = moment.astimezone(UTC)
    return format_html(
        '<time datetime="{}" data-short title="{} UTC">{} {}</time>',
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
        utc.strftime("%Y-%m-%d %H:%M:%S"),
        date_format(utc, _("j M")),
        utc.strftime("%H:%M"),
    )
