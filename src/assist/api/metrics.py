"""What is counted, in a registry of the application's own."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from assist.records import Draft

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """Counts drafts and findings, and times the stages."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._drafts = Counter(
            "assist_drafts", "Drafts made.", ["decision", "degraded"], registry=self._registry
        )
        self._findings = Counter(
            "assist_findings", "Findings.", ["check", "severity"], registry=self._registry
        )
        self._stages = Histogram(
            "assist_stage_seconds",
            "Time of each stage of a draft.",
            ["stage"],
            buckets=_SECONDS,
            registry=self._registry,
        )

    def made(self, draft: Draft) -> None:
        """Count a new draft."""
        self._drafts.labels(draft.decision, draft.provenance.degraded or "").inc()
        for finding in draft.findings:
            self._findings.labels(finding.check, finding.severity).inc()
        for stage, elapsed_ms in draft.timings_ms.items():
            self._stages.labels(stage).observe(elapsed_ms / 1000)

    def text(self) -> bytes:
        """Return all counts in Prometheus' text format."""
        return generate_latest(self._registry)
