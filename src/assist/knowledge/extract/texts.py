"""The texts inside the objects in which vendors wrap them."""

from collections.abc import Mapping

_LISTS = ("items", "list", "addquestions", "updatequestions", "labels")
_TEXTS = ("content", "text", "title", "question", "labelname", "name", "value")


def texts_of(value: object) -> str | list[str]:
    """Return one text as it is, anything else as the list of texts in it.

    Taken are ``{"items": […]}``, ``{"text": {"content": …}}``, ``{"Title": …}``, and a mapping
    of names to lists, whose names are dropped.
    """
    if isinstance(value, str):
        return value
    return _inner(value)


def _inner(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text for item in value for text in _inner(item)]
    if not isinstance(value, Mapping):
        return [str(value)]
    named = {str(key).casefold(): item for key, item in value.items()}
    lists = [item for key in _LISTS for item in _inner(named.get(key))]
    if lists or any(key in named for key in _LISTS):
        return lists
    for key in _TEXTS:
        if key in named:
            return _inner(named[key])
    return [text for item in named.values() for text in _inner(item)]
