"""The error messages of each field, shared by the form and the REST API."""

from typing import Any

from django.utils.translation import gettext_lazy as _


def _missing(sentence: Any) -> dict[str, Any]:
    return {"required": sentence, "blank": sentence, "null": sentence}


def _broken(sentence: Any) -> dict[str, Any]:
    return {"invalid_choice": sentence, "does_not_exist": sentence, "incorrect_type": sentence}


ERROR_MESSAGES: dict[str, dict[str, Any]] = {
    "text": {
        **_missing(_("Write your comment.")),
        "min_length": _("This comment is too short: write at least one word or an emoji."),
        "max_length": _(
            "The comment is too long: it has %(show_value)d characters, and the limit is "
            "%(limit_value)d. Please shorten it."
        ),
    },
    "author_name": {
        **_missing(_("Enter your name.")),
        "max_length": _("The name is too long: the limit is %(limit_value)d characters."),
    },
    "author_email": {
        **_missing(_("Enter your e-mail: it will not be published.")),
        "invalid": _(
            "There seems to be a mistake in the e-mail address: it should look like "
            "name@example.com."
        ),
        "max_length": _("The e-mail address is too long: the limit is %(limit_value)d characters."),
    },
    "author_url": {
        "invalid": _(
            "There seems to be a mistake in the website's address: it should look like "
            "https://example.com."
        ),
        "max_length": _(
            "The website's address is too long: the limit is %(limit_value)d characters."
        ),
    },
    "parent": _broken(_("The comment you are replying to is no longer on the page.")),
}
