from collections.abc import Callable

from assist.records import Entry
from assist.retrieve.reading import read


def test_an_entry_reads_the_same_whether_or_not_its_phrasings_are_lines(
    make_entry: Callable[..., Entry],
) -> None:
    asked = ("怎麼查５G話費？", "Check my bill", "查\u200b話費")
    lines = read(make_entry("a", *asked, answer="发送\nCXHF。", tags=("話費",)))
    broken = read(make_entry("a", *asked, "两\n行", answer="发送\nCXHF。", tags=("話費",)))
    assert lines.phrasings == 3
    assert lines.head == broken.head == "怎么查5g话费?\n话费"
    assert lines.spoken == ("怎么查5g话费?", "check my bill", "查话费", "话费")
    assert lines.bare == {"怎么查5g话费", "checkmybill", "查话费"}
    assert broken.bare == lines.bare | {"两行"}
    assert broken.phrasings == 4
    assert "发送\n cxhf" in lines.words
    assert "发送\n cxhf" in broken.words
