"""The organisation itself."""

from datetime import datetime

from folkmoot.api.caller import Caller
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Shown, example

router = Routes("Organisation")


class OrganisationShown(Shown):
    """An organisation, as everybody may see it."""

    model_config = example(
        {
            "slug": "harbour-branch",
            "name": "Harbour branch",
            "zone": "Europe/London",
            "contact": "secretary@harbour.example",
            "official_url": "https://harbour.example/policy",
            "now": "2026-11-03T10:00:00Z",
        }
    )

    slug: str
    name: str
    zone: str
    contact: str
    official_url: str
    now: datetime


@router.reads("", scope=None, returns=OrganisationShown)
def organisation(request: Caller) -> OrganisationShown:
    """Its name, its time zone, and the server's clock."""
    org = request.org
    return OrganisationShown(
        slug=org.slug,
        name=org.name,
        zone=org.zone,
        contact=org.contact,
        official_url=org.official_url,
        now=request.now,
    )
