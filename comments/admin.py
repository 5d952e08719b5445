"""The admin pages of articles, and of sites for a superuser."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from comments.models import DEFAULT_KEY, Article, Site
from comments.shared_form import SharedForm


class ArticleForm(SharedForm):
    def clean_key(self) -> str:
        """Django checks uniqueness only among the fields of the form, which lacks the site."""
        key: str = self.cleaned_data["key"]
        if Article.objects.filter(site=DEFAULT_KEY, key=key).exists():
            raise ValidationError(_("An article with this key already exists."))
        return key


class SharedAdmin(admin.ModelAdmin):
    """Pages with a SharedForm; its hidden field is in the template of every page."""

    form = SharedForm

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [each for each in super().get_fields(request, obj) if each != "as_shown"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Two people who save at the same moment take turns, so that the second is asked."""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            if found := self.get_object(request, unquote(object_id)):
                rows = self.model._base_manager.select_for_update(no_key=True)
                rows.filter(pk=found.pk).first()
            return super().changeform_view(request, object_id, form_url, extra_context)


class ListAdmin(SharedAdmin):
    """Titles a list by its content: "Select %s to change" does not decline in Ukrainian."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, {**title, **(extra_context or {})})


@admin.register(Article)
class ArticleAdmin(ListAdmin):
    form = ArticleForm
    list_display = ("title", "section", "published_at", "closes_at", "published_count")
    list_filter = ("section",)
    search_fields = ("title", "key", "url")
    fields = ("key", "url", "title", "section", "published_at", "closes_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The website identifies the article by its key, so the key cannot be changed."""
        return ("key",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Save changed fields only: the count and the ETag may have changed in the meantime."""
        if not change:
            obj.site = Site.objects.default()
        obj.save(update_fields=form.changed_data if change else None)


@admin.register(Site)
class SiteAdmin(ListAdmin):
    """For superusers only: no role has permissions for it."""

    list_display = ("key", "name", "origins")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Stored hashes of readers depend on the key, so it cannot be changed."""
        return ("key",) if obj else ()
