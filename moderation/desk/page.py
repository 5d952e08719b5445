"""The base of the desk's own pages: their permissions and the admin's context."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic.base import ContextMixin

from moderation.desk.review import MAY_REVIEW
from moderation.rejections import offers_of_default_site

MAY_SEE_CONTACTS = "comments.view_contact"
MAY_SEE_QUEUE = "moderation.view_heldcomment"
MAY_SEE_COMMENTS = "comments.view_comment"
MAY_SEE_DECISIONS = "moderation.view_decision"


class DeskPage(PermissionRequiredMixin, ContextMixin):
    """A page that requires a permission; `Desk.admin_view` has already checked the sign-in."""

    raise_exception = True
    request: Any
    title: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            "title": self.title,
            "may_review": self.request.user.has_perm(MAY_REVIEW),
            "may_see_contacts": self.request.user.has_perm(MAY_SEE_CONTACTS),
            # Called only by a template that shows them.
            "rejections": offers_of_default_site,
            **super().get_context_data(**kwargs),
        }
