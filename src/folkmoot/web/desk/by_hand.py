"""What a task by hand says: one sentence, and what is said of it before and afterwards. What to click: `clicks`."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from folkmoot.casefile.models import Measure
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind
from folkmoot.web.desk import words
from folkmoot.web.look import moments

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Op = Task.Op


def sentence(task: Task) -> str:
    """Return what to do, in one sentence."""
    said = {
        "who": words.author(task.post) or _("somebody"),
        "where": task.platform.name if task.platform else _("the place where it stands"),
    }
    if task.op == Op.HAND_OVER_NOTICE:  # one author may have several letters to get
        letter = task.paper.facts["letter"]
        said["letter"] = str(words.LETTERS.get(letter, letter))
    if task.measure:
        said["who"] = whom(task.measure)
        said["until"] = last_day(task.measure)
        sentences = _APPLY if task.op == Op.APPLY_MEASURE else _END
        return str(sentences[MeasureKind(task.measure.kind)]) % said
    return str(_SENTENCES[Op(task.op)]) % said


def wording(task: Task) -> str:
    """Return the words to copy to the place, as they were frozen when it was asked; empty where there are none."""
    said = task.paper.words
    if task.op == Op.CORRECT:
        return said.get("correction", "")
    return (said.get("words") or said.get("text", "")) if task.op == Op.COMMENT else ""


def whom(measure: Measure) -> str:
    """Return against whom a measure is: an account by its name, or a conversation."""
    if measure.account is None:
        return _("the conversation")
    account = measure.account
    if account.name and account.handle and account.name != account.handle:
        return f"{account.name} ({account.handle})"
    return account.name or account.handle or _("somebody")


def last_day(measure: Measure) -> str:
    """Return the last local day on which a measure holds, with its year."""
    return date_format(moments.local_day(measure.until), "l j F Y")


MEASURES: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: later("Hold their posts for approval"),
    MeasureKind.HOLD_THREAD: later("Hold what is posted in this conversation for approval"),
    MeasureKind.CLOSE_THREAD: later("Close this conversation"),
    MeasureKind.SUSPEND: later("Suspend the account"),
    MeasureKind.BAN: later("Shut the account out"),
}
MEASURE_HINTS: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: later("They may post; somebody looks before it is seen."),
    MeasureKind.HOLD_THREAD: later("For everybody in this conversation, not for one person."),
    MeasureKind.CLOSE_THREAD: later("Nobody can add to it until then."),
    MeasureKind.SUSPEND: later("They can read and cannot post."),
    MeasureKind.BAN: later("They can neither read nor post there. The heaviest: nothing milder would do."),
}
ASKED: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("Asked to be removed"),
    Op.REJECT: later("Asked to be rejected"),
    Op.RESTORE: later("Asked to be put back"),
    Op.APPROVE: later("Asked to be let through"),
    Op.HIDE: later("Asked to be hidden for now"),
    Op.UNHIDE: later("Asked to be shown again"),
    Op.LOOK: later("Nobody is sure"),
}
FAILED: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("Could not be removed"),
    Op.REJECT: later("Could not be rejected"),
    Op.RESTORE: later("Could not be put back"),
    Op.APPROVE: later("Could not be let through"),
    Op.HIDE: later("Could not be hidden"),
    Op.UNHIDE: later("Could not be shown again"),
    Op.LOOK: later("Nobody can tell"),
}
WAITS: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("The post has to be removed at the place. Nobody has said yet that it is done."),
    Op.REJECT: later("The held post has to be rejected at the place. Nobody has said yet that it is done."),
    Op.RESTORE: later("The post has to be put back at the place. Nobody has said yet that it is done."),
    Op.APPROVE: later("The held post has to be let through. Nobody has said yet that it is done."),
    Op.HIDE: later("The post has to be hidden for now. Nobody has said yet that it is done."),
    Op.UNHIDE: later("The post has to be shown again. Nobody has said yet that it is done."),
    Op.LOOK: later("Nobody is sure whether the post is still there. Somebody has to look."),
    Op.CORRECT: later("Our own post has to be corrected at the place. Nobody has said yet that it is done."),
    Op.COMMENT: later("Our standard answer has to be posted. Nobody has said yet that it is done."),
    Op.APPLY_MEASURE: later("A measure has to be put in place. Nobody has said yet that it is done."),
    Op.END_MEASURE: later("A measure is over and has to be lifted. Nobody has said yet that it is done."),
    Op.HAND_OVER_NOTICE: later(
        "A letter to the author could not be mailed, or did not arrive: it has to be handed over."
    ),
}
DID: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("%(who)s says that the post is removed"),
    Op.RESTORE: later("%(who)s says that the post is back"),
    Op.REJECT: later("%(who)s says that the post is rejected"),
    Op.APPROVE: later("%(who)s says that the post is let through"),
    Op.HIDE: later("%(who)s says that the post is hidden for now"),
    Op.UNHIDE: later("%(who)s says that the post is shown again"),
    Op.LOOK: later("%(who)s has looked"),
    Op.CORRECT: later("%(who)s says that our post is corrected"),
    Op.COMMENT: later("%(who)s posted our standard answer"),
    Op.APPLY_MEASURE: later("%(who)s says that a measure is in place"),
    Op.END_MEASURE: later("%(who)s says that a measure is lifted"),
    Op.HAND_OVER_NOTICE: later("%(who)s handed the letter to the author"),
}
DID_NOT: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("%(who)s could not remove the post"),
    Op.RESTORE: later("%(who)s could not put the post back"),
    Op.REJECT: later("%(who)s could not reject the post"),
    Op.APPROVE: later("%(who)s could not let the post through"),
    Op.HIDE: later("%(who)s could not hide the post"),
    Op.UNHIDE: later("%(who)s could not show the post again"),
    Op.LOOK: later("%(who)s could not tell whether the post is there"),
    Op.CORRECT: later("%(who)s could not correct our post"),
    Op.COMMENT: later("%(who)s could not post our standard answer"),
    Op.APPLY_MEASURE: later("%(who)s could not put a measure in place"),
    Op.END_MEASURE: later("%(who)s could not lift a measure"),
    Op.HAND_OVER_NOTICE: later("%(who)s could not reach the author: not served"),
}
NOT_SURE = later("%(who)s tried, and is not sure that it worked: somebody is asked to look")
THERE = later("%(who)s has looked: the post is there")
NOT_THERE = later("%(who)s has looked: the post is not there")

_SENTENCES: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later("Remove the post by %(who)s at %(where)s."),
    Op.RESTORE: later("Put the post by %(who)s back at %(where)s."),
    Op.REJECT: later("Reject the post by %(who)s that waits for approval at %(where)s."),
    Op.APPROVE: later("Let the post by %(who)s through that waits for approval at %(where)s."),
    Op.HIDE: later("Hide the post by %(who)s at %(where)s for now."),
    Op.UNHIDE: later("Show the post by %(who)s at %(where)s again."),
    Op.LOOK: later("Look whether the post by %(who)s can be seen at %(where)s."),
    Op.CORRECT: later("Correct our own post at %(where)s."),
    Op.COMMENT: later("Post our standard answer below the post by %(who)s at %(where)s."),
    Op.HAND_OVER_NOTICE: later("Give %(who)s a letter (%(letter)s), in a private message at %(where)s or in person."),
}
_APPLY: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: later("Hold what %(who)s posts at %(where)s for approval, until %(until)s."),
    MeasureKind.HOLD_THREAD: later("Hold what is posted in this conversation at %(where)s, until %(until)s."),
    MeasureKind.CLOSE_THREAD: later("Close this conversation at %(where)s, until %(until)s."),
    MeasureKind.SUSPEND: later("Suspend %(who)s at %(where)s, until %(until)s."),
    MeasureKind.BAN: later("Shut %(who)s out of %(where)s, until %(until)s."),
}
_END: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: later("Let %(who)s post at %(where)s again without approval."),
    MeasureKind.HOLD_THREAD: later("Let people post in this conversation at %(where)s again without approval."),
    MeasureKind.CLOSE_THREAD: later("Open this conversation at %(where)s again."),
    MeasureKind.SUSPEND: later("End the suspension of %(who)s at %(where)s."),
    MeasureKind.BAN: later("Let %(who)s back into %(where)s."),
}
