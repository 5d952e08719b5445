"""Times as a reader says them, with the exact one in the element and as its tooltip."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400
# Older times are dates; times.js, which keeps the page's times up to date, has the same limit.
RELATIVE_DAYS = 7


@register.simple_tag
def comment_time(moment: dt.datetime, comment: int, linked: int = 0) -> SafeString:
    """Return the <time> of a comment: exact if it is the one linked to, otherwise relative."""
    exact = comment == linked
    local = timezone.localtime(moment)
    whole = date_format(local, "j E Y, H:i")
    return format_html(
        '<time id="time-{}"{} datetime="{}" title="{}">{}</time>',
        comment,
        "" if exact else SafeString(' class="ago"'),
        local.isoformat(timespec="seconds"),
        whole,
        whole if exact else relative(moment),
    )


def relative(moment: dt.datetime) -> str:
    """Return how long ago it was, or from a week on the date."""
    seconds = int((timezone.now() - moment).total_seconds())
    minutes, hours, days = (seconds // length for length in (MINUTE, HOUR, DAY))
    if days >= RELATIVE_DAYS:
        return date_format(timezone.localtime(moment), "j E Y")
    if days > 0:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if hours > 0:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    if minutes > 0:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    return gettext("just now")
