"""Read a YAML file that people edit, and say where it is wrong."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assist.errors import FileInvalid


class FileModel(BaseModel):
    """A shape of a file: unknown keys are errors, and what was read stays as it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """YAML's own rule says keys are unique; the library lets a later one win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Return the file as ``model``. Raises FileInvalid naming the file, the line and the reason."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileInvalid(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return parse_yaml(text, model, name=str(path))


def parse_yaml(text: str, model: type[Model], *, name: str) -> Model:
    """Return YAML text as ``model``. Raises FileInvalid, which calls the text ``name``."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            content = loader.construct_document(node) if node is not None else {}
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise FileInvalid(f"{name}, line {line}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise FileInvalid(f"{name}: not YAML: {error}") from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        at = first["loc"]
        field = ".".join(str(part) for part in at) or "the file"
        raise FileInvalid(f"{name}, line {_line_of(node, at)}: {field}: {first['msg']}") from error


def _line_of(node: yaml.Node | None, at: tuple[int | str, ...]) -> int:
    """Return the line (from 1) of the deepest part of ``at`` that stands in the file."""
    line = node.start_mark.line + 1 if node is not None else 1
    for part in at:
        if isinstance(node, yaml.MappingNode):
            found = [(k, v) for k, v in node.value if k.value == str(part)]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            if part >= len(node.value):
                break
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
