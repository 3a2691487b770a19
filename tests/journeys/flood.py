"""A thousand invented posts of a town in uproar: forceful politics and chatter, with ten serious ones among them.

Each sentence was written down; what varies is who and what it is about. None of the people exists; the telephone
numbers are those that are kept for plays. None of it is there to learn from.
"""

from collections.abc import Iterator
from itertools import islice

FORCEFUL = (
    "{What} is a disgrace, and every single councillor who voted for it should be ashamed.",
    "Whoever signed off {what} should resign tonight. Not next week. Tonight.",
    "I am furious about {what}. You promised us one thing in May and did the opposite in June.",
    "This council has failed {whom}. Failed them, knowingly, for the sake of a balanced spreadsheet.",
    "Shame on the cabinet. {What} was sold to us as a saving and it has cost a fortune.",
    "Another consultation about {what} that nobody meant to listen to. It stinks.",
    "You lost my vote over {what} and you will not get it back.",
    "{What}? An utter shambles from start to finish, and the leader's answer was pathetic.",
    "The government is killing towns like ours, and {what} is the proof.",
    "Cllr Hadley's speech on {what} was nonsense. Every figure in it was wrong, and she was told so beforehand.",
    "Stop lying to us about {what}! Your own report says the reverse on page four.",
    "I have voted for this party for thirty years and {what} is the stupidest thing it has ever done.",
    "If {what} goes ahead I will fight it in every meeting, every court and every ballot box there is.",
    "The mayor has no mandate for {what}. None. Put it to the people.",
    "What a cowardly decision about {what}. {Whom} deserved better from all of you.",
    "Bloody hell, {what} again? How many times do we have to vote this rubbish down?",
    "The national leadership betrayed {whom}, and no amount of spin will change that.",
    "Kick them out. In May, all of them, by the ballot box. {What} was the last straw.",
    "Religion has no business deciding on {what}, whichever religion it is.",
    "That government's bombing of civilians is a crime, and our MP's silence while she talks about {what} is shameful.",
    "I do not care how the whip goes. {What} is wrong and I will say so until I am blue in the face.",
    "Utterly incompetent handling of {what}. Two years, four reports, nothing to show for it.",
    "The scrutiny committee is a rubber stamp. It waved {what} through in eleven minutes.",
    "You can stuff {what} where the sun does not shine. We were never asked.",
    "The union was right about {what} and the employers were wrong. Strike, and strike hard.",
    "Capitalism built {what}, and capitalism will sell it to the highest bidder.",
    "I despise what this manifesto says on {what}. It is timid, it is vague and it helps nobody.",
    "Tax the landlords, save {what}, and stop pretending there is no money.",
    "Nobody in the chamber had read the papers on {what}. Nobody. You could hear it.",
    "{Whom} were thrown under the bus by this budget, and the chair of finance laughed it off.",
    "The council tax rise is theft dressed up as prudence while {what} falls apart.",
    "Do your job, councillors. {What} has been on your desks since March.",
    "We will march on the town hall on Saturday against {what}. Bring drums, bring your gran, bring a banner.",
    "I am sick to death of being told to be patient about {what}.",
    "The minister's answer on {what} was an insult to the intelligence of {whom}.",
    "Cllr Prowse defended {what} with three arguments, and all three were rubbish.",
    "A party that does this to {whom} does not deserve to win anything ever again.",
    "Attack the plan, not each other: but my God, what a terrible plan {what} is.",
    "The planning inspector got it wrong on {what}, and I hope the appeal rips the report to shreds.",
    "War criminals get medals while {whom} get food parcels. What a country.",
    "I would not trust this administration to run a bath, let alone {what}.",
    "{What} is the most dishonest piece of politics I have seen in this town, and I have seen a few.",
    "Resign, resign, resign. That is what {whom} shouted from the gallery, and they were right.",
    "They are burying {what} in the small print because they know that people would be up in arms.",
    "Our own leaflet on {what} is misleading, and I say that as a member. Pulp it.",
    "Zionism, nationalism, communism: argue about all of them, but answer the question about {what}.",
    "Trans rights, women's rights, and {what}: the branch ducked every vote on the agenda. Spineless.",
    "Immigration policy made in a panic hurts {whom} first. This one is cruel and it will not work.",
    "You had one job, and {what} was it.",
    "I hope the court throws {what} out, and bills the people who thought of it.",
)
CHATTER = (
    "Does anybody know when the meeting about {what} begins?",
    "Lovely turnout for the canvass this morning. Thank you to {whom} for the tea.",
    "Lost: one grey glove near the library, after the talk on {what}.",
    "Minutes of the last meeting are up. Item six is {what}.",
    "Could somebody lend us a gazebo for the stall on Saturday?",
    "Happy birthday to our treasurer, who has done the books through all of {what}.",
    "The number 9 is late again, so I will miss the start of the item on {what}.",
    "Here is the link to the papers on {what}; the map is on the last page.",
    "Leaflets for {whom} are in my porch, help yourselves.",
    "Good discussion last night. I changed my mind about {what}, and that does not happen often.",
    "Reminder that subs are due. Nobody is turned away, speak to the treasurer.",
    "The choir of {whom} sings at the market at noon, before the debate on {what}.",
    "Who is on the rota for the food bank on Thursday?",
    "I have put the figures for {what} into a table, corrections welcome.",
    "Great to see {whom} at the count. What a night.",
    "Would the school hall be free for a hearing on {what}?",
    "A question for the candidates: what would you do first about {what}?",
    "The clerk's office is closed on Monday. Ring 01632 960100 for anything about {what}.",
    "Thanks for the lift home after the vote on {what}.",
    "I have two spare tickets for the quiz in aid of {whom}, first come first served.",
    "Does the surgery on Friday cover {what} as well, or only casework?",
    "My notes on {what} are in the shared folder, under September.",
    "We need three tellers for the polling station by the school, ask {whom}.",
    "Photos of the litter pick with {whom} are on the page now.",
)
WHAT = (
    *(
        "the bus cut",
        "the library closure",
        "the harbour scheme",
        "the new parking charge",
        "the budget",
        "the bin contract",
    ),
    *("the cycle lane", "the school merger", "the care home sale", "the green belt vote", "the swimming pool deal"),
    *("the rent rise", "the incinerator", "the market hall lease", "the youth club plan", "the boundary review"),
    *("the ward clinic", "the allotment sale", "the ferry timetable", "the housing list reform"),
)
WHOM = (
    *(
        "pensioners",
        "carers",
        "tenants",
        "young people",
        "the night shift",
        "parents",
        "disabled residents",
        "bus drivers",
    ),
    *("shopkeepers", "teachers", "our nurses", "the estate", "students", "small farmers"),
)
SERIOUS = {
    "threat one": "Vote for it again, Petra, and I will break your jaw on your own doorstep.",
    "threat two": "You have until Friday, Owen. After that I am coming to your house with a bat.",
    "threat three": "I hope somebody stabs that councillor, and if nobody does it I will kill her myself.",
    "home one": "For everybody asking: Councillor Bex Amory lives at 14 Larkfield Road, the blue door, home after six.",
    "home two": "Petra Noll lives at 9 Cobbler Row and is alone there in the evening. Go round and tell her.",
    "number": "This is Tom Wadley's own mobile, 07700 900142. Ring him all night until he cracks.",
    "hate one": "Muslims are vermin and do not belong in this town. Ship every last one of them out.",
    "hate two": "Jews are behind all of it, the council and the papers, they are parasites and always were.",
    "hate three": "Gay people are disgusting perverts and should be locked away from decent families.",
    "child": "Message me, I am trading child porn, nobody here will notice.",
}
MANY = 1000


def forceful() -> list[str]:
    """Return what must not be flagged: loud politics."""
    return list(islice(_filled(FORCEFUL), 590))


def chatter() -> list[str]:
    """Return what nobody would look at twice."""
    return list(islice(_filled(CHATTER), MANY - len(SERIOUS) - 590))


def flood() -> list[str]:
    """Return all of it as it came in: the serious ones stand far apart."""
    posts = [text for pair in zip(forceful(), chatter(), strict=False) for text in pair]
    posts += [*forceful()[len(chatter()) :], *chatter()[len(forceful()) :]]
    for number, text in enumerate(SERIOUS.values()):
        posts.insert(37 + 97 * number, text)
    return posts


def _filled(sentences: tuple[str, ...]) -> Iterator[str]:
    """Yield the sentences again and again, each time about something else; none comes twice."""
    known: set[str] = set()
    for round_ in range(60):
        for number, sentence in enumerate(sentences):
            what = WHAT[(number * 7 + round_) % len(WHAT)]
            whom = WHOM[(number * 5 + round_) % len(WHOM)]
            said = sentence.format(what=what, What=_begun(what), whom=whom, Whom=_begun(whom))
            if said not in known:
                known.add(said)
                yield said


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]
