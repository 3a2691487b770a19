"""An administrator words a letter anew, or goes back to the words that come with Folkmoot: each is an edition."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from folkmoot.casefile.record import Actor, enter_register, label
from folkmoot.editions.current import current_letter
from folkmoot.editions.models import LetterEdition
from folkmoot.kernel.errors import BadInput, StalePage
from folkmoot.kernel.text import single_line, typed
from folkmoot.members.models import Organisation
from folkmoot.notices.check import BODY_LIMIT, SUBJECT_LIMIT, faults
from folkmoot.notices.in_force import Template, shipped
from folkmoot.notices.kinds import KINDS
from folkmoot.procedure.words import Role
from folkmoot.steps.office import require_office


@transaction.atomic
def publish_letter(
    org: Organisation, key: str, template: Template, *, by: Actor, at: datetime, seen: int | None = None
) -> LetterEdition:
    """Put `template` in force for the letter `key`, and return its edition; letters that are queued stay as they are.

    `seen` is the number of the edition that the page showed (0: none). Raises `BadInput` (field "subject" or
    "body") for the first fault of `notices.check`, `BadInput` when nothing differs, or `StalePage`.
    """
    _begin(org, key, by=by, at=at)
    subject = single_line(typed(template.subject, field="subject", limit=SUBJECT_LIMIT, name="The subject"))
    body = typed(template.body, field="body", limit=BODY_LIMIT, name="The letter") + "\n"
    wanted = Template(subject, body)
    wrong = next(iter(faults(KINDS[key], wanted)), None)
    if wrong:
        raise BadInput(wrong.says, field=wrong.field)
    newest = current_letter(org, key)
    if template_in_force(newest, key) == wanted:
        raise BadInput(gettext("These are the words that the letter has already."))
    _require_seen(newest, seen)
    return _publish(org, key, newest, wanted, is_shipped=False, by=by, at=at)


@transaction.atomic
def go_back_to_shipped(
    org: Organisation, key: str, *, by: Actor, at: datetime, seen: int | None = None
) -> LetterEdition:
    """Let the letter `key` have the words that come with Folkmoot again, and return the edition that says so.

    Raises `BadInput` when it has them already, or `StalePage`.
    """
    _begin(org, key, by=by, at=at)
    newest = current_letter(org, key)
    if newest is None or newest.is_shipped:
        raise BadInput(gettext("The letter has the words that come with Folkmoot already."))
    _require_seen(newest, seen)
    return _publish(org, key, newest, shipped(key), is_shipped=True, by=by, at=at)


def template_in_force(edition: LetterEdition | None, key: str) -> Template:
    """Return the words that the letter `key` has, given its newest edition."""
    if edition is None or edition.is_shipped:
        return shipped(key)
    return Template(edition.subject, edition.body)


def _begin(org: Organisation, key: str, *, by: Actor, at: datetime) -> None:
    require_office(org, by, Role.ADMINISTRATOR, at=at)
    if key not in KINDS:
        raise BadInput(gettext("There is no letter “%(key)s”.") % {"key": key})
    Organisation.objects.select_for_update(no_key=True).get(pk=org.pk)  # editions are numbered one at a time


def _require_seen(newest: LetterEdition | None, seen: int | None) -> None:
    if seen is not None and seen != (newest.number if newest else 0):
        raise StalePage(
            gettext(
                "Somebody has published another edition of this letter since you opened the page. Your "
                "words are still here: please compare them with the edition in force, then publish again."
            )
        )


def _publish(
    org: Organisation,
    key: str,
    newest: LetterEdition | None,
    template: Template,
    *,
    is_shipped: bool,
    by: Actor,
    at: datetime,
) -> LetterEdition:
    edition = LetterEdition.objects.create(
        org=org,
        kind=key,
        number=newest.number + 1 if newest else 1,
        subject=template.subject,
        body=template.body,
        is_shipped=is_shipped,
        by=label(by),
        published_at=at,
    )
    facts = {"edition": edition.pk, "letter": key, "number": edition.number, "text": edition.text_hash()}
    enter_register(org, "publish_letter", by=by, at=at, facts=facts)
    return edition
