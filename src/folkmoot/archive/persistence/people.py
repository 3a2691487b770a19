"""How an account stands to the organisation, as far as the archive knows: ours, an office-holder's, or a person's."""

from folkmoot.archive.models import Account, AccountClaim
from folkmoot.procedure.persistence.noticed import Standing


def standing_of(account: Account) -> Standing:
    """Return the standing of `account`; an office-holder's is known by a claim that it is theirs."""
    if account.official:
        return Standing.OURS
    in_office = AccountClaim.objects.filter(
        account=account, until=None, person__roles__until=None, person__roles__isnull=False
    )
    return Standing.OFFICE_HOLDER if in_office.exists() else Standing.PERSON
