"""Where the author can be reached: also when nobody could reach them, and after the end."""

from folkmoot.outbox.models import Task
from folkmoot.steps.tick_task import tick_task
from tests.cast import AUTHOR_ADDRESS, Branch, branch, day, decided, finalised
from tests.web.desk.pages import Desk, unseen


def test_an_address_is_written_down_after_the_end_too(people: Branch) -> None:
    matter = finalised(people)
    desk = Desk(people.operator)
    assert f"cases/{matter.pk}/author/" in desk.get(f"cases/{matter.pk}/").content.decode()
    given = {"address": "rowan@new.example", "source": "By telephone."}
    assert desk.post(f"cases/{matter.pk}/author/", **unseen(matter), **given).status_code == 303
    assert "rowan@new.example" in desk.read(f"cases/{matter.pk}/")


def test_a_letter_that_found_its_address_at_last_is_not_said_to_be_unserved(db: None) -> None:
    matter = decided(branch("Quay branch", contact=False))
    desk = Desk(matter.branch.operator)
    task = next(task for task in matter.tasks() if task.op == Task.Op.HAND_OVER_NOTICE)
    tick_task(task.pk, done=False, note="Nobody knows them.", by=matter.branch.operator, at=day(1))
    assert "Not served" in desk.read(f"cases/{matter.pk}/")
    desk.post(f"cases/{matter.pk}/author/", **unseen(matter), address=AUTHOR_ADDRESS, source="He wrote to us.")
    assert "Not served" not in desk.read(f"cases/{matter.pk}/")
