"""Many at one person are seen where they attack, and the same text many times; lively criticism is not."""

import pytest

from folkmoot.archive.index_posts import forget_words
from folkmoot.archive.models import Post
from folkmoot.procedure.persistence.noticed import Sign, Strength
from folkmoot.steps.claim_account import claim_account
from tests.archive.scenes import Scene, only, signs
from tests.cast import Branch, branch, day

NOTICE = "Lost: a grey tabby with one white paw, last seen behind the chandlery on Quay Street."

CRITICISM = (  # of what a council did
    "Every second hour? You have never had to catch it, then.",
    "My mother cannot get to the clinic and back in one day. Shame on you.",
    "Spineless. The company asked and you gave in.",
    "So the people on the island pay again for a hole in your budget.",
    "This is a stupid plan and whoever signed it should say why.",
    "A disgrace. Nobody who lives here was asked.",
    "I will be at the meeting on Thursday and so will my whole street.",
    "Idiotic: the school boat leaves between two of your ferries.",
    "Liars. In spring you promised us the opposite.",
    "Who on the council takes that ferry at all? Honest question.",
)
ROAD = (
    "when is Mill Road going to be mended?",
    "there is a hole outside number nine that you could keep ducks in.",
    "my tyre burst there last night. Who pays for that?",
    "you said spring. Which spring?",
    "could you come and look at it with us on Saturday?",
    "the bus has stopped coming up the hill because of it.",
    "a disgrace, that road, and has been for years.",
    "was there money for it in the budget or was there not?",
    "the school asked you in May and heard nothing.",
    "we would like an answer before the election, please.",
)


@pytest.fixture
def people(db: None) -> Branch:
    return branch()


@pytest.fixture
def scene(people: Branch) -> Scene:
    return Scene(people)


def test_many_accounts_that_attack_one_person_within_a_day_are_a_pile_on(scene: Scene) -> None:
    rosa = scene.person("rosa")
    hers = scene.post(rosa, "I liked the old ferry better.", day(0, 9))
    for number, one in enumerate(scene.crowd(12)):
        words = "what a numpty" if number % 2 else "nobody asked you"
        if number % 3:
            last = scene.post(one, f"{words}, {number}", day(0, 10, number), to=hers)
        else:
            last = scene.post(one, f"{words}, @rosa, {number}", day(0, 10, number))
    for post in (hers, last):
        (found,) = scene.around(post).noticed
        assert (found.sign, found.strength, found.counted, found.towards) == (Sign.PILE_ON, Strength.CLEAR, 12, rosa.pk)
        assert found.sentence == (
            "Within a day 12 accounts answered, quoted or named this person, in 12 posts; 6 of the accounts used "
            "words that attack somebody. All of it on 2 November 2026."
        )
    assert signs(scene.of(rosa)) == {Sign.PILE_ON}


def test_a_day_is_enough_where_no_hour_is_known_and_no_time_is_not(scene: Scene) -> None:
    hers = scene.post(scene.person("rosa"), "I liked the old ferry better.", day(0, 9))
    for one in scene.crowd(9):
        scene.post(one, "what a numpty", day(0, 12), to=hers, precision="day")
    assert only(scene.around(hers), Sign.PILE_ON) == [("clear", 9)]
    other = scene.post(scene.person("finn"), "So did I.", day(0, 9))
    for one in scene.crowd(9, "passer"):
        scene.post(one, "what a numpty", day(0, 12), to=other, precision="unknown")
    assert signs(scene.around(other)) == set()


def test_the_same_crowd_over_two_weeks_is_no_pile_on(scene: Scene) -> None:
    hers = scene.post(scene.person("rosa"), "I liked the old ferry better.", day(0, 9))
    for number, one in enumerate(scene.crowd(12)):
        scene.post(one, "what a numpty", day(number, 10), to=hers)
    assert signs(scene.around(hers)) == set()


def test_forty_residents_may_criticise_one_post_of_ours(scene: Scene) -> None:
    ours = scene.person("harbourcouncil", ours=True)
    post = scene.post(ours, "The ferry will run every second hour from Monday.", day(0, 9))
    for number, one in enumerate(scene.crowd(40)):
        last = scene.post(one, CRITICISM[number % 10], day(0, 10, number), to=post)
    assert signs(scene.around(post)) == set()
    found = scene.around(last)
    assert signs(found) == set()
    assert "it speaks for the organisation" in found.left_out[0]


@pytest.mark.parametrize("known", [True, False])
def test_ten_people_may_ask_a_councillor_ten_times_about_a_road(people: Branch, scene: Scene, known: bool) -> None:
    voss = scene.person("voss")
    if known:  # the archive knows that they hold an office
        claim_account(voss, people.operator, evidence="they said so", by=people.operator, at=day(0))
    for number, one in enumerate(scene.crowd(10)):
        last = scene.post(one, f"@voss {ROAD[number]}", day(0, 9, 5 * number))
    assert signs(scene.around(last)) == set()
    assert signs(scene.of(voss)) == set()


def test_one_account_that_posts_the_same_text_again_and_again_is_noticed(scene: Scene) -> None:
    pip = scene.person("pip")
    for number in range(6):
        last = scene.post(pip, f"{NOTICE} Please share {number}!", day(number // 2, 9 + number))
    (found,) = scene.around(last).noticed
    assert (found.sign, found.strength, found.counted, found.clauses) == (Sign.FLOODING, Strength.WEAK, 6, ("Mh",))
    assert found.sentence.startswith("This account posted the same text, or nearly so, 6 times within a week.")
    assert only(scene.of(pip), Sign.FLOODING) == [("weak", 6)]


def test_many_accounts_with_one_text_are_noticed_and_a_campaign_is_named_as_a_reason(scene: Scene) -> None:
    for number, one in enumerate(scene.crowd(12)):
        last = scene.post(one, NOTICE, day(0, 9, number))
    (found,) = scene.around(last).noticed
    assert (found.sign, found.by, found.counted) == (Sign.FLOODING, None, 12)
    assert "A campaign" in found.notes[0]


def test_what_everybody_says_what_we_post_ourselves_and_what_took_months_is_no_flood(scene: Scene) -> None:
    ours, pip = scene.person("harbourbranch", ours=True), scene.person("pip")
    for number in range(12):
        thanks = scene.post(pip, "Thank you all!", day(0, 9, number))
        notice = scene.post(ours, NOTICE, day(0, 10, number))
        slow = scene.post(pip, "Market day in the square: cheese, eels and mended shoes.", day(9 * number))
    assert [signs(scene.around(post)) for post in (thanks, notice, slow)] == [set(), set(), set()]


def test_what_was_destroyed_is_counted_no_more(scene: Scene) -> None:
    pip = scene.person("pip")
    posts = [scene.post(pip, NOTICE, day(0, 9, number)) for number in range(5)]
    assert only(scene.of(pip), Sign.FLOODING) == [("weak", 5)]
    forget_words(posts[:1])
    Post.objects.filter(pk=posts[0].pk).update(text="", text_key="")
    assert signs(scene.of(pip)) == set()
