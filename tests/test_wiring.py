"""The whole way with a model from a folder, as an admin sets it."""

from pathlib import Path

import pytest

from assist.errors import EmbedderChanged
from assist.records import Question
from assist.settings import Settings
from assist.wiring import open_assistant

KNOWLEDGE = """\
{"id": "card", "question": "What do I do when I lose my card?", "answer": "We block it."}
{"id": "fee", "question": "What does a transfer abroad cost?", "answer": "Each one costs 5 euros."}
{"id": "limit", "question": "How much cash can I draw a day?", "answer": "Up to 500 euros a day."}
"""


@pytest.mark.st
async def test_a_model_from_a_folder_finds_what_it_indexed_and_another_one_is_refused(
    tmp_path: Path, st_model: str
) -> None:
    file = tmp_path / "bank.jsonl"
    file.write_text(KNOWLEDGE, encoding="utf-8")
    with_model = Settings(data=tmp_path / "data", embedder=f"sentence-transformers:{st_model}")
    async with open_assistant(with_model) as assistant:
        await assistant.publisher.import_file(file, actor="lin")
        await assistant.publisher.reindex()
        found = await assistant.pipeline.search(Question(text="Someone stole my bank card!"))
        assert found.hits[0].entry.id == "card"
    async with open_assistant(Settings(data=tmp_path / "data")) as assistant:
        problem = assistant.index.problem
        assert isinstance(problem, EmbedderChanged)
        assert f"st:{st_model}" in problem.message
        assert "builtin:" in problem.message
        # The entries are all there: a new index is all it takes.
        await assistant.publisher.reindex()
        found = await assistant.pipeline.search(Question(text="cost of a transfer abroad"))
        assert found.hits[0].entry.id == "fee"
