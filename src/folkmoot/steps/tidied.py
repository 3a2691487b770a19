"""What is typed into a draft of the policy, as packs keep it: in a form, or sent by a program."""

import re

from django.utils.translation import gettext

from folkmoot.kernel.errors import BadInput
from folkmoot.standards.codes import is_code


def paragraphs(text: str) -> str:
    """Return `text` with one space between words and one empty line between paragraphs."""
    return "\n\n".join(" ".join(one.split()) for one in re.split(r"\n[ \t]*\n", text) if one)


def codes_typed(text: str, *, field: str) -> str:
    """Return the codes in `text`, each once, with a space between them; raises `BadInput` for what is none."""
    codes = re.split(r"[\s,;]+", text.strip(" ,;"))
    wrong = next((code for code in codes if code and not is_code(code)), None)
    if wrong:
        raise BadInput(gettext("“%(wrong)s” is not a code. A code is like N3 or Sa.") % {"wrong": wrong}, field=field)
    return " ".join(dict.fromkeys(codes))


def official_address(url: str, *, field: str) -> str:
    """Return the address of an official text, or raise `BadInput` for what is none of the web."""
    if url and not url.startswith(("https://", "http://")):
        raise BadInput(gettext("A web address begins with https://."), field=field)
    return url
