"""A page in another page: an inline frame that may do what the map needs, and nothing else."""

from html import escape

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What a frame needs: its script, and links to sources that open as pages of their own.

Without ``allow-same-origin`` the page has an origin of its own, and can touch neither its host nor the host's cookies.
"""


def iframe(title: str, style: str, *, address: str = "", page: str = "", fragment: str = "", more: str = "") -> str:
    """A frame as HTML on one line, whatever the title or the page holds.

    Parameters
    ----------
    title
        What a screen reader calls the frame.
    style
        Its CSS.
    address
        Where the page lies, with its fragment.
    page, fragment
        Or the page itself, as text, and the state that it opens with. A policy of the host reaches into such a frame:
        where the host has a Content-Security-Policy, it must admit the script and style of the page too.
    more
        Other attributes, written out.
    """
    source = f"srcdoc='{_one_line(_opening_with(page, fragment))}'" if page else f'src="{escape(address)}"'
    attributes = f'title="{escape(" ".join(title.split()))}" sandbox="{SANDBOX}" style="{style}" {more}'.rstrip()
    return f"<iframe {source} {attributes} allowfullscreen></iframe>"


def _opening_with(page: str, fragment: str) -> str:
    """The page with the state on its root element: within a frame's attribute it has no address to read it from."""
    return page.replace("<html ", f'<html data-fragment="{escape(fragment)}" ', 1) if fragment else page


def _one_line(page: str) -> str:
    """A page as an attribute in single quotes, of which it has few, without the line ends that end HTML in Markdown."""
    return page.replace("&", "&amp;").replace("'", "&#39;").replace("\n", "&#10;")
