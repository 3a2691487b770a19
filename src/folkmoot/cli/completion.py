"""`folkmoot completion`: what a shell reads once, so that the Tab key completes commands and options."""

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from folkmoot.cli.lazy import COMPLETING
from folkmoot.cli.words import answer, examples, say

_SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}
# click's scripts ask a program that is on the PATH; ours is mostly typed as ./folkmoot, so they ask what was typed.
_ASK_WHAT_WAS_TYPED = {
    "bash": {},
    "zsh": {
        "(( ! $+commands[folkmoot] )) && return 1": "(( $+commands[$words[1]] )) || [[ -x ${~words[1]} ]] || return 1",
        "=zsh_complete folkmoot)": "=zsh_complete ${~words[1]})",
    },
    "fish": {"COMP_CWORD=(commandline -t) folkmoot)": "COMP_CWORD=(commandline -t) (commandline -opc)[1])"},
}


@click.command(
    "completion",
    epilog=examples(
        "completion bash > ~/.folkmoot-completion.bash   # then: echo '. ~/.folkmoot-completion.bash' >> ~/.bashrc",
        "completion zsh > ~/.folkmoot-completion.zsh",
        "completion fish > ~/.config/fish/completions/folkmoot.fish",
    ),
)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def command(shell: str) -> None:
    """Print the script that lets SHELL complete Folkmoot's commands, options and files.

    Put it where the shell reads it when it starts; it asks ./folkmoot each time, so it never grows old.
    """
    script = script_for(shell)
    say(script)
    answer(shell=shell, script=script)


def script_for(shell: str) -> str:
    """Return the script for `shell`: bash, zsh or fish."""
    script = _SHELLS[shell](click.Group(), {}, "folkmoot", COMPLETING).source()
    for theirs, ours in _ASK_WHAT_WAS_TYPED[shell].items():
        if theirs not in script:
            raise RuntimeError(f"click writes its script for {shell} in another way by now: {theirs!r} is not in it")
        script = script.replace(theirs, ours)
    return script.strip()
