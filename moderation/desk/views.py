"""Show an author's e-mail, and report that a sign-in is locked."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comments.encryption import WrongKeyError
from comments.models import Comment
from moderation.desk.page import MAY_SEE_CONTACTS
from moderation.privacy import view_contact


@require_POST
def contact(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Show the author's e-mail. A button requests it, so that no page shows one by itself."""
    moderator: Any = request.user
    if not moderator.has_perm(MAY_SEE_CONTACTS):
        raise PermissionDenied
    comment = get_object_or_404(Comment, pk=comment_id)
    context = {**admin.site.each_context(request), "title": _("E-mail"), "comment": comment}
    try:
        context["contact"] = view_contact(comment=comment, moderator=moderator)
    except WrongKeyError:
        context["unreadable"] = True
    return render(request, "moderation/contact.html", context)


def locked(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """Answer during a lockout, without saying whether the password was right."""
    context = {**admin.site.each_context(request), "title": _("Try again later")}
    answer = render(request, "moderation/locked.html", context, status=429)
    answer["Retry-After"] = f"{settings.AXES_COOLOFF_TIME.total_seconds():.0f}"
    return answer
