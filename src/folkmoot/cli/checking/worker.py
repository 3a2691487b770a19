"""A process of its own that judges chunk after chunk, until nobody sends one: `crew` starts it."""

import sys
from multiprocessing.connection import Connection

from folkmoot.cli.checking.judged import judged


def work(connection: Connection, *, plain: bool, explain: bool) -> None:
    """Answer each chunk that comes, and return when whoever sent them has gone."""
    try:
        while True:
            connection.send(judged(connection.recv(), plain=plain, explain=explain))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    work(Connection(int(sys.argv[1])), plain="plain" in sys.argv, explain="explain" in sys.argv)
