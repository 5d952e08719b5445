"""The REST serializers of an article."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from comments.models import MAX_ARTICLE_TEXT_LENGTH, Article, Site
from comments.validators import ARTICLE_URL_CHECKS

_TITLE_MISSING = _("Send the article's title.")
_URL_MISSING = _("Send the article's web address.")


class AboutArticleSerializer(serializers.ModelSerializer):
    """The article as the website describes it."""

    # Not a URLField, whose own validator has a single message for every error.
    url = serializers.CharField(
        max_length=500,
        validators=ARTICLE_URL_CHECKS,
        error_messages={"required": _URL_MISSING, "blank": _URL_MISSING, "null": _URL_MISSING},
        help_text="Where readers find the article; it must belong to the site.",
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ("url", "title", "section", "language", "published_at")
        # Without the labels of the admin's forms, which would be in the document's language.
        extra_kwargs: dict[str, dict[str, Any]] = {
            **{name: {"label": ""} for name in ("section", "language", "published_at")},
            "title": {
                "label": "",
                "error_messages": dict.fromkeys(("required", "blank", "null"), _TITLE_MISSING),
            },
        }

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def validate_url(self, url: str) -> str:
        if self.site and not self.site.allows(url):
            raise serializers.ValidationError(
                _("This address does not belong to the site."), "origin"
            )
        return url


class ArticleSerializer(AboutArticleSerializer):
    """An article as the website's own server registers it, and as the API returns it."""

    text = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=MAX_ARTICLE_TEXT_LENGTH,
        write_only=True,
        help_text="Plain text or HTML, never shown. Comments that quote it are not mistaken for "
        "one text from many senders.",
    )
    is_closed = serializers.BooleanField(read_only=True)

    class Meta(AboutArticleSerializer.Meta):
        fields = (
            *("key", *AboutArticleSerializer.Meta.fields, "closes_at", "text"),
            *("is_closed", "published_count"),
        )
        read_only_fields = ("key", "published_count")
        extra_kwargs = {
            **AboutArticleSerializer.Meta.extra_kwargs,
            "key": {"label": "", "help_text": "The website's own name for the article."},
            "closes_at": {"label": "", "help_text": "No comments are accepted from this time on."},
            "published_count": {
                "label": "",
                "help_text": "The number of comments that readers see.",
            },
        }

    def to_representation(self, instance: Article) -> dict[str, Any]:
        """Without a URL of its own, an article is read on a page of the service.

        In its first language, whoever asks: caches keep one answer for all.
        """
        with override(settings.LANGUAGE_CODE):
            address = self.context["request"].build_absolute_uri(instance.address)
        return {**super().to_representation(instance), "url": address}


@extend_schema_field(AboutArticleSerializer)
class AboutArticleField(serializers.Field):
    """Left unvalidated here: it is needed only if the article does not exist yet."""

    def to_internal_value(self, data: Any) -> Any:
        return data

    def to_representation(self, value: Any) -> Any:
        return value
