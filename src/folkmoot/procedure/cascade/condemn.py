"""Whether the words around a quotation disagree with it: a sign for the person who looks, never a verdict.

It looks for English words of disapproval in what a post says itself. It errs towards seeing disagreement, because what
is marked is left standing unless a person confirms it (D20).
"""

from collections.abc import Sequence

_SAYS_NO = frozenset(
    """
    abhor abhorrent abuse abusive antisemitic antisemitism apologise apologised apology appalled appalling ashamed
    awful bigot bigoted bigotry bigots bogus bullies bully bullying bullshit condemn condemned condemning condemns
    contempt contemptible cruel cruelty dangerous debunked deceitful defamatory deplorable deplore despicable
    dehumanising disagree disagreed disagrees disappointed disappointing discriminatory disgrace disgraceful disgust
    disgusted disgusting dishonest disinformation disturbing divisive fabricated fake false falsehood filth foul
    garbage hate hateful harmful homophobia homophobic horrible horrid horrified horrifying hurtful ignorant
    inaccurate inappropriate incorrect indefensible inexcusable insulting intolerable intolerant islamophobia
    islamophobic libel lie lied lies lying malicious misinformation misleading misogynist misogynistic misogyny
    misrepresents nasty nonsense object offensive outrageous poisonous prejudice prejudiced racism racist racists
    rejects reject reported repugnant repulsive rubbish scaremongering scandalous scapegoating sexism sexist shame
    shameful shameless sickened sickening slander slur slurs smear smears spiteful threatening toxic transphobia
    transphobic ugly unacceptable uncalled unfair unforgivable unfounded untrue unwelcome upsetting vicious vile
    wicked wrong xenophobia xenophobic cywilydd celwydd ffiaidd gwarthus
    """.split()  # noqa: SIM905
)
_PHRASES = tuple(
    phrase.strip()
    for phrase in """
    not ok · not okay · not acceptable · not true · not right · not fair · not how we · not in my name · isnt ok ·
    isnt okay · isnt true · isnt right · isnt acceptable · arent true · never ok · never okay · never acceptable ·
    how dare · no place · no excuse · no truth · no evidence · no basis · call out · calling out · call this out ·
    calling this out · call it out · called out · take this down · take it down · taken down · be removed ·
    be deleted · dont share · do not share · stop sharing · stop spreading · dont spread · dont believe ·
    do not believe · dont agree · do not agree · cant agree · cannot agree · couldnt disagree · dont fall for ·
    stand up to · stand against · speak out against · fact check · have reported · cannot believe · cant believe ·
    who writes · who would write · who says · why repeat · why share · why spread · why would you · makes me sick ·
    makes me angry · breaks my heart · against our rules · breaks the rules · against the rules · deserve better ·
    deserves better
    """.split("·")  # noqa: SIM905
)
_TURNS_ROUND = frozenset(
    """
    not no never nothing isnt arent wasnt werent dont doesnt didnt hardly without nobody none
    """.split()  # noqa: SIM905
)
_REACH = 2  # how many words before another such a word turns it round


def disagreement(own: Sequence[str], put_in: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the folded words by which a post disagrees with what it quotes; empty when nothing shows it.

    `own` are its words around the quotation; `put_in` those that it put within: "not" there says the opposite.
    """
    found = [word for at, word in enumerate(own) if word in _SAYS_NO and not _turned(own, at)]
    said = f" {' '.join(own)} "
    found += [phrase for phrase in _PHRASES if f" {phrase} " in said]
    found += [word for word in put_in if word in _TURNS_ROUND or word in _SAYS_NO]
    return tuple(dict.fromkeys(found))


def _turned(own: Sequence[str], at: int) -> bool:
    return any(word in _TURNS_ROUND for word in own[max(0, at - _REACH) : at])
