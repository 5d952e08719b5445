"""Admin pages of accounts and of the two logs about people."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from comments.admin import ListAdmin
from comments.models import Comment
from comments.shared_form import SharedForm
from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, AccountEntry, User
from moderation.accounts.roles import Role
from moderation.desk.readonly import ReadOnlyAdmin
from moderation.models import PrivacyEntry


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Any) -> str:
        return str(Role(group.name).label)


class PasswordForm(AdminPasswordChangeForm):
    """Translates the help text for each request; Django does it once, when it starts."""

    usable_password_help_text: Any = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("Without a password this person cannot sign in."),
        _("The current password will be lost."),
    )


class AccountForm(SharedForm, UserChangeForm):
    """Leads cannot give up their own role or account, so that at least one lead remains."""

    editor: Any = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.is_outdated:
            return cleaned
        leads = self.instance.groups.filter(name=Role.LEAD).exists()
        if self.instance == self.editor and leads:
            keeps_role = any(group.name == Role.LEAD for group in cleaned.get("groups", ()))
            if not (keeps_role and cleaned.get("is_active")):
                raise ValidationError(
                    _(
                        "You cannot give up your own lead role or close your own account: "
                        "ask another lead."
                    ),
                    code="own_role",
                )
        return cleaned


class PeopleAdmin(ListAdmin, UserAdmin):
    """Accounts and their roles; no other permissions can be granted here.

    `manage.py createsuperuser` makes an account with more permissions. Only another such account
    sees it here, since seeing it includes setting its password.
    """

    list_display = ("username", "roles", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username",)
    filter_horizontal = ()
    add_form_template = None
    form = AccountForm
    change_password_form = PasswordForm
    fieldsets = ((None, {"fields": ("username", "password", "groups", "is_active")}),)
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2", "groups")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        users = super().get_queryset(request).prefetch_related("groups")
        if request.user.is_superuser:
            return users
        more = Q(is_superuser=True) | Q(user_permissions__isnull=False)
        other_groups = Group.objects.exclude(name__in=Role)
        with_more = User.objects.filter(more | Q(groups__in=other_groups))
        return users.exclude(pk__in=with_more.values("pk"))

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Leave out the link to set a password for users who may not."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("username", "roles", "is_active", "last_login")}),)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        # Safe, because the class is made for this request.
        form.editor = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        roles = Group.objects.filter(name__in=Role).order_by("pk")
        return RolesField(roles, label=capfirst(_("roles")), required=False)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        for deed in _deeds(form) if change else (AccountDeed.MADE,):
            record(deed, obj, actor=request.user)  # type: ignore[arg-type]

    def user_change_password(self, request: Any, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        before = self.get_object(request, id)
        answer = super().user_change_password(request, id, form_url)
        after = self.get_object(request, id)
        if before and after and before.password != after.password:
            record(AccountDeed.PASSWORD, after, actor=request.user)
        return answer

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts stay in the logs, so they are deactivated instead."""
        return False

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role in names) or "—"


def _deeds(form: Any) -> Iterator[AccountDeed]:
    if "groups" in form.changed_data:
        yield AccountDeed.ROLES
    if "is_active" in form.changed_data:
        yield AccountDeed.OPENED if form.cleaned_data["is_active"] else AccountDeed.CLOSED


class AccountEntryAdmin(ReadOnlyAdmin):
    """The log of sign-ins and of changes to accounts, for leads and auditors."""

    list_display = ("created_at", "account", "deed", "who")
    list_display_links = None
    list_filter = ("deed", "created_at", "account")
    list_select_related = ("actor", "account")
    show_full_result_count = False

    @admin.display(description=_("by whom"))
    def who(self, entry: AccountEntry) -> str:
        return str(entry.actor or entry.operator or "—")


class PrivacyEntryAdmin(ReadOnlyAdmin):
    """The log of access to personal data, for leads and auditors."""

    list_display = ("created_at", "who", "deed", "comment", "count")
    list_display_links = None
    list_filter = ("deed", "created_at", "actor")
    list_select_related = ("actor",)
    show_full_result_count = False

    @admin.display(description=_("by whom"))
    def who(self, entry: PrivacyEntry) -> str:
        return str(entry.actor or entry.operator)

    @admin.display(description=_("comment"))
    def comment(self, entry: PrivacyEntry) -> str:
        if entry.comment_number is None:
            return "—"
        url = reverse("admin:comment", args=[entry.comment_number])
        return format_html('<a href="{}">{}</a>', url, Comment(pk=entry.comment_number))
