"""What a case asks of whoever opens it, said before it does: whether it is a matter of theirs depends on it."""

from datetime import datetime

from django.utils.translation import gettext as _

from folkmoot.casefile.models import Case
from folkmoot.casefile.papers import decision_in_force
from folkmoot.procedure.words import Stage
from folkmoot.steps.reviews import open_reviews
from folkmoot.web.desk import casework
from folkmoot.web.look import moments


def asked_now(case: Case, *, now: datetime) -> str:
    """Return what the case waits for, in a sentence without a word of the post or of what was found."""
    match Stage(case.stage):
        case Stage.RECEIVED:
            return _("A decision on what was reported. Nobody has decided yet.")
        case Stage.SECOND_LOOK:
            return _("A second look at a decision that a moderator proposes.")
        case Stage.APPEALED:
            return _("An appeal: the author asks to look again at what %(decided)s.") % {"decided": _decided(case, now)}
        case Stage.BEFORE_EXECUTIVE:
            return _("A hearing: the author puts to the Executive what %(decided)s.") % {"decided": _decided(case, now)}
        case Stage.MINUTED:
            return _("The Executive has voted; those who sat confirm the minute.")
    if open_reviews(case):
        return _("A reporter is not satisfied with how their report was answered.")
    return _("Nothing now: it is decided, and its papers can be read.")


def _decided(case: Case, now: datetime) -> str:
    paper = decision_in_force(case)
    if paper is None:
        return _("a moderator decided")
    who = casework.name_of(paper.by, casework.people_named([paper.by]))
    return _("%(name)s decided on %(day)s") % {
        "name": who,
        "day": moments.day_in_words(moments.local_day(paper.at), now),
    }
