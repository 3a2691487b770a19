"""What to click at each kind of place, in steps short enough for a phone."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as later

from folkmoot.archive.models import Platform
from folkmoot.outbox.models import Task
from folkmoot.procedure.words import MeasureKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = Platform.Kind
Op = Task.Op


def checklist(task: Task) -> "list[StrOrPromise]":
    """Return what to do for `task`, step by step, at its kind of place."""
    kind = Kind(task.platform.kind) if task.platform else Kind.OTHER
    if task.measure:
        measure = MeasureKind(task.measure.kind)
        if task.op == Op.APPLY_MEASURE:
            return [_APPLY[measure].get(kind, _APPLY_ANYWHERE[measure]), _END_BY_HAND]
        return [_END[measure], _NOTHING_ELSE]
    if task.op in (Op.REMOVE, Op.HIDE):
        return [_TAKE_AWAY.get(kind, _ANYWHERE), _AFTER[Op(task.op)]]
    if task.op in (Op.RESTORE, Op.UNHIDE):
        return [_PUT_BACK.get(kind, _MAKE_VISIBLE), _IF_THERE]
    return [_CLICKS[Op(task.op)]] if task.op in _CLICKS else []


_ANYWHERE = later("Take the whole post away. Change nothing in it.")
_TAKE_AWAY: "dict[Platform.Kind, StrOrPromise]" = {
    Kind.FACEBOOK_PAGE: later("Open the menu beside it and hide it. Do not delete it: that cannot be undone."),
    Kind.FACEBOOK_GROUP: later("Open the menu beside it and choose to remove it. Leave its author in the group."),
    Kind.MAILING_LIST: later("Take it out of the archive. What has been mailed cannot be called back."),
    Kind.WEBSITE: later("Set it to “pending” or “unapproved”. Do not delete it for good."),
    Kind.CHAT_GROUP: later("Choose to delete it for everyone."),
    Kind.MICROBLOG: later("Hide the reply, or cut the quote loose from our post. Others’ own pages are not ours."),
}
_AFTER: "dict[Task.Op, StrOrPromise]" = {
    Op.REMOVE: later(
        "The whole post goes, and nothing in it is changed. If the place can hide a post, hide it: "
        "it may have to come back."
    ),
    Op.HIDE: later(
        "Only hide it: nobody has decided yet, and it may have to come back. If the place can only delete, "
        "keep a copy of it first."
    ),
}
_MAKE_VISIBLE = later("Make it visible again, where it stood.")
_PUT_BACK: "dict[Platform.Kind, StrOrPromise]" = {
    Kind.FACEBOOK_PAGE: later("Open the menu beside it and choose to show it again."),
    Kind.FACEBOOK_GROUP: later(
        "Look for it in the group’s activity log and undo the removal. "
        "If that is not offered, post its words for its author, and say that they are theirs."
    ),
    Kind.MAILING_LIST: later("Put it back into the archive."),
    Kind.WEBSITE: later("Set it to “approved” again."),
    Kind.CHAT_GROUP: later("A deleted message does not come back: post its words, and say whose they are."),
    Kind.MICROBLOG: later("Show the reply again, or let the quote stand again."),
}
_IF_THERE = later("If it was never taken away there is nothing to do: say that it is back.")
_NOTHING_ELSE = later("If it was never put in place there is nothing to do: say that it is lifted.")
_CLICKS: "dict[Task.Op, StrOrPromise]" = {
    Op.REJECT: later("Turn it down where posts wait for approval."),
    Op.APPROVE: later("Approve it where posts wait for approval."),
    Op.LOOK: later("Open it as a visitor would: signed out, or in a private window. Then say what you see."),
    Op.CORRECT: later(
        "Change our post so that it says the words above. If it cannot be changed, post them as an answer to it."
    ),
    Op.COMMENT: later("Post the words above as an answer. Say nothing about anybody’s case."),
}
_END_BY_HAND = later("It has an end. You get a task to lift it then; if the place does it by itself, just say so.")
_HOLD_ANYWHERE = later("Let it wait until somebody has looked. If the place cannot do that, say that it cannot.")
_APPLY_ANYWHERE: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: _HOLD_ANYWHERE,
    MeasureKind.HOLD_THREAD: _HOLD_ANYWHERE,
    MeasureKind.CLOSE_THREAD: later("Close the conversation, so that nobody can add to it."),
    MeasureKind.SUSPEND: later("Suspend or mute their account, so that they can read and cannot post."),
    MeasureKind.BAN: later("Block their account at the place."),
}
_APPLY: "dict[MeasureKind, dict[Platform.Kind, StrOrPromise]]" = {
    MeasureKind.HOLD_ACCOUNT: {
        Kind.FACEBOOK_GROUP: later("In the list of members, choose their name and ask for approval of their posts."),
        Kind.MAILING_LIST: later("In the list of members, set their posts to be held."),
        Kind.WEBSITE: later("Put their name on the list of those whose comments wait for approval."),
    },
    MeasureKind.HOLD_THREAD: {
        Kind.FACEBOOK_GROUP: later("Open the menu of the first post and ask for approval of the answers."),
        Kind.MAILING_LIST: later("Hold answers with this subject."),
        Kind.WEBSITE: later("Set the comments below this page to wait for approval."),
    },
    MeasureKind.CLOSE_THREAD: {
        Kind.FACEBOOK_PAGE: later("Open the menu of the first post and set who can comment, so that nobody new can."),
        Kind.FACEBOOK_GROUP: later("Open the menu of the first post and switch commenting off."),
        Kind.MAILING_LIST: later("Hold or turn back whatever comes with this subject."),
        Kind.WEBSITE: later("Close the comments below this page."),
        Kind.MICROBLOG: later("Set who can reply to the first post, so that nobody new can."),
    },
    MeasureKind.SUSPEND: {
        Kind.FACEBOOK_GROUP: later("In the list of members, choose their name and suspend them until then."),
        Kind.MAILING_LIST: later("In the list of members, set their posts to be turned back."),
        Kind.CHAT_GROUP: later("Take away their right to write. If that is not offered, remove them until then."),
    },
    MeasureKind.BAN: {
        Kind.FACEBOOK_PAGE: later("Open the menu beside their name and ban them from the page."),
        Kind.FACEBOOK_GROUP: later("In the list of members, choose their name and ban them. Their old posts stay."),
        Kind.MAILING_LIST: later("Take them off the list, and put their address on the list of those who are banned."),
        Kind.CHAT_GROUP: later("Remove them from the group."),
        Kind.MICROBLOG: later("Block their account from ours."),
    },
}
_END: "dict[MeasureKind, StrOrPromise]" = {
    MeasureKind.HOLD_ACCOUNT: later("Take their account off the list of those whose posts wait for approval."),
    MeasureKind.HOLD_THREAD: later("Switch the approval of posts in this conversation off."),
    MeasureKind.CLOSE_THREAD: later("Let people answer in this conversation again."),
    MeasureKind.SUSPEND: later("Lift the suspension, or the mute, of their account."),
    MeasureKind.BAN: later("Take their account off the list of those who are blocked. They may have to join again."),
}
