"""With a real cross-encoder, small and of random weights: its scores mean nothing, but are real."""

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from assist.errors import ProviderReplyBad, ProviderTimeout, SettingsInvalid
from assist.providers.st_reranker import SentenceTransformersReranker

TEXTS = ("退货 运费 由 我们 承担", "发票 怎么 开", "保修 一 年")


def save_model(folder: Path, *, labels: int = 1, head: bool = True) -> str:
    """Save a BERT with a vocabulary of the characters in the texts."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizer

    torch.manual_seed(1)
    folder.mkdir()
    characters = sorted(set("".join(TEXTS)) - {" "})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        num_labels=labels,
    )
    made = BertForSequenceClassification(config) if head else BertModel(config)
    made.save_pretrained(folder)
    BertTokenizer.from_pretrained(folder).save_pretrained(folder)
    return str(folder)


@pytest.fixture
def reranker(tmp_path: Path) -> SentenceTransformersReranker:
    return SentenceTransformersReranker(save_model(tmp_path / "model"), timeout_s=60)


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(SettingsInvalid, match=r'pip install "answer-assist\[st\]"'):
        SentenceTransformersReranker("BAAI/bge-reranker-base", timeout_s=1)


@pytest.mark.st
def test_a_model_that_is_not_there_is_a_wrong_setting() -> None:
    with pytest.raises(SettingsInvalid, match="/nowhere/model"):
        SentenceTransformersReranker("/nowhere/model", timeout_s=1)


@pytest.mark.st
@pytest.mark.parametrize(("labels", "head"), [(3, True), (1, False)], ids=["labels", "no head"])
def test_a_model_that_does_not_score_pairs_is_a_wrong_setting(
    tmp_path: Path, labels: int, head: bool
) -> None:
    model = save_model(tmp_path / "model", labels=labels, head=head)
    with pytest.raises(SettingsInvalid, match="no reranker"):
        SentenceTransformersReranker(model, timeout_s=1)


@pytest.mark.st
def test_weights_that_are_no_safetensors_are_refused(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    folder = Path(save_model(tmp_path / "model"))
    weights = folder / "model.safetensors"
    torch.save(load_file(weights), folder / "pytorch_model.bin")
    weights.unlink()
    with pytest.raises(SettingsInvalid, match="cannot be loaded"):
        SentenceTransformersReranker(str(folder), timeout_s=1)


@pytest.mark.st
async def test_each_text_is_scored_between_0_and_1_whatever_stands_beside_it(
    reranker: SentenceTransformersReranker,
) -> None:
    together = await reranker.rerank("运费", TEXTS)
    alone = [(await reranker.rerank("运费", (text,)))[0] for text in TEXTS]
    assert together == pytest.approx(alone, abs=1e-5)
    assert len(set(together)) == 3
    assert reranker.id.startswith("st:/")


@pytest.mark.st
async def test_scores_are_the_logistic_of_the_logits_whatever_activation_a_model_names(
    reranker: SentenceTransformersReranker,
) -> None:
    import torch

    expected = reranker._model.predict(
        [("运费", text) for text in TEXTS], activation_fn=torch.nn.Sigmoid()
    )
    reranker._model.activation_fn = torch.nn.Identity()
    assert await reranker.rerank("运费", TEXTS) == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.st
async def test_a_text_that_is_too_long_for_the_model_is_cut(
    reranker: SentenceTransformersReranker,
) -> None:
    assert len(await reranker.rerank("运费", (TEXTS[0] * 200,))) == 1


@pytest.mark.st
async def test_a_score_that_is_no_number_is_refused(
    reranker: SentenceTransformersReranker,
) -> None:
    import torch

    with torch.no_grad():
        next(reranker._model.parameters()).fill_(float("nan"))
    with pytest.raises(ProviderReplyBad):
        await reranker.rerank("运费", TEXTS)


@pytest.mark.st
async def test_one_that_is_late_is_left_and_the_next_waits_for_its_turn(
    reranker: SentenceTransformersReranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, running = threading.Event(), 0
    most = 0
    score = reranker._scores

    def slow(query: str, texts: Sequence[str]) -> tuple[float, ...]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        go_on.wait(30)
        running -= 1
        return score(query, texts)

    monkeypatch.setattr(reranker, "_scores", slow)
    reranker._timeout_s = 0.05
    for _ in range(2):
        with pytest.raises(ProviderTimeout):
            await reranker.rerank("运费", TEXTS)
    go_on.set()
    reranker._timeout_s = 60
    assert len(await reranker.rerank("运费", TEXTS)) == 3
    assert most == 1
