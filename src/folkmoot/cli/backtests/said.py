"""What a back-test says to whoever ran it: counts in a few lines and a table, and where the examples can be read."""

from typing import Any

from folkmoot.cli.tables import table
from folkmoot.cli.words import say
from folkmoot.detectors.signal_words import signal_said

_DECIDED = {
    "removed": "that people took down",
    "answered": "that people answered by a warning or a measure",
    "protected": "that people called robust criticism",
    "left": "in which people found no breach",
}


def say_result(result: dict[str, Any], *, queued: int) -> None:
    """Print it, and how many posts wait to be judged afresh."""
    new, compared, flagged = result["new"], result["compared"], result["flagged"]
    tried = f", with your own {', '.join(result['lists'])}" if result["lists"] else ""
    say(f"{result['posts']:,} posts judged by model {result['model'] or '-'}{tried}, in {result['seconds']} seconds.")
    if new["posts"]:
        say(f"Of {new['posts']:,} nothing was kept to compare with; {new['flagged']:,} of them would be flagged.")
    if compared:
        say(f"{compared:,} compared with what was kept; {result['changed']:,} would look otherwise.")
        say(
            f"Flagged: {flagged['before']:,} before, {flagged['after']:,} after: {flagged['newly']:,} newly, "
            f"{flagged['no_longer']:,} no longer."
        )
    for lane in result["lanes"]:
        say(f"Lane: {lane['posts']:,} from {lane['before']} to {lane['after']}.")
    table(
        ["Signal", "Before", "After", "Newly", "No longer"],
        (
            [signal_said(signal), *(f"{many[word]:,}" for word in ("before", "after", "newly", "no_longer"))]
            for signal, many in result["signals"].items()
        ),
    )
    if result["signals"]:
        say(
            "A post is in the row of each signal that is clear in it: flagged as a whole, it may be in several, "
            "or in none."
        )
    for how, words in _DECIDED.items():
        one = result["decided"].get(how)
        if one:
            before = f" ({one['before']:,} of {one['compared']:,} before)" if one["compared"] else ""
            say(f"Of {one['posts']:,} posts {words}, {one['after']:,} would be flagged{before}.")
    for signal, one in result["called_wrong"].items():
        say(f"{signal_said(signal)}: of {one['marks']:,} hints called wrong, {one['again']:,} would come again.")
    if queued:
        say(f"{queued:,} posts wait to be judged afresh by the server; until then what was kept of them stays.")
    else:
        say("Nothing that was kept has changed.")
    say("The desk shows this with a plot and examples, from How it goes.")
