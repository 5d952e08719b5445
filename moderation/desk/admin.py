"""Register the desk's admin pages: accounts, logs, policy, reasons and site keys."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from comments.models import SiteKey
from moderation.accounts.models import AccountEntry, User
from moderation.desk.accounts import AccountEntryAdmin, PeopleAdmin, PrivacyEntryAdmin
from moderation.desk.decision_log import DecisionAdmin
from moderation.desk.key_pages import SiteKeyAdmin
from moderation.desk.policy_page import SitePolicyAdmin
from moderation.desk.reasons_page import RejectionReasonAdmin
from moderation.models import Decision, PrivacyEntry, RejectionReason, SitePolicy

# The groups are the roles of moderation.accounts.roles, so they are not edited here.
admin.site.unregister(Group)
# These pages would show the secrets of one-time codes.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.register(User, PeopleAdmin)
admin.site.register(PrivacyEntry, PrivacyEntryAdmin)
admin.site.register(AccountEntry, AccountEntryAdmin)
admin.site.register(SitePolicy, SitePolicyAdmin)
admin.site.register(RejectionReason, RejectionReasonAdmin)
admin.site.register(Decision, DecisionAdmin)
admin.site.register(SiteKey, SiteKeyAdmin)
