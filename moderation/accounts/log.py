"""Write the log of sign-ins and accounts."""

from moderation.accounts.models import AccountDeed, AccountEntry, User


def record(
    deed: AccountDeed, account: User, *, actor: User | None = None, operator: str = ""
) -> None:
    """Record an action on an account, by a user at the desk or an operator on the machine."""
    AccountEntry.objects.create(deed=deed, account=account, actor=actor, operator=operator)
