"""Go to what a moderator types: a link, a number, a name, an e-mail or a network address."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from comments.identity import is_id
from comments.models import Article, Comment
from moderation.desk.contact_typed import contact_in
from moderation.desk.find_author import search_for
from moderation.desk.forms import GoForm
from moderation.desk.page import MAY_SEE_COMMENTS, DeskPage

# A comment in a link: of a discussion, or of the desk.
_COMMENT = re.compile(r"#comment-(\d+)$|/admin/comments/(\d+)/")
_LINK = re.compile(r"(?:https?:/)?/\S+", re.IGNORECASE)


class Go(DeskPage, View):
    """By POST, because what was typed may be an e-mail, which no address may contain."""

    permission_required = MAY_SEE_COMMENTS

    def post(self, request: HttpRequest) -> HttpResponse:
        form = GoForm(request.POST)
        if not form.is_valid():
            return self._back(form.sentence)
        asked = form.cleaned_data["email"]
        if not asked:
            return redirect("admin:queue")
        if is_id(number := asked.removeprefix("#")):
            return self._to_comment(int(number))
        return self._to_link(asked) if _LINK.fullmatch(asked) else self._to_words(asked)

    def _to_comment(self, number: int) -> HttpResponse:
        if Comment.objects.filter(pk=number).exists():
            return redirect("admin:comment", number)
        return self._back(_("There is no comment #%d.") % number)

    def _to_link(self, link: str) -> HttpResponse:
        if found := _COMMENT.search(link):
            number = found[1] or found[2]
            return self._to_comment(int(number) if is_id(number) else 0)
        path = link.partition("#")[0].partition("?")[0]
        key = path.rstrip("/").rpartition("/")[2]
        article = (
            Article.objects.filter(url__in=(link, path)).first()
            or Article.objects.filter(key=key).first()
        )
        if article is None:
            return self._back(_("No article has this address."))
        return redirect(reverse("admin:comments", query={"article": article.key}))

    def _to_words(self, asked: str) -> HttpResponse:
        """Search for words, which go into the address, or for the e-mail or address in them."""
        try:
            contact = contact_in(asked)
        except ValidationError as unclear:
            return self._back(unclear.messages[0])
        if contact:
            return search_for(self.request, contact)
        return redirect(reverse("admin:comments", query={"q": asked}))

    def _back(self, sentence: str) -> HttpResponse:
        messages.warning(self.request, sentence)
        return redirect("admin:queue")
