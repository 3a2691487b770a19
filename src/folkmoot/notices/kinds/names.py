"""What can stand in a letter: each name, in words for administrators, with a demo matter to show it by."""

from dataclasses import dataclass

_RULE = """From "Harbour branch rules", edition 1, in summary:

H1. No personal attacks
We do not attack people. We may attack plans.

The lines above are our summary of the rules; the official text is at https://example.org/rules."""


@dataclass(frozen=True)
class Known:
    """A name: `says` describes it, `demo` is what it holds in a preview.

    `ours` is `False` for words of people and of the policy. `alone`: it has several lines, so it stands on a line
    of its own; then nothing that is quoted can pass for the organisation's words.
    """

    says: str
    demo: str = ""
    ours: bool = True
    alone: bool = False


NAMES = {
    # texts
    "org": Known("the organisation’s name"),
    "place": Known("where the post stands", "Harbour page"),
    "posted": Known("the day of the post, where it is known", "Thursday 1 October 2026"),
    "text": Known(
        "the whole post as a quotation, where a copy is kept",
        "> The harbour plan is a waste. Councillor Voss is a crook and always was.",
        ours=False,
        alone=True,
    ),
    "passage": Known(
        "the words this is about, where they are not the whole post",
        "> Councillor Voss is a crook",
        ours=False,
        alone=True,
    ),
    "reasons": Known("the reasons", "It calls a named councillor a crook and gives no fact for it.", ours=False),
    "rule": Known(
        "each rule: code, exact text, edition, and “in summary” where it is one", _RULE, ours=False, alone=True
    ),
    "rules": Known("the address of all the rules", "https://moot.example/o/harbour/rules/editions/1/"),
    "found_by": Known("how it began, such as “a report”", "a report"),
    "context": Known("what was read around it", "A person read your post in the conversation around it."),
    "automation": Known("whether anything was automatic", "No part of the decision was automatic."),
    "measures": Known(
        "what else holds and until when, a line for each",
        "- Until Friday 11 December 2026, what you post there waits until somebody has looked at it.",
        alone=True,
    ),
    "measure": Known("what held", "Until Friday 4 December 2026, nobody can add to this conversation."),
    "appeal_until": Known("until when the author can appeal", "Monday 3 May 2027"),
    "waiting": Known(
        "how many of each wait, a line for each",
        "- 3 cases wait for an answer, 1 of them late: https://moot.example/o/harbour/desk/queue/",
        alone=True,
    ),
    "account": Known("the address of the page about one’s own sign-in", "https://moot.example/account/"),
    "link": Known("the link to read and answer", "https://moot.example/o/harbour/letter/…"),
    "track": Known("the address of the page for reporters", "https://moot.example/o/harbour/track/"),
    "question": Known("the question", "Do you mean the councillor, or the plan?", ours=False),
    "helpful_by": Known("by when an answer helps", "Thursday 5 November 2026"),
    "away": Known("whom they act for", "Mo Abara"),
    "since": Known("from when", "Monday 2 November 2026"),
    "due": Known("by when an answer is due", "Monday 9 November 2026"),
    "until": Known("until when", "Wednesday 5 May 2027"),
    "now": Known(
        "what holds in place of the decision", "Your post stays up, with a word of advice.", ours=False, alone=True
    ),
    "sat": Known("how many sat, such as “3 members”", "3 members"),
    "aside": Known("how many stood aside, where some did", "1"),
    "coming_back": Known("the day on which something is seen again, where it is", "Tuesday 10 November 2026"),
    "case": Known("the number of the case", "12"),
    "name": Known("the name of whoever gets the letter", "Petra Oaks"),
    "who": Known("whom it is for, such as “the Secretary”", "the Secretary"),
    "what": Known("what waits, such as “A report”", "A report"),
    "about": Known("what it is about, such as “spam”", "an attack on a person"),
    "vote": Known("how they voted", "the decision stands"),
    "meets_at": Known("when the panel meets", "19:30 on Thursday 12 November 2026"),
    "where": Known("where the panel meets, where that is said", "Library, upstairs"),
    "count": Known("how many cases, such as “2 open cases”", "2 open cases"),
    # yes or no
    "person": Known("the words are aimed at a person"),
    "policy": Known("the words are aimed at a policy, a body or a belief"),
    "neither": Known("nobody says whom the words are aimed at"),
    "necessity": Known("somebody acted who would have stood aside had anybody else been free"),
    "too_few": Known("fewer sat than the rules ask for, since no other member was free to"),
    "same_moderator": Known("whoever decided first also answered, being the only moderator"),
    "removed": Known("the post is taken down"),
    "rejected": Known("the post is not published"),
    "kept": Known("the post stays up"),
    "to_members": Known("an appeal goes straight to members of the Executive"),
    "legal": Known("it is hidden for a legal complaint, not in an emergency"),
    "decided": Known("it has been decided that nothing is held against the post"),
    "with_it": Known("the post had gone with another one, which is back"),
    "afterwards": Known("it was looked at again after one moderator had decided alone"),
    "new_evidence": Known("it was opened again for new evidence"),
    "procedural_error": Known("it was opened again because something was not done as the rules say"),
    "court_order": Known("it was opened again because a court ordered it"),
    "agreed": Known("the second moderator agrees"),
    "secretary": Known("it goes to the Secretary"),
    "executive": Known("it goes to a member of the Executive"),
    "moderator": Known("a moderator decides it afresh"),
    "member": Known("they are a member of the Executive"),
    "administrator": Known("they are an administrator"),
    "panel": Known("the Executive decides it afresh"),
    "ordinary": Known("the Executive hears it at its ordinary meeting"),
    "carried": Known("the vote was carried"),
}
