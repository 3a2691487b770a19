"""Words that everybody uses: alone they make no text anybody's own."""

# The commonest words of English prose, apostrophes left out as `fold` does, and those that Welsh uses most.
COMMON = frozenset(
    """
    a able about after again all almost also always am an and another any anyone anything are arent around as ask at
    away back be because been before being best better between big both but by call came can cant come could couldnt
    day days did didnt do does doesnt doing dont done down each else end enough even ever every everyone everything
    far few find first for from get gets getting give go goes going gone good got great had has hasnt have havent
    having he hed her here heres hers hes him his how i id if ill im in into is isnt it its ive just keep kind knew
    know known last least left less let lets like little live long look looking lot made make makes making many may
    maybe me mean might mine more most much must my need never new next no nobody none nor not nothing now of off
    often oh ok okay old on once one ones only or other others our out over own part people perhaps place please
    point put quite really right said same saw say saying says see seem seems seen shall she shes should shouldnt
    show side since so some somebody someone something soon still such sure take taken takes tell than thank thanks
    that thats the their theirs them then there theres these they theyre theyve thing things think this those though
    thought through time times to today together told too took true try trying two under until up upon us use used
    very want wants was wasnt way we well went were werent weve what whats when where whether which while who whole
    whos whose why will wish with within without wont work world would wouldnt year years yes yet you youd youll
    your youre yours youve u ur lol amp yr y yn ar ac ei eu gan gyda hefyd hon hwn mae mewn nid o oedd oes ond os
    pan sydd sy wedi yw ydy un fel
    """.split()  # noqa: SIM905  two hundred quotation marks would be harder to read
)


def rare_words(words: list[str] | tuple[str, ...]) -> list[bool]:
    """Say of each folded word whether it is one that not everybody uses."""
    return [word not in COMMON for word in words]
