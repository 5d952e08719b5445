"""What the desk's own pages share with Django's admin around them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.views.generic.base import ContextMixin

from moderation.desk.cards import REJECTIONS
from moderation.desk.review import MAY_REVIEW

MAY_LOOK = "comments.view_contact"
MAY_SEE_QUEUE = "moderation.view_heldcomment"
MAY_SEE_COMMENTS = "comments.view_comment"


class DeskPage(PermissionRequiredMixin, ContextMixin):
    """A page for those who have its permission; `Desk.admin_view` has let them in."""

    raise_exception = True
    request: Any
    title: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **admin.site.each_context(self.request),
            "title": self.title,
            "may_review": self.request.user.has_perm(MAY_REVIEW),
            "may_look": self.request.user.has_perm(MAY_LOOK),
            "rejections": REJECTIONS,
            **super().get_context_data(**kwargs),
        }
