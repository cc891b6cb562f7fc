"""A page inside another page: an inline frame with only the permissions that the map needs, as HTML to paste."""

from html import escape

from corridors.content.isolated import isolated

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""The permissions of the frame: its script, and links to sources that open as normal pages.

Without ``allow-same-origin`` the page has its own origin. It can reach neither its host nor the host's cookies.
"""

SIZE = (960, 600)
"""The usual size of a frame in pixels."""


def iframe(title: str, style: str, *, address: str = "", page: str = "", fragment: str = "", more: str = "") -> str:
    """A frame as HTML on one line, for any title and page.

    Parameters
    ----------
    title
        The name of the frame for screen readers.
    style
        Its CSS.
    address
        The address of the page, with its fragment.
    page, fragment
        Alternatively the page itself, as text, and its first state. The host's Content-Security-Policy also holds
        inside such a frame, so it must allow the script and style of the page.
    more
        Other attributes, as HTML.
    """
    source = f"srcdoc='{_one_line(_opening_with(page, fragment))}'" if page else f'src="{escape(address)}"'
    name = escape(isolated(" ".join(title.split())))
    attributes = f'title="{name}" sandbox="{SANDBOX}" style="{style}" {more}'.rstrip()
    return f"<iframe {source} {attributes} allowfullscreen></iframe>"


def sized(width: int, height: int) -> str:
    """The style of a frame that is as wide as its column and keeps the ratio of these pixels."""
    return f"width:100%;height:auto;aspect-ratio:{width}/{height};border:0"


def size(width: int, height: int) -> str:
    """The size of a frame in pixels, as attributes, for hosts whose policy allows no styles."""
    return f'width="{width}" height="{height}"'


def published(title: str, address: str, width: int, height: int) -> str:
    """The frame of a published page with its fragment."""
    return iframe(title, sized(width, height), address=address, more=f'{size(width, height)} loading="lazy"')


def captioned(title: str, frame: str, language: str, *, link: str = "") -> str:
    """A frame as a figure. Its caption is its title, with a link to the whole page if there is one."""
    said = escape(isolated(title))
    caption = f'<a href="{escape(link)}">{said}</a>' if link else said
    return f'<figure lang="{language}" style="margin:0">\n{frame}\n<figcaption>{caption}</figcaption>\n</figure>\n'


def embed_code(title: str, language: str) -> str:
    """The code to paste, for a page to fill in: ``{link}`` is its address with its state, ``{page}`` without it."""
    frame = published(title, "{link}&embed", *SIZE)
    return captioned(title, frame, language, link=f"{{page}}#lang={language}")


def _opening_with(page: str, fragment: str) -> str:
    """The page with its first state on the root element. A page in an attribute has no address to read it from."""
    return page.replace("<html ", f'<html data-fragment="{escape(fragment)}" ', 1) if fragment else page


def _one_line(page: str) -> str:
    """A page as an attribute in single quotes, which are rare in it, without line ends: they end HTML in Markdown."""
    return page.replace("&", "&amp;").replace("'", "&#39;").replace("\n", "&#10;")
