"""Letters: what happened in, frozen words out. One plain template per letter, in `templates/notices/`.

Each function takes what happened and returns the `Letter`; who gets it and when stands in `notices/kinds/`. An
organisation may have words of its own for each (`editions.LetterEdition`); people's words go in as they are.
"""

from folkmoot.notices.statement import (
    Measured,
    Reasons,
    hidden_meanwhile,
    measure_words,
    statement_afresh,
    statement_of_reasons,
    statement_quoting,
    statement_spam,
)
from folkmoot.notices.to_author import (
    appeal_answered,
    appeal_extended,
    appeal_received,
    clarification_asked,
    executive_decided,
    lifted,
    measure_ended,
    measure_lifted,
    reopened,
    submission_received,
)
from folkmoot.notices.to_officers import (
    cases_passed_on,
    due_tomorrow,
    emergency,
    handed_over,
    legal_clock,
    look_afterwards,
    nobody_free,
    reported_again,
    review_asked,
    second_look_answered,
    second_look_asked,
    sent_back,
    still_overdue,
)
from folkmoot.notices.to_panel import convened, minute_objected, minute_to_confirm, put_to_executive, reopening_voted
from folkmoot.notices.to_reporter import extended, report_received, reporter_news, target_told
from folkmoot.notices.write import Letter, link_mark, local_day, local_time, quoted

__all__ = [
    "Letter",
    "Measured",
    "Reasons",
    "appeal_answered",
    "appeal_extended",
    "appeal_received",
    "cases_passed_on",
    "clarification_asked",
    "convened",
    "due_tomorrow",
    "emergency",
    "executive_decided",
    "extended",
    "handed_over",
    "hidden_meanwhile",
    "legal_clock",
    "lifted",
    "link_mark",
    "local_day",
    "local_time",
    "look_afterwards",
    "measure_ended",
    "measure_lifted",
    "measure_words",
    "minute_objected",
    "minute_to_confirm",
    "nobody_free",
    "put_to_executive",
    "quoted",
    "reopened",
    "reopening_voted",
    "report_received",
    "reported_again",
    "reporter_news",
    "review_asked",
    "second_look_answered",
    "second_look_asked",
    "sent_back",
    "statement_afresh",
    "statement_of_reasons",
    "statement_quoting",
    "statement_spam",
    "still_overdue",
    "submission_received",
    "target_told",
]
