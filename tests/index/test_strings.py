import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assist.index.strings import strings_from, strings_of

texts = st.lists(st.text(st.characters(codec="utf-8"), max_size=8), max_size=12)


@given(texts, texts)
def test_texts_come_back_after_packing_joining_and_thinning(
    ours: list[str], theirs: list[str]
) -> None:
    joined = strings_of(ours).plus(strings_of(theirs))
    assert joined.all() == ours + theirs
    assert [joined[row] for row in range(len(joined))] == ours + theirs
    keep = np.array([len(text) % 2 == 0 for text in joined.all()], dtype=bool)
    assert joined.kept(keep).all() == [text for text in joined.all() if len(text) % 2 == 0]
    assert strings_from(joined.arrays("x"), "x").all() == joined.all()
