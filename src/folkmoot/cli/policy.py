"""`folkmoot policy`: packs, made from a published policy, checked, compared and published."""

from folkmoot.cli.commands import Entry, LazyGroup

command = LazyGroup(
    {
        "import": Entry("folkmoot.cli.policy_import", "Make a draft pack of a published policy.", needs_django=False),
        "check": Entry("folkmoot.cli.policy_check", "Say what is wrong with a pack.", needs_django=False),
        "diff": Entry("folkmoot.cli.policy_diff", "Say what is different between two packs.", needs_django=False),
        "publish": Entry("folkmoot.cli.policy_publish", "Make a pack the organisation's policy."),
    },
    name="policy",
    help="Policy packs: a folder with pack.yaml and one file per clause.",
)
