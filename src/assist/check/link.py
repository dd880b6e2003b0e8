"""Links that lead to where no source leads."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from assist.check.context import CheckContext
from assist.check.findings import found
from assist.records import Finding
from assist.text.normalise import normalise

# What a browser or a chat window makes a link of, over folded text.
_DOT = r"(?:\.|\[\.\]|\(\.\)|。(?=[a-z0-9]))"
_LABEL = r"[a-z0-9\u00e0-\uffff](?:[a-z0-9\u00e0-\uffff-]{0,61}[a-z0-9])?"
_PLAIN_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_TAIL = r"[^\s<>\"'，。！？；、（）【】《》“”)\]]*"
_DOMAINS = (
    "com|cn|net|org|edu|gov|io|cc|top|xyz|vip|shop|info|biz|ru|hk|tw|app|dev|link|site|online|club"
    "|fun|icu|live|store|tech|wang|ltd|cloud|work|win|bid|pw|tk|ml|gq|cf|xn--[a-z0-9]+"
)
# These are words as well, so only a path makes a link of them.
_SHORT_DOMAINS = (
    "co|me|tv|ai|ly|gl|gg|to|us|eu|uk|de|jp|in|id|sh|is|be|su|la|so|im|st|fm|am|ws|re|nu|gd|vc"
    "|mobi|name|asia|pro"
)
_LINK = re.compile(
    rf"(?P<markdown>\]\(\s*<?\s*(?P<target>[^)\s>]+))"
    rf"|(?P<reference>^\s*\[[^\]\n]+\]:\s*<?(?P<definition>\S+))"
    rf"|(?P<attribute>\b(?:href|src|action|srcset|poster|background|cite|formaction)\s*=\s*[\"']?\s*(?P<value>[^\"'\s>]+))"
    rf"|(?P<script>(?:javascript|vbscript|data)\s*:\s*(?=[a-z(/]){_TAIL})"
    rf"|(?P<scheme>(?<![a-z0-9])(?:[a-z][a-z0-9+-]{{1,12}}|[a-z])[:：][/／\\]{{2}}{_TAIL})"
    rf"|(?P<relative>(?<![:/\w])//(?:{_PLAIN_LABEL}{_DOT})+[a-z]{{2,}}{_TAIL})"
    rf"|(?P<www>(?<![a-z0-9.])www{_DOT}{_LABEL}{_DOT}{_TAIL})"
    rf"|(?P<address>(?<![\d.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d{{1,5}}/?|/){_TAIL})"
    rf"|(?P<domain>(?<![a-z0-9@._-])(?:{_PLAIN_LABEL}{_DOT})+"
    rf"(?:(?:{_DOMAINS})(?![a-z0-9-]|{_DOT}[a-z])|(?:{_SHORT_DOMAINS})(?=/))(?:[/:?#]{_TAIL})?)",
    re.MULTILINE,
)
_SCHEME = re.compile(r"^\s*(?:([a-z][a-z0-9+.-]*)[:：])?[/／\\]{0,4}")
_NOT_WEB = frozenset({"javascript", "vbscript", "data"})
_CONTACT = frozenset({"mailto", "tel", "sms"})
_DOTS = re.compile(r"\[\.\]|\(\.\)|[。｡]")
_KEPT = 1024


def link(context: CheckContext) -> tuple[Finding, ...]:
    """Find links, in any form, to a host that neither a passage nor the allow-list names."""
    return tuple(_findings(context))


def _findings(context: CheckContext) -> Iterator[Finding]:
    known = frozenset[str]().union(*(_hosts(passage) for passage in context.passages.values()))
    zh = context.agent_language == "zh"
    for start, end, host in _links(context.normal.text):
        if host in known or _allowed(host, context.rules.wording.allowed_hosts):
            continue
        span = context.normal.span(start, end)
        yield found(
            context,
            "link",
            "unknown_host" if host else "script",
            "block",
            span.start,
            span.end,
            f"资料里没有网址“{host or span.text}”"
            if zh
            else f"No source names “{host or span.text}”",
            "改用资料里的网址，或删去"
            if zh
            else "Use an address from the sources, or leave it out",
        )


def _allowed(host: str, allowed: frozenset[str]) -> bool:
    return any(host == one or host.endswith("." + one) for one in allowed)


@lru_cache(maxsize=_KEPT)
def _hosts(text: str) -> frozenset[str]:
    return frozenset(host for _, _, host in _links(normalise(text).text) if host)


def _links(folded: str) -> Iterator[tuple[int, int, str]]:
    """Yield where links stand and the host of each, empty for code and data."""
    for match in _LINK.finditer(folded):
        target = match["target"] or match["definition"] or match["value"]
        host = _host(target or match[0], bare=target is None)
        if host is not None:
            yield match.start() + (1 if match["markdown"] else 0), match.end(), host


def _host(target: str, *, bare: bool) -> str | None:
    """Return the host of a link, "" where it has none and runs, None where it stays on the page."""
    shown = unquote(target).strip()
    scheme = _SCHEME.match(shown)
    name = scheme[1] if scheme else None
    if name in _NOT_WEB:
        return ""
    if name in _CONTACT or (not bare and not name and shown[:1] in "#/" and shown[:2] != "//"):
        return None
    rest = shown[scheme.end() :] if scheme else shown
    authority = re.split(r"[/?#\\／]", rest, maxsplit=1)[0].rsplit("@", 1)[-1]
    host = _DOTS.sub(".", authority).split(":")[0].strip(".").removeprefix("www.")
    return host if "." in host or name else None
