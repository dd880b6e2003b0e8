"""How long the stages of one draft take."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Runs from its making; ``stages`` has milliseconds by name."""

    began: float = field(default_factory=perf_counter)
    stages: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.stages[name] = round((perf_counter() - start) * 1000, 2)

    def spent_s(self, *names: str) -> float:
        return sum(self.stages.get(name, 0.0) for name in names) / 1000

    def read(self) -> dict[str, float]:
        return self.stages | {"total": round((perf_counter() - self.began) * 1000, 2)}
