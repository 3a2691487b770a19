"""`folkmoot policy`: packs, made from a published policy, checked, compared and published."""

from folkmoot.cli.lazy import Entry, LazyGroup
from folkmoot.cli.words import examples

command = LazyGroup(
    {
        "import": Entry("folkmoot.cli.policy_import", "Make a draft pack of a published policy."),
        "check": Entry("folkmoot.cli.policy_check", "Say what is wrong with a pack."),
        "diff": Entry("folkmoot.cli.policy_diff", "Say what is different between two packs."),
        "publish": Entry("folkmoot.cli.policy_publish", "Make a pack the organisation's policy."),
    },
    name="policy",
    help="Policy packs: a folder with pack.yaml and one file per clause.",
    epilog=examples("policy import rules.docx --out our-rules", "policy check our-rules", "policy publish our-rules"),
)
