"""Which pages there are, and in which states each is looked at; and which addresses are no pages, and why."""

from dataclasses import dataclass

from tests.web.states.gather import CHECK, EMPTY, ERROR, FULL, STAGE


@dataclass(frozen=True)
class Group:
    """Pages that have the same states; each by the name of its address."""

    states: set[str]
    views: tuple[str, ...]


PAGES = (
    Group(
        {EMPTY, FULL},
        (
            "administration:guide_end",
            "administration:guide_mail",
            "administration:health",
            "administration:hooks",
            "administration:letter",
            "administration:letters",
            "administration:mail",
            "administration:person",
            "administration:record",
            "administration:settings",
            "desk:back_test",
            "desk:calendar",
            "desk:home",
            "desk:letters",
            "desk:measures",
            "desk:overview",
            "desk:posts",
            "desk:tasks",
            "front",
            "mfa_generate_recovery_codes",
            "mfa_index",
            "panel:home",
            "public:editions",
            "public:home",
            "public:privacy",
            "public:received",
            "public:report",
            "public:rules",
        ),
    ),
    Group(
        {EMPTY, FULL, ERROR},
        (
            "account_login",
            "administration:audit",
            "administration:cover",
            "administration:guide_organisation",
            "administration:guide_people",
            "administration:guide_places",
            "administration:guide_policy",
            "administration:passing",
            "administration:people",
            "administration:places",
            "administration:policy",
            "administration:policy_parent",
            "administration:procedure_change",
            "administration:settings_organisation",
            "desk:away",
            "desk:own_accounts",
            "desk:search",
            "desk:tokens",
            "desk:views",
            "public:draft_check",
            "public:track",
        ),
    ),
    Group(
        {FULL},
        (
            "account_inactive",
            "account_logout",
            "administration:hook",
            "administration:letter_edition",
            "administration:policy_draft",
            "administration:policy_draft_check",
            "administration:policy_draft_discard",
            "administration:policy_draft_preview",
            "desk:task",
            "folkmoot.api.pages.noun",
            "folkmoot.api.pages.overview",
            "invitation",
            "mfa_deactivate_totp",
            "mfa_list_webauthn",
            "mfa_remove_webauthn",
            "mfa_view_recovery_codes",
            "public:progress_newest",
            "public:withdrawal",
            "sign_in_code",
            "sign_in_link",
        ),
    ),
    Group(
        {FULL, ERROR},
        (
            "administration:place",
            "administration:policy_draft_clause",
            "administration:policy_draft_front",
            "desk:afterwards",
            "desk:answer",
            "desk:history",
            "desk:link",
            "desk:post_report",
            "desk:returned",
            "desk:second_look",
            "mfa_add_webauthn",
            "mfa_authenticate",
            "mfa_edit_webauthn",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "panel:hearing",
            "panel:minute",
            "panel:review",
            "public:executive",
        ),
    ),
    Group(
        {FULL, STAGE, ERROR},
        (
            "desk:author",
            "desk:beside",
            "desk:comment",
            "desk:complaint",
            "desk:earlier",
            "desk:fresh_look",
            "desk:hiding",
            "desk:lane",
            "desk:measures_of_case",
            "desk:question",
            "desk:support",
            "public:appeal",
            "public:progress",
            "public:review",
        ),
    ),
    Group(
        {ERROR},
        (
            "administration:accounts",
            "administration:contact",
            "administration:hooks_added",
            "administration:outsiders",
            "administration:roles_ended",
            "desk:interest",
            "public:answer",
        ),
    ),
    Group(
        {FULL, STAGE},
        (
            "administration:audit_case",
            "desk:over_time",
            "desk:seal",
            "desk:with_it",
            "panel:case",
            "public:notice",
        ),
    ),
    Group(
        {EMPTY, FULL, STAGE},
        (
            "administration:procedure_edition",
            "public:clause",
            "public:edition",
            "public:edition_clause",
        ),
    ),
    Group(
        {STAGE},
        (
            "panel:confirmation",
            "public:changes",
            "public:letter",
        ),
    ),
    Group(
        {EMPTY},
        (
            "second_factor",
            "set_up",
        ),
    ),
    Group(
        {EMPTY, ERROR},
        (
            "administration:policy_draft_pack",
            "mfa_activate_totp",
        ),
    ),
    Group(
        {STAGE, ERROR},
        (
            "desk:extension",
            "panel:reopening",
        ),
    ),
    Group(
        {EMPTY, FULL, "somebody looks"},
        ("desk:queue",),
    ),
    Group(
        {EMPTY, FULL, "older"},
        ("administration:procedure",),
    ),
    Group(
        {FULL, STAGE, "by necessity", "closed", "somebody else has it", "undo"},
        ("desk:case",),
    ),
    Group(
        {FULL, STAGE, ERROR, CHECK, "stale"},
        ("desk:decision",),
    ),
    Group(
        {STAGE, ERROR, "by necessity"},
        ("desk:reconsideration",),
    ),
    Group(
        {CHECK},
        ("desk:spam",),
    ),
    Group(
        {ERROR, CHECK},
        ("desk:many",),
    ),
    Group(
        {"older"},
        ("administration:procedure_renewal",),
    ),
    Group(
        {STAGE, ERROR, CHECK},
        ("panel:decision",),
    ),
    Group(
        {"secret shown"},
        ("administration:hook_renewed",),
    ),
)
OF_THE_API = {"folkmoot.api.pages.overview", "folkmoot.api.pages.noun"}  # whose addresses have no names
# Pages that say no, each for itself.
REFUSALS = {
    "refused 400",
    "refused 403",
    "refused 404",
    "refused 413",
    "refused 422",  # a form is refused as a whole, for no one field of it
    "refused 429",
    "refused 500",
    "form expired",
    "refused /invitation/1.x/",
    "refused /sign-in/link/1.x/",
    "refused /setup/x/",
}

_WHY = {
    "only takes what a form sends, and leads back to its page": (
        "administration:accounts_ended",
        "administration:audit_checks",
        "administration:cover_ended",
        "administration:guide_skipped",
        "administration:hook_call_again",
        "administration:hook_ended",
        "administration:invitation",
        "administration:invitation_withdrawn",
        "administration:letter_back",
        "administration:operators",
        "administration:operators_ended",
        "administration:outsiders_ended",
        "administration:policy_draft_added",
        "administration:policy_draft_kept",
        "administration:policy_draft_moved",
        "administration:policy_draft_retired",
        "administration:policy_draft_shifted",
        "administration:policy_draft_started",
        "administration:roles",
        "desk:back",
        "desk:claim",
        "desk:necessity",
        "desk:not_mine",
        "desk:note",
        "desk:release",
        "desk:token_revoked",
        "desk:undo",
        "desk:undo_many",
        "desk:view",
        "morning_mail",
        "public:forget",
        "public:news",
    ),
    "is a part of a page, which its script asks for": (
        "administration:letter_shown",
        "administration:mail_fate",
        "administration:mail_letters",
        "desk:decision_letter",
        "desk:here",
        "desk:news",
    ),
    "is a file": (
        "administration:audit_case_csv",
        "administration:audit_csv",
        "desk:attached",
        "mfa_download_recovery_codes",
        "panel:attached",
        "panel:calendar",
        "public:calendar",
        "public:notice_file",
        "public:progress_file",
    ),
    "leads on": (
        "administration:guide",
        "desk:next_case",
        "favicon.ico",
    ),
    "is for machines": (
        "healthz",
        "metrics",
        "mfa_login_webauthn",
        "readyz",
        "robots",
    ),
}
NOT_PAGES = {view: why for why, views in _WHY.items() for view in views}
