"""`python -m folkmoot.cli`, which `./run` and `./folkmoot` start in the project's environment."""

try:
    from folkmoot.cli.commands import folkmoot
except KeyboardInterrupt:  # somebody changed their mind before there was anything to stop
    raise SystemExit(130) from None

if __name__ == "__main__":
    folkmoot(prog_name="folkmoot")
