"""How long something waits, in one short word: the largest unit alone."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _


def span_words(since: datetime | None, now: datetime) -> str:
    """Return the time from `since` to `now` in minutes, hours or days; nothing when it never began."""
    if since is None:
        return ""
    span = now - since
    if span < timedelta(minutes=1):
        return _("now")
    if span < timedelta(hours=1):
        return _("%(count)d min") % {"count": span // timedelta(minutes=1)}
    if span < timedelta(days=1):
        return _("%(count)d h") % {"count": span // timedelta(hours=1)}
    return _("%(count)d d") % {"count": span.days}
