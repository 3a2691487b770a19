"""Which of the links that people type, or that come with a post, may be followed from a page."""


def web_link(link: str) -> str:
    """Return `link` when it is an address of the web, else nothing: a browser could run another as the page's own."""
    return link if link.startswith(("https://", "http://")) else ""
