"""A month of conversation: each post is taken in at the moment at which it is written, as an import takes it in."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from folkmoot.archive.intake import Moment, SeenPost
from folkmoot.casefile.record import SYSTEM
from folkmoot.steps.record_posts import begin_import, finish_import, record_posts
from folkmoot.web.demo.founding import Cast
from folkmoot.web.demo.story import Place, Said, Story, moment
from folkmoot.web.demo.telling import Happening


def conversation(told: Story, cast: Cast, *, at: datetime) -> Iterator[Happening]:
    """Yield the taking in of every post, one import for each place; `at` is the moment at which the demo starts."""
    for place in told.places:
        here = [(moment(said.posted, at=at, zone=told.organisation.zone), said) for said in told.posts]
        here = sorted(((when, said) for when, said in here if said.place == place.id), key=lambda pair: pair[0])
        first, last = here[0][0], here[-1][0]
        opened = cast.places[place.id]
        run = begin_import(opened, file_name=f"{place.id}.csv", by=SYSTEM, at=first)
        for line, (when, said) in enumerate(here, start=2):
            seen = _seen(told, place, said, line=line, posted=when)
            yield Happening(when, partial(record_posts, run, [seen], at=when), moves=False)
        yield Happening(last, partial(finish_import, run, rejected=0, by=SYSTEM, at=last), moves=False)


def _seen(told: Story, place: Place, said: Said, *, line: int, posted: datetime) -> SeenPost:
    handle, name = _author(told, place, said)
    return SeenPost(
        line=line,
        native_id=said.id,
        text=said.text,
        posted=Moment(posted, exact=True),
        author=handle,
        name=name,
        url=place.url + said.path,
        held=said.state == "held",
        thread=_first(told, said).id,
        reply_to=said.in_reply_to,
        numbered=False,
    )


def _author(told: Story, place: Place, said: Said) -> tuple[str, str]:
    """Return the handle and the name under which the post stands."""
    if not said.author.startswith("@"):
        author = told.somebody(said.author)
        return next(claim.handle for claim in author.claims if claim.place == place.id), author.name
    handle = said.author.removeprefix("@")
    ours = place.official_account
    if ours and ours.handle == handle:
        return handle, ours.name
    return handle, next(visitor.name for visitor in told.visitors if visitor.handle == handle)


def _first(told: Story, said: Said) -> Said:
    by_id = {other.id: other for other in told.posts}
    while said.in_reply_to:
        said = by_id[said.in_reply_to]
    return said
