"""Publishing a policy from the command line: the part that needs the database."""

from pathlib import Path

from folkmoot.casefile.record import SYSTEM
from folkmoot.cli.target import only_organisation
from folkmoot.cli.words import say
from folkmoot.config.clock import now
from folkmoot.config.readiness import bring_up_to_date
from folkmoot.editions.models import PolicyEdition
from folkmoot.steps.publish_policy import publish_policy


def publish(folder: Path, org: str | None) -> None:
    """Publish the pack in `folder`, and say which edition it is."""
    bring_up_to_date()
    owner = only_organisation(org)
    known = set(PolicyEdition.objects.within(owner).values_list("pk", flat=True))
    edition = publish_policy(owner, folder, by=SYSTEM, at=now())
    if edition.pk in known:
        say(f"{edition} is in force already, word for word.")
    else:
        say(f"{edition} is the policy of {owner.name} from now on: new cases cite it, open ones keep theirs.")
