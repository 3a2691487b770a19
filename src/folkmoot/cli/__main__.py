"""`python -m folkmoot.cli`, which `./run` and `./folkmoot` start in the project's environment."""

from folkmoot.cli.commands import folkmoot

if __name__ == "__main__":
    folkmoot(prog_name="folkmoot")
