"""What a REST answer of 404 says is missing."""

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions

from comments.models import DEFAULT_KEY
from comments.reception.articles import site_of


class NoAddressError(exceptions.NotFound):
    default_detail = _("The API has no such address. Does it lack the final slash?")
    default_code = "no_address"


class NoSiteError(exceptions.NotFound):
    default_detail = _("There is no site with this key.")
    default_code = "no_site"


class NoArticleError(exceptions.NotFound):
    default_detail = _("There is no article with this key: nobody has commented on it yet.")
    default_code = "no_article"


class NoCommentError(exceptions.NotFound):
    default_detail = _("There is no such comment on this article, or readers do not see it.")
    default_code = "no_comment"


class NoSubmissionError(exceptions.NotFound):
    default_detail = _("This link is not complete: it leads to no comment.")
    default_code = "no_submission"


class NoReportError(exceptions.NotFound):
    default_detail = _("This link is not complete: it leads to no report.")
    default_code = "no_report"


class NoHintsError(exceptions.NotFound):
    default_detail = _("This service gives no hints about texts.")
    default_code = "no_hints"


class NoPageError(exceptions.NotFound):
    default_detail = _("This cursor is not valid. Begin again with the first page.")
    default_code = "no_page"


def require_site(key: str) -> None:
    """Raise NoSiteError if no site has this key; the first site always exists."""
    if key != DEFAULT_KEY and site_of(key) is None:
        raise NoSiteError
