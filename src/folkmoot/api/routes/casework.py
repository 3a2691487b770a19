"""Working on a case: notes, a question to its author, answers to reporters, support, and taking longer."""

from django.utils.translation import gettext

from folkmoot.api.caller import Caller
from folkmoot.api.casework_shapes import (
    Answered,
    AnswerSent,
    BesideSent,
    CommentSent,
    Disowned,
    DisowningSent,
    ExtensionSent,
    FreshLookSent,
    NoteSent,
    QuestionSent,
    SupportSent,
)
from folkmoot.api.matters import Taken, seen_now, taken
from folkmoot.api.reading import open_case
from folkmoot.api.routing import Routes
from folkmoot.api.shapes import Number
from folkmoot.kernel.errors import BadInput
from folkmoot.kernel.tokens import new_nonce
from folkmoot.members.models import Scope
from folkmoot.procedure.words import Step
from folkmoot.steps.answer_in_comments import answer_and_take_down, answer_in_comments, standard_answer
from folkmoot.steps.answer_report import answer_report
from folkmoot.steps.ask_clarification import ask_clarification
from folkmoot.steps.disown_account import disown_account
from folkmoot.steps.disown_report import disown_report
from folkmoot.steps.extend import extend
from folkmoot.steps.look_again import look_again
from folkmoot.steps.offer_support import offer_support
from folkmoot.steps.put_beside import OurPost, copy_beside, put_beside
from folkmoot.steps.write_note import write_note
from folkmoot.web.desk.going import READERS, the_case, the_post

router = Routes("Working on a case")


@router.writes(
    "/cases/{int:case}/notes", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.WRITE_NOTE,), status=201
)
def notes(request: Caller, case: Number, said: NoteSent) -> Taken:
    """Keep a private note: no party ever sees it, and it is in no bundle."""
    found = open_case(request, case)
    paper = write_note(found.pk, words=said.words, by=request.person, at=request.now, form_key=new_nonce())
    return taken(paper)


@router.writes(
    "/cases/{int:case}/questions",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.ASK_CLARIFICATION,),
    status=201,
)
def questions(request: Caller, case: Number, said: QuestionSent) -> Taken:
    """Ask the author what they meant, before anything is decided; the time to answer runs on."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    return taken(ask_clarification(found.pk, question=said.question, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/comment",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.ANSWER_IN_COMMENTS,),
    status=201,
)
def comment(request: Caller, case: Number, said: CommentSent) -> Taken:
    """Answer somebody who argues about moderation below a post, and with `code` decide that their comment goes."""
    found = open_case(request, case)
    words = said.words or standard_answer(request.org)
    seen = seen_now(found, said.seen)
    if said.code:
        return taken(
            answer_and_take_down(found.pk, words=words, code=said.code, by=request.person, at=request.now, seen=seen)
        )
    return taken(answer_in_comments(found.pk, words=words, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/support",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.OFFER_SUPPORT,),
    status=201,
)
def support(request: Caller, case: Number, said: SupportSent) -> Taken:
    """Write down what was offered to whoever was targeted, and how much they want to hear."""
    found = open_case(request, case)
    paper = offer_support(
        found.pk, offered=said.offered, hears=said.hears, note=said.note, by=request.person, at=request.now
    )
    return taken(paper)


@router.writes(
    "/cases/{int:case}/beside", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.PUT_BESIDE,), status=201
)
def beside(request: Caller, case: Number, said: BesideSent) -> Taken:
    """Put a post of our own beside the contested one, so that what was said can be compared with it."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    if said.post is not None:
        ours = the_post(request, said.post)
        return taken(put_beside(found.pk, ours, by=request.person, at=request.now, seen=seen))
    if not (said.text and said.url):
        raise BadInput(
            gettext("Please name a post of ours, or copy one down with its words and its link."), field="text"
        )
    copied = OurPost(text=said.text, url=said.url)
    return taken(copy_beside(found.pk, copied, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/extension", scope=Scope.DESK, offices=READERS, returns=Taken, steps=(Step.EXTEND,), status=201
)
def extension(request: Caller, case: Number, said: ExtensionSent) -> Taken:
    """Take longer for the answers that you owe in a case, once; those who wait are told why."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    return taken(extend(found.pk, reason=said.reason, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/answers",
    scope=Scope.DESK,
    offices=READERS,
    returns=Answered,
    steps=(Step.ANSWER_REPORT,),
    status=201,
)
def answers(request: Caller, case: Number, said: AnswerSent) -> Answered:
    """Answer one reporter or several, with reasons: it ends the time limits of their reports, and of no other."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    papers = answer_report(
        found.pk, reports=said.reports, words=said.words, by=request.person, at=request.now, seen=seen
    )
    return Answered(answers=[taken(paper) for paper in papers])


@router.writes(
    "/cases/{int:case}/fresh-look",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.LOOK_AGAIN,),
    status=201,
)
def fresh_look(request: Caller, case: Number, said: FreshLookSent) -> Taken:
    """Take a decided case up again, because a later report says something new."""
    found = open_case(request, case)
    seen = seen_now(found, said.seen)
    return taken(look_again(found.pk, reasons=said.reasons, by=request.person, at=request.now, seen=seen))


@router.writes(
    "/cases/{int:case}/disowning",
    scope=Scope.DESK,
    offices=READERS,
    returns=Taken,
    steps=(Step.DECLARE_INTEREST,),
    status=201,
)
def disowning(request: Caller, case: Number, said: DisowningSent) -> Taken:
    """Say on the record that a report which gives your address is not yours, or the account that was thought yours.

    It answers for the address only: whether you have an interest is asked as ever.
    """
    found = the_case(request, case)
    disown = disown_account if said.what is Disowned.ACCOUNT else disown_report
    return taken(disown(found.pk, by=request.person, at=request.now))
