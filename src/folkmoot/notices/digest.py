"""The one mail that says what waits for somebody: counts and links, no names and no quotes."""

from dataclasses import dataclass

from django.conf import settings

from folkmoot.members.models import Organisation
from folkmoot.notices.write import Letter, address, write


@dataclass(frozen=True)
class Counts:
    """How many of each wait; `most` stands for that many or more."""

    answers: int
    late: int
    to_convene: int
    minutes: int
    by_hand: int
    by_hand_long: int
    copies: int
    most: int


def waiting_for_you(org: Organisation, *, name: str, counts: Counts, marker: str) -> Letter:
    """Return the mail; at least one count is not 0."""
    return write(
        "waiting_for_you",
        org,
        marker,
        name=name,
        waiting="\n".join(_lines(org, counts)),
        link=address(org, "desk/"),
        account=f"{settings.FOLKMOOT_URL}/account/",
    )


def _lines(org: Organisation, counts: Counts) -> list[str]:
    late = _of_them(counts.answers, counts.late, one=", and it is late", many="late")
    long = _of_them(
        counts.by_hand, counts.by_hand_long, one=", and has been for more than two days", many="for more than two days"
    )
    lines = (
        (counts.answers, "1 case waits for an answer", "cases wait for an answer", late, "desk/queue/"),
        (counts.to_convene, "1 case is before the Executive", "cases are before the Executive", "", "panel/"),
        (counts.minutes, "1 minute waits for you to confirm it", "minutes wait for you to confirm them", "", "panel/"),
        (
            counts.copies,
            "1 new copy of what was removed waits for somebody to say whether it goes too",
            "new copies of what was removed wait for somebody to say whether they go too",
            "",
            "desk/queue/?show=copies",
        ),
        (counts.by_hand, "1 thing is to be done by hand", "things are to be done by hand", long, "desk/tasks/"),
    )
    return [
        f"- {one if count == 1 else f'{_number(count, counts.most)} {many}'}{more}: {address(org, path)}"
        for count, one, many, more, path in lines
        if count
    ]


def _of_them(count: int, such: int, *, one: str, many: str) -> str:
    if not such:
        return ""
    return one if count == 1 else f", {such} of them {many}"


def _number(count: int, most: int) -> str:
    return f"{count} or more" if count >= most else str(count)
