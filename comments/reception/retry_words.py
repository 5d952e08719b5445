"""When to send again, in words."""

import math

from django.utils.translation import ngettext


def retry_sentence(wait: int) -> str:
    """Return the sentence for a wait of so many seconds."""
    if wait < 100:
        text = ngettext(
            "Send it again in %d second. Nothing you typed is lost.",
            "Send it again in %d seconds. Nothing you typed is lost.",
            wait,
        )
        return text % wait
    minutes = math.ceil(wait / 60)
    text = ngettext(
        "Send it again in %d minute. Nothing you typed is lost.",
        "Send it again in %d minutes. Nothing you typed is lost.",
        minutes,
    )
    return text % minutes
