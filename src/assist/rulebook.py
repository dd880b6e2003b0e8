"""All that people may edit about how a draft is made, read together and versioned as one."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assist.check.rules import CheckRules, load_check_rules
from assist.generate.scripts import Scripts, load_scripts, set_phrases
from assist.prompt import Prompts, load_prompts
from assist.retrieve.rules import RetrievalRules, load_retrieval_rules
from assist.review.routing import RoutingRules, load_routing_rules
from assist.understand.rules import UnderstandRules, load_understand_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One consistent set: a draft is judged by one rulebook from its first stage to its last."""

    version: str
    """Hash of all rule and prompt files; a response names it."""
    understanding: UnderstandRules
    retrieval: RetrievalRules
    scripts: Scripts
    set_phrases: frozenset[str]
    """Every sentence of the scripts."""
    prompts: Prompts
    checks: CheckRules
    routing: RoutingRules


def load_rulebook(rules: Path, prompts: Path) -> Rulebook:
    """Read both folders. Raises FileInvalid naming file, line and reason."""
    scripts = load_scripts(rules)
    return Rulebook(
        version=_fingerprint(rules, prompts),
        understanding=load_understand_rules(rules),
        retrieval=load_retrieval_rules(rules),
        scripts=scripts,
        set_phrases=set_phrases(scripts),
        prompts=load_prompts(prompts),
        checks=load_check_rules(rules),
        routing=load_routing_rules(rules),
    )


def _fingerprint(*folders: Path) -> str:
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
