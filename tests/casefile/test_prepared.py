"""Questions that are put together once find what the same queryset would find now, with whatever values."""

from collections.abc import Collection, Sequence
from datetime import datetime

import pytest
from django.db.models import Exists, OuterRef, QuerySet

from folkmoot.casefile.models import Case, Event, Paper
from folkmoot.members.models import Person
from folkmoot.members.prepared import keep, prepared
from tests import cast


@prepared
def _papers(case: Case, kinds: Sequence[Paper.Kind]) -> QuerySet[Paper]:
    found = Paper.objects.filter(case=case, kind__in=kinds).exclude(answered_by__kind=Paper.Kind.UNDO)
    return found.order_by("number").select_related("answers")


@prepared
def _since(case: Case, moment: datetime) -> QuerySet[Event, tuple[int, datetime]]:
    return Event.objects.filter(case=case, at__gte=moment).order_by("seq").values_list("seq", "at")


@prepared
def _named(people: Collection[int]) -> QuerySet[Person, str]:
    return Person.objects.filter(pk__in=people).order_by("pk").values_list("name", flat=True)


@prepared
def _spoken_of(case: Case) -> QuerySet[Paper]:
    answers = Paper.objects.filter(answers=OuterRef("pk"))
    return Paper.objects.filter(case=case).alias(answered=Exists(answers)).annotate(spoken_of=Exists(answers))


def test_what_is_found_is_what_the_same_queryset_finds(db, django_assert_num_queries):
    case = Case.objects.get(pk=cast.decided().pk)
    for kinds in ([Paper.Kind.NOTICE], [Paper.Kind.REPORT, Paper.Kind.SNAPSHOT, Paper.Kind.DECISION]):
        wanted = list(case.papers.filter(kind__in=kinds).order_by("number").select_related("answers"))
        with django_assert_num_queries(1):
            found = _papers(case, kinds)
            answered = [paper.answers for paper in found]
        assert found == wanted != []
        assert answered == [paper.answers for paper in wanted]
        assert [(one.at, one.facts) for one in found] == [(one.at, one.facts) for one in wanted]

    every = list(case.events.order_by("seq").values_list("seq", "at"))
    for _seq, at in every:  # moments as this database keeps them
        assert _since(case, at) == [one for one in every if one[1] >= at]

    spoken_of = {paper.pk for paper in case.papers.filter(answered_by__isnull=False)}
    marked = _spoken_of(case)
    assert {paper.pk for paper in marked if vars(paper)["spoken_of"]} == spoken_of
    assert len(marked) > len(spoken_of)

    other = Case.objects.get(pk=cast.reported().pk)  # the same questions, and more is there by now
    assert _papers(other, [Paper.Kind.REPORT]) == list(other.papers.filter(kind="report"))


def test_a_sequence_has_any_length_and_nothing_finds_nothing(db, django_assert_num_queries):
    cast.branch()
    people = list(Person.objects.order_by("pk"))
    assert len(people) > 4
    for many in range(1, len(people) + 1):
        assert _named({person.pk for person in people[:many]}) == [person.name for person in people[:many]]
    with django_assert_num_queries(0):
        assert _named([]) == []


def test_what_is_kept_with_a_row_is_not_asked_for_again(db, django_assert_num_queries):
    paper = Paper.objects.filter(case=cast.reported().pk, kind=Paper.Kind.REPORT)[0]
    texts = list(paper.texts.all())
    with django_assert_num_queries(0):
        keep(paper, "texts", texts)
        assert paper.words == {text.field: text.text for text in texts} != {}
    assert list(paper.texts.filter(field="none of them")) == []


def test_what_would_be_another_question_is_refused(db):
    @prepared
    def with_words(number: int) -> QuerySet[Paper]:
        return Paper.objects.filter(number=number).prefetch_related("texts")

    with pytest.raises(TypeError, match="more than one question"):
        with_words(1)
    with pytest.raises(TypeError, match="has no place"):
        _papers(None, [Paper.Kind.REPORT])  # type: ignore[arg-type]
