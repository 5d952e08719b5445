"""Save a list's filter and order under a name, and delete them again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from moderation.desk.filters import FilterForm
from moderation.models import Place, SavedView

MAY_SAVE = "moderation.add_savedview"
MAY_SHARE = "moderation.share_savedview"
MAX_VIEWS = 30


def place_of(request: HttpRequest) -> str:
    """Return the list that a page belongs to: its URL's name, or the part before "_"."""
    match = request.resolver_match
    return (match.url_name or "").partition("_")[0] if match else ""


def views_for(user: Any, place: str) -> QuerySet[SavedView]:
    """Return the user's own views of a list and those shared by others."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True), place=place)


def may_delete(user: Any, view: SavedView) -> bool:
    """Everybody deletes their own views; who may share, also those that others have shared."""
    own = view.owner_id == user.pk and user.has_perm(MAY_SAVE)
    return bool(own or (view.is_shared and user.has_perm(MAY_SHARE)))


def filter_query(asked: QueryDict) -> str:
    """Return what an address says about the filter and the order, always in the same form."""
    kept = QueryDict(mutable=True)
    for name in FilterForm.base_fields:
        if value := asked.get(name):
            kept[name] = value
    return kept.urlencode()


class SaveForm(forms.ModelForm):
    """A view under the name of an earlier one replaces it."""

    class Meta:
        model = SavedView
        fields = ("place", "name", "query", "is_shared")

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_query(self) -> str:
        query = filter_query(QueryDict(self.cleaned_data["query"]))
        if not query:
            raise ValidationError(_("Choose a filter or an order first, then save the view."))
        return query

    def clean_is_shared(self) -> bool:
        return bool(self.cleaned_data["is_shared"] and self.user.has_perm(MAY_SHARE))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        own = SavedView.objects.filter(owner=self.user)
        same = own.filter(place=data.get("place"), name=data.get("name"))
        if own.count() >= MAX_VIEWS and not same.exists():
            raise ValidationError(
                _("You have %(max)d saved views. Delete one to save another.") % {"max": MAX_VIEWS}
            )
        return data

    def store(self) -> SavedView:
        data = self.cleaned_data
        values = {"query": data["query"], "is_shared": data["is_shared"]}
        names = {"owner": self.user, "place": data["place"], "name": data["name"]}
        return SavedView.objects.update_or_create(**names, defaults=values)[0]


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save a view and show it."""
    if not request.user.has_perm(MAY_SAVE):
        raise PermissionDenied
    form = SaveForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.warning(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_back(request, request.POST.get("query", "")))
    view = form.store()
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(_back(request, view.query))


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view; the page's filter stays as it is."""
    view = get_object_or_404(SavedView, pk=pk)
    if not may_delete(request.user, view):
        raise PermissionDenied
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect(_back(request, request.POST.get("query", "")))


def _back(request: HttpRequest, query: str) -> str:
    """Return the address of the page that sent the form, with this filter."""
    page = request.POST.get("back", "")
    own = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    path = page.partition("?")[0] if own else reverse(f"admin:{Place.QUEUE}")
    kept = filter_query(QueryDict(query))
    return f"{path}?{kept}" if kept else path
