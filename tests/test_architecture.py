"""Data flows one way, so imports point one way."""

import ast
from pathlib import Path

import assist

ROOT = Path(assist.__file__).parent
LAYERS = (
    ("records", "errors", "ids"),
    ("yaml_file",),
    ("text",),
    ("providers", "store"),
    ("knowledge", "index", "retrieve", "understand", "prompt", "generate", "check", "review"),
    ("rulebook",),
    ("pipeline", "publish"),
    ("settings",),
    ("choose",),
    ("wiring",),
    ("upkeep",),
    ("api", "evaluation"),
    ("cli",),
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[1] for alias in node.names if "assist." in alias.name}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write the import from the package's root"
            if node.module == "assist":
                rooms |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("assist."):
                rooms.add(node.module.split(".")[1])
    return rooms & LEVEL.keys()


def modules() -> list[Path]:
    return [p for p in sorted(ROOT.rglob("*.py")) if room_of(p) not in {"__init__", "__main__"}]


def test_every_room_has_a_floor() -> None:
    assert {room_of(path) for path in modules()} <= LEVEL.keys()


def test_imports_point_down() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} must not import {target}"
        for path in modules()
        for target in imported_rooms(path) - {room_of(path)}
        if LEVEL[target] >= LEVEL[room_of(path)]
    ]
    assert wrong == []


def test_only_the_edge_reads_settings() -> None:
    readers = {room_of(path) for path in modules() if "settings" in imported_rooms(path)}
    assert readers <= {"settings", "choose", "wiring", "api", "cli"}
