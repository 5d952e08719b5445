"""Write the log of sign-ins and accounts."""

from moderation.accounts.models import AccountDeed, AccountEntry, User


def record(
    deed: AccountDeed, account: User, *, actor: User | None = None, operator: str = ""
) -> None:
    """Writes down what was done to an account: by whom at the desk, or by whom on the machine."""
    AccountEntry.objects.create(deed=deed, account=account, actor=actor, operator=operator)
