"""What the made posts of `bench/archive` are made of: words as often as in real life, phrases that everybody uses.

Everything is invented and harmless. Common words are English, in the order of how often they come; the rare ones are
made of syllables, tens of thousands of them, so that each comes about as seldom as rare words do (Zipf's law).
"""

import random
from itertools import accumulate


def cut(text: str, at: str | None = None) -> list[str]:
    """Return the parts of `text`, on one line each."""
    return [" ".join(part.split()) for part in text.split(at)]


COMMON = cut(
    """
the to and a of in i you is it for that on we this are be have with they not at but so as our was if all what there
can will no just about do or up from by your out my get one an more has when people who their would now them been time
he she had were how like know did us only me why some good think need make see then go want day could than back here
well said over much other because still going after where even too his her into work year which really should way new
any say never these come also off last most does being every before first look same right many again those take down
something always got help while through very keep another made next use let thing nothing great put
"""
)
LOCAL = cut(
    """
council bus road school hospital park library bridge market station street town village councillor meeting vote plan
budget tax rates bins recycling parking cycle lane crossing traffic lights pavement pothole housing flats rent tenants
landlord planning committee residents petition consultation survey report officer mayor ward parish election candidate
leaflet canvass doorstep campaign members branch chair secretary treasurer minutes agenda motion amendment conference
delegates volunteers surgery clinic nurse doctor pharmacy ambulance dentist teacher pupils nursery playground youth club
pool leisure centre theatre museum cafe bakery grocer butcher pub brewery allotment garden hedge tree river canal flood
drain sewer water pipe gas electricity heating insulation solar panel wind turbine grant loan fund charity food bank
warm winter summer autumn spring weather rain snow storm frost sunshine weekend evening morning afternoon monday tuesday
wednesday thursday friday saturday sunday january march april june july september october november december timetable
driver passenger ticket fare route depot railway platform train tram ferry airport taxi lorry van bicycle scooter helmet
"""
)
_ONSETS = cut("b br ch cl d dr f fl g gl gr h j k l m n p pl pr r s sh sl st t th tr v w")
_MIDDLES = cut("a ai e ea o oa oo ou")
_ENDS = cut("ck d ft l ld ll m n nd ng nt p r rn s sh st t th x")  # none that make a word to be sorry for
RARE = 40_000
_FLATTENED, _POWER = 2.7, 1.07  # Mandelbrot's form of Zipf's law

IDIOMS = cut(
    """
at the end of the day / when all is said and done / correct me if i am wrong but / i for one would like to know /
it goes without saying that / as far as i can tell / to be perfectly honest with you / for what it is worth /
last but not least / the fact of the matter is / in my humble opinion / with all due respect to everyone /
let us not forget that / you could not make it up / better late than never / a step in the right direction /
the thing is that nobody / what i would like to see is / thank you so much for your hard work / see you all there on
the day /
please share this with your friends / does anybody know what is happening / has anyone else had this problem /
i could not agree more with you / it is what it is / we are all in this together / enough is enough /
the long and the short of it is / from the bottom of my heart / a big thank you to everyone who came /
looking forward to seeing you all / happy birthday to a lovely friend / good morning to everyone in town /
have a great weekend everybody / who is coming to the meeting tonight / i will believe it when i see it /
there is no such thing as a free lunch / you win some you lose some / the more the merrier / time will tell /
not for the first time this year / as i have said many times before / if you ask me / only time will tell /
keep up the good work / it never rains but it pours / what goes around comes around / actions speak louder than words /
the proof of the pudding is in the eating / a picture is worth a thousand words / between a rock and a hard place /
by hook or by crook / every cloud has a silver lining / he who pays the piper calls the tune / it takes two to tango /
make hay while the sun shines / no news is good news / out of sight out of mind / put your money where your mouth is /
rome was not built in a day / the devil is in the detail / there is light at the end of the tunnel / two wrongs do not
make a right
""",
    "/",
)

CONDEMNING = cut(
    """
This is disgusting and has no place here. / I cannot believe somebody wrote this. Shame on them. / Absolutely
appalling. /
Reported. Nobody should have to read this. / Calling this out because it is simply not true. / How dare they say this
about our neighbours? /
This is wrong, and I will say so every time. / I do not agree with a word of it. / What a vile thing to say. /
Please do not share this, it is a lie. / Our members deserve better than this hateful stuff. / This should be taken
down. /
I condemn this without reservation. / Utter nonsense, and harmful too. / It makes me sick to see this in our group. /
This is bullying, plain and simple. / Everyone involved should be ashamed. / That is a smear and they know it. /
Not acceptable in our group, or anywhere. / No evidence at all for this claim. / Unacceptable. /
People are being hurt by posts like this one. / We stand with those who are attacked here. / Is this how we treat each
other now? /
An apology is the least they owe us. / I am horrified that this is still up.
""",
    "/",
)
AGREEING = cut(
    """
Well said. / So true. / This. / Everybody should read this. / Pass it on! / Spot on as usual. / Somebody finally says
it. /
Exactly what I have been thinking. / Share before they delete it. / Could not have put it better. / Look at this. /
Interesting. / From another group: / My thoughts exactly, word for word. / Worth a read. / He has a point. / Copied
from a friend.
""",
    "/",
)


class Words:
    """A source of made sentences; the same `seed` gives the same ones."""

    def __init__(self, seed: int) -> None:
        """Make the vocabulary, and the slogans that many posts share."""
        self.random = random.Random(seed)  # noqa: S311  no secret
        rare: dict[str, None] = {}
        while len(rare) < RARE:
            rare[self._rare()] = None
        self.words = [*COMMON, *LOCAL, *rare]
        self._weights = list(accumulate(1 / (rank + _FLATTENED) ** _POWER for rank in range(1, len(self.words) + 1)))
        middle = self.words[len(COMMON) : len(COMMON) + len(LOCAL) + 2000]
        self.slogans = [
            " ".join(["save", "our", *self.random.sample(middle, self.random.randint(2, 4))]) for _ in range(40)
        ]
        self._slogan_weights = list(accumulate(1 / rank for rank in range(1, 41)))
        self._idiom_weights = list(accumulate(1 / (rank + 3) for rank in range(1, len(IDIOMS) + 1)))

    def some(self, count: int) -> list[str]:
        """Return so many words as they come."""
        return self.random.choices(self.words, cum_weights=self._weights, k=count)

    def length(self) -> int:
        """Return how many words a post has: mostly 8 to 35, seldom 150."""
        return max(3, min(150, int(self.random.lognormvariate(2.75, 0.6))))

    def idiom(self) -> list[str]:
        """Return a phrase that everybody uses."""
        return self.random.choices(IDIOMS, cum_weights=self._idiom_weights)[0].split()

    def slogan(self) -> list[str]:
        """Return a slogan that thousands share."""
        return self.random.choices(self.slogans, cum_weights=self._slogan_weights)[0].split()

    def post(self, least: int = 3) -> list[str]:
        """Return the words of a post: one in three has a common phrase in it, one in twenty-five a slogan."""
        words = self.some(max(least, self.length()))
        chance = self.random.random()
        if chance < 0.33:
            self.put_in(words, self.idiom())
        elif chance > 0.96:
            self.put_in(words, self.slogan())
        return words

    def put_in(self, words: list[str], phrase: list[str]) -> None:
        """Put a phrase somewhere into `words`."""
        at = self.random.randint(0, len(words))
        words[at:at] = phrase

    def _rare(self) -> str:
        pick = self.random.choice
        return "".join(pick(_ONSETS) + pick(_MIDDLES) + pick(_ENDS) for _ in range(pick((1, 2, 2, 2))))
