"""Short texts of public data, to fill an index of any size with."""

import csv
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from assist.text.sentences import split_sentences

_GREETINGS = (
    "",
    "亲，请问一下，",
    "hello, ",
    "在吗 我想问 ",
    "another thing: ",
    "急！",
    "麻烦看看，",
)


def phrasings(data: Path, count: int) -> list[str]:
    """Return so many different texts: as they are, and then once more with each greeting.

    Raises ValueError when the folder does not hold enough.
    """
    plain = list(dict.fromkeys(text for text in _texts(data) if 3 < len(text) < 80))
    texts = list(islice((greeting + text for greeting in _GREETINGS for text in plain), count))
    if len(texts) < count:
        raise ValueError(f"{data}: {len(texts)} texts instead of {count}")
    return texts


def _texts(data: Path) -> Iterator[str]:
    for name in ("banking77/test.csv", "cped/valid.csv"):
        with (data / name).open(encoding="utf-8", newline="") as file:
            yield from (row.get("text") or row["Utterance"] for row in csv.DictReader(file))
    for one in _json(data / "clinc150/test.json").values():
        yield from (text for text, _ in one)
    for name in ("cmrc2018/cmrc2018_trial.json", "drcd/DRCD_dev.json"):
        for article in _json(data / name)["data"]:
            for paragraph in article.get("paragraphs", [article]):
                yield from (question["question"] for question in paragraph["qas"])
                context = paragraph.get("context") or paragraph["context_text"]
                yield from (span.text for span in split_sentences(context))
    for dialogue in _json(data / "dstc11/val_logs.json"):
        yield from (turn["text"] for turn in dialogue)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
