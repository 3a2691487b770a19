"""Contact again and again is seen where nobody answers, and the same insult where it comes back on other days."""

import pytest

from folkmoot.archive.persistence import naming
from folkmoot.archive.persistence.look import OverTime
from folkmoot.procedure.persistence.noticed import EVIDENCE, Noticed, Sign, Strength
from folkmoot.steps.claim_account import claim_account
from tests.archive.scenes import Scene, days, only, signs
from tests.cast import Branch, branch, day


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


@pytest.fixture
def scene(people: Branch) -> Scene:
    return Scene(people)


def seen(found: OverTime, sign: Sign) -> Noticed:
    (one,) = [one for one in found.noticed if one.sign == sign]
    return one


def test_who_is_named_again_and_again_and_never_answers_is_noticed(scene: Scene) -> None:
    pip, rosa = scene.person("pip"), scene.person("rosa")
    posts = [scene.post(pip, f"Number {n}: where were you, @rosa?", at) for n, at in enumerate(days(4, each=2))]
    one = seen(scene.around(posts[-1]), Sign.REPEATED)
    assert (one.strength, one.counted, one.by, one.towards) == (Strength.WEAK, 8, pip.pk, rosa.pk)
    assert one.clauses == ("F10", "Sa")
    assert one.posts == tuple(post.pk for post in posts)
    assert [number for _, number in one.days] == [2, 2, 2, 2]
    assert one.sentence == (
        "This account answered, quoted or named the same person 8 times on 4 days, and got no answer from them. "
        "The first is of 2 November 2026, the last of 5 November 2026."
    )
    assert "ask them before you decide" in one.notes[0]


def test_answers_and_quotations_are_contact_as_well(scene: Scene) -> None:
    pip, rosa = scene.person("pip"), scene.person("rosa")
    hers = scene.post(rosa, "The lamps on Mill Lane are out again this week.", day(0, 8))
    for number, at in enumerate(days(6, each=2)):
        answered, quoted = (None, hers) if number % 2 else (hers, None)
        last = scene.post(pip, f"And now you tell us, remark {number}.", at, to=answered, quotes=quoted)
    assert only(scene.around(last), Sign.REPEATED) == [("clear", 12)]
    assert only(scene.of(pip), Sign.REPEATED) == [("clear", 12)]


def test_two_people_who_argue_with_each_other_are_left_alone(scene: Scene) -> None:
    pip, rosa = scene.person("pip"), scene.person("rosa")
    last = scene.post(rosa, "The lamps should stay on all night.", day(0, 18))
    for number in range(40):
        writer = pip if number % 2 else rosa
        last = scene.post(writer, f"No, and for reason {number}.", day(number // 10, 19, number % 10), to=last)
    assert signs(scene.around(last)) == set()
    assert signs(scene.of(pip)) == set()


def test_a_reporter_may_ask_an_account_of_ours_as_often_as_they_like(scene: Scene) -> None:
    press, ours = scene.person("gazette"), scene.person("harbourbranch", ours=True)
    for at in days(10, each=2):
        last = scene.post(press, "@harbourbranch when will the minutes of the harbour meeting be published?", at)
    found = scene.around(last)
    assert Sign.REPEATED not in signs(found)
    assert Sign.SAME_INSULT not in signs(found)
    assert "may be criticised by as many as like to" in found.left_out[0]
    assert scene.around(scene.post(ours, "On Friday.", day(11), to=last)).noticed == ()


def test_how_often_an_office_holder_is_written_to_is_not_counted(people: Branch, scene: Scene) -> None:
    pip, voss = scene.person("pip"), scene.person("voss")
    claim_account(voss, people.operator, evidence="they said so", by=people.operator, at=day(0))
    for number, at in enumerate(days(4, each=3)):
        last = scene.post(pip, f"@voss vote no to clause {number} of the plan.", at)
    found = scene.around(last)
    assert signs(found) == set()
    assert "criticism of how an office is held is not contact (F10)" in found.left_out[0]


def test_the_same_insult_on_three_days_is_noticed_and_on_one_evening_not(scene: Scene) -> None:
    pip, rosa = scene.person("pip"), scene.person("rosa")
    evening = [scene.post(pip, f"@rosa you numpty, {n}", day(0, 20, n)) for n in range(5)]
    scene.post(rosa, "Enough, please.", day(0, 21), to=evening[-1])
    assert signs(scene.around(evening[0])) == set()
    scene.post(pip, "what a numpty you are @rosa, over your silly fence", day(1))
    last = scene.post(pip, "@rosa Still a NUMPTY.", day(3))
    one = seen(scene.around(last), Sign.SAME_INSULT)
    assert (one.strength, one.counted, one.clauses) == (Strength.CLEAR, 7, ("Sa", "F2"))
    assert one.sentence.startswith("“numpty” was said to the same person on 3 days, in 7 posts.")


def test_an_insult_at_an_office_holder_needs_twice_as_many_days(people: Branch, scene: Scene) -> None:
    pip, voss = scene.person("pip"), scene.person("voss")
    claim_account(voss, people.operator, evidence="they said so", by=people.operator, at=day(0))
    posts = [scene.post(pip, "@voss you numpty", at) for at in days(5)]
    assert signs(scene.around(posts[0])) == set()
    scene.post(pip, "@voss you numpty", day(6))
    one = seen(scene.around(posts[0]), Sign.SAME_INSULT)
    assert "a higher bar was used" in one.notes[0]


def test_the_same_sentence_every_day_is_noticed_and_said_to_be_perhaps_a_question(scene: Scene) -> None:
    pip = scene.person("pip")
    scene.person("rosa")
    for at in days(5):
        last = scene.post(pip, "@rosa when will you pay back the money for the marquee hire?", at)
    one = seen(scene.around(last), Sign.SAME_INSULT)
    assert one.strength == Strength.WEAK
    assert "a question that nobody has answered" in one.notes[0]


def test_posts_of_unknown_time_are_not_counted_and_this_is_said(scene: Scene) -> None:
    pip = scene.person("pip")
    scene.person("rosa")
    for number, at in enumerate(days(4, each=2)):
        last = scene.post(pip, f"@rosa {number} again", at, precision="day" if number % 2 else "exact")
    scene.post(pip, "@rosa and again", day(2), precision="unknown")
    one = seen(scene.around(last), Sign.REPEATED)
    assert one.counted == 8
    assert "One more post is not counted: nobody knows when it was written." in one.notes


def test_evidence_is_bounded_and_all_of_it_counted(scene: Scene) -> None:
    pip = scene.person("pip")
    scene.person("rosa")
    for number, at in enumerate(days(6, each=10)):
        last = scene.post(pip, f"@rosa again, {number}", at)
    one = seen(scene.around(last), Sign.REPEATED)
    assert (one.counted, len(one.posts)) == (60, EVIDENCE)


def test_a_whole_name_is_named_with_a_sign_before_it_too() -> None:
    assert naming.names("@Noor Hadleigh still waiting", "Noor Hadleigh")
    assert naming.names("still waiting, Noor Hadleigh", "Noor Hadleigh")
    assert not naming.names("write to me@Noor Hadleigh", "Noor Hadleigh")
    assert not naming.names("@@noor waits", "@noor")


def test_a_name_that_only_begins_alike_is_not_named(scene: Scene) -> None:
    pip = scene.person("pip")
    scene.person("rosa")
    for number, at in enumerate(days(4, each=3)):
        said = ("@rosalind hello", "rosa hello", "write to x@rosa.example", "RT @rosa: hello")[number % 4]
        last = scene.post(pip, f"{said} {number}", at)
    assert signs(scene.around(last)) == set()
