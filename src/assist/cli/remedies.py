"""What mends each thing that ``assist doctor`` can find wrong."""

from collections.abc import Mapping
from typing import Literal

from assist.records import Language

Remedy = Literal[
    "file", "no_data", "data", "no_release", "release", "settings", "embedder", "other_embedder",
    "not_fitted", "reranker", "no_question", "llm",
]  # fmt: skip

REMEDIES: Mapping[Remedy, Mapping[Language, str]] = {
    "file": {
        "zh": "按上面的文件和行号改正，再运行一次 assist doctor",
        "en": "correct the file at the line named above, then run `assist doctor` again",
    },
    "no_data": {
        "zh": "运行 assist serve 完成首次启动，或用 --data / ASSIST_DATA 指到正确的数据目录",
        "en": "run `assist serve` for the first start, or name the right folder with --data",
    },
    "data": {
        "zh": "确认本用户可读写该目录、磁盘未满、没有别的程序占用数据库",
        "en": "see that this user may write there, the disk has room and nothing holds the file",
    },
    "no_release": {
        "zh": "先用 assist import 导入知识，再运行 assist reindex",
        "en": "import knowledge with `assist import`, then run `assist reindex`",
    },
    "release": {
        "zh": "运行 assist reindex 重建，或用 assist releases activate 换用完好的旧版本",
        "en": "rebuild with `assist reindex`, or go back with `assist releases activate`",
    },
    "settings": {
        "zh": "改正环境变量 ASSIST_* 或 assist.toml 里的这一项",
        "en": "correct this setting in the environment (ASSIST_*) or in assist.toml",
    },
    "embedder": {
        "zh": "检查 ASSIST_EMBEDDER、ASSIST_EMBEDDER_BASE_URL 和 ASSIST_EMBEDDER_API_KEY",
        "en": "check ASSIST_EMBEDDER, ASSIST_EMBEDDER_BASE_URL and ASSIST_EMBEDDER_API_KEY",
    },
    "other_embedder": {
        "zh": "把 ASSIST_EMBEDDER 改回建索引时用的模型，或运行 assist reindex",
        "en": "set ASSIST_EMBEDDER back to what built the release, or run `assist reindex`",
    },
    "not_fitted": {
        "zh": "检索的权重和阈值不是按这个向量模型拟合的，得分会有偏差："
        "运行 scripts/fit，把结果写入 rules/retrieval.yaml（见 docs/retrieval.md）",
        "en": "weights and threshold of the search are for another embedder, so scores are off: "
        "run scripts/fit and copy its numbers into rules/retrieval.yaml (docs/retrieval.md)",
    },
    "reranker": {
        "zh": "检查 ASSIST_RERANKER、ASSIST_RERANKER_BASE_URL、ASSIST_RERANKER_API_KEY、"
        "ASSIST_RERANKER_TIMEOUT_S；在此之前按检索本身的顺序作答",
        "en": "check ASSIST_RERANKER, ASSIST_RERANKER_BASE_URL, ASSIST_RERANKER_API_KEY and "
        "ASSIST_RERANKER_TIMEOUT_S; until then the order is that of the search alone",
    },
    "no_question": {
        "zh": "知识库里没有能作答的问题，无法试用模型；先导入知识并运行 assist reindex",
        "en": "no question could be answered to try it with: import knowledge, then reindex",
    },
    "llm": {
        "zh": "检查 ASSIST_LLM、ASSIST_LLM_BASE_URL、ASSIST_LLM_API_KEY 和到该地址的网络；"
        "在此之前草稿由抽取方式生成",
        "en": "check ASSIST_LLM, ASSIST_LLM_BASE_URL, ASSIST_LLM_API_KEY and the way there; "
        "until then drafts are extractive",
    },
}
