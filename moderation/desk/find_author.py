"""Find an author by e-mail, or by the network address that they wrote from."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from comments.models import Comment
from moderation.desk.author_page import AuthorPage
from moderation.desk.forms import ContactForm
from moderation.desk.navigation import MAX_LINKED
from moderation.desk.page import MAY_SEE_CONTACTS
from moderation.privacy import search_by_address, search_by_email


@require_POST
@permission_required(MAY_SEE_CONTACTS, raise_exception=True)
def find_author(request: HttpRequest) -> HttpResponse:
    """Search by POST and redirect to hashes, so that no URL contains an e-mail or an address."""
    form = ContactForm(request.POST)
    if form.is_valid():
        return search_for(request, form.cleaned_data["email"])
    messages.warning(request, form.sentence)
    return redirect("admin:comments")


@permission_required(MAY_SEE_CONTACTS, raise_exception=True)
def search_for(request: HttpRequest, contact: str) -> HttpResponse:
    """Record the search for an e-mail or a network address, and go to what it finds."""
    moderator: Any = request.user
    if "@" in contact:
        return _to_authors(request, search_by_email(email=contact, moderator=moderator))
    return _to_authors(request, search_by_address(address=contact, moderator=moderator))


def _to_authors(request: HttpRequest, comments: QuerySet[Comment]) -> HttpResponse:
    """Go to the page of the author, or to the latest comments if there are several authors."""
    user: Any = request.user
    authors = comments.order_by().values_list("author_key", flat=True).distinct()
    count = authors.count()
    if count == 1 and user.has_perms(AuthorPage.permission_required):
        return redirect("admin:author", authors[0])
    if not count:
        messages.info(request, _("No comment comes from there, or it is not known any more."))
        return redirect("admin:comments")
    text = ngettext("%d author wrote from there.", "%d authors wrote from there.", count)
    messages.info(request, text % count)
    latest = comments.values_list("pk", flat=True)[:MAX_LINKED]
    return redirect(reverse("admin:comments", query={"ids": ",".join(map(str, latest))}))
