"""Long work is a job: one of a kind, told while it runs, ended with a reason."""

import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import pytest

from assist.errors import ImportRefused, JobCancelled, JobUnknown, ProviderDown
from assist.publish.publisher import quiet
from assist.publish.report import ImportReport
from assist.publish.works import Work
from assist.records import Job, Release

if TYPE_CHECKING:
    from tests.publish.conftest import House


def ours(work: Work[Release] | Job) -> Work[Release]:
    assert isinstance(work, Work)
    return work


async def importing(house: "House", path: Path) -> Work[ImportReport]:
    return await house.works.importing(lambda _: path, mode="append", actor="lin")


def sheet(house: "House", id: str = "ent_a") -> Path:
    row = {"id": id, "question": "怎么退货", "answers": ["七天内。"]}
    return house.file(f"{id}.jsonl", row, {"id": "ent_bad", "question": ""})


class Gate:
    """Holds a build until it is told to go on."""

    def __init__(self) -> None:
        self.reached, self.open = anyio.Event(), anyio.Event()

    async def __call__(self, release: Release) -> bool:
        self.reached.set()
        await self.open.wait()
        return True


async def until(condition: Callable[[], Awaitable[bool] | bool]) -> None:
    with anyio.fail_after(5):
        while True:
            found = condition()
            if found if isinstance(found, bool) else await found:
                return
            await anyio.sleep(0.01)


async def test_an_import_is_done_with_its_report(house: "House") -> None:
    work = await importing(house, sheet(house))
    assert work.job.status == "queued"
    report = await work.run(quiet)
    job = house.jobs.get(work.job.id)
    assert (report.saved, job.status) == (1, "done")
    assert job.result is not None
    assert (job.result["ok"], job.result["failed"]) == (1, 1)
    assert [row["line"] for row in job.result["rows"]] == [2]  # type: ignore[attr-defined]


async def test_a_build_is_done_with_its_release_and_its_progress(house: "House") -> None:
    await house.save("ent_a")
    told: list[tuple[int, int]] = []
    work = ours(await house.works.reindexing(actor="lin"))
    release = await work.run(lambda done, total: told.append((done, total)))
    job = house.jobs.get(work.job.id)
    assert job.status == "done"
    assert job.result is not None
    assert job.result["id"] == release.id == house.live.snapshot.release
    assert (job.done, job.total) == told[-1] == (2, 2)


async def test_a_second_build_is_the_first_one_also_in_another_process(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    work = ours(await house.works.reindexing(actor="lin"))
    for one in (house, neighbour()):
        joined = await one.works.reindexing(actor="mei")
        assert isinstance(joined, Job)
        assert joined.id == work.job.id
    await work.run(quiet)
    ended = await neighbour().works.ended(work.job)
    assert ended.status == "done"
    assert len(house.releases.all()) == 1


async def test_imports_wait_for_each_other_in_order(
    house: "House", neighbour: "Callable[[], House]"
) -> None:
    first = await importing(house, sheet(house, "ent_a"))
    other = neighbour()
    second = await importing(other, sheet(house, "ent_b"))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(other.works.in_background, second)
        await anyio.sleep(0.05)
        assert house.jobs.get(second.job.id).status == "queued"
        tasks.start_soon(house.works.in_background, first)
    jobs = [house.jobs.get(work.job.id) for work in (first, second)]
    assert [job.status for job in jobs] == ["done", "done"]
    assert jobs[0].updated_at <= jobs[1].updated_at


async def test_work_that_fails_says_why_and_frees_its_place(house: "House") -> None:
    await house.save("ent_a")
    house.embedder.down = True
    work = ours(await house.works.reindexing(actor="lin"))
    with pytest.raises(ProviderDown):
        await work.run(quiet)
    assert house.jobs.get(work.job.id).error == "the embedder is down"
    assert isinstance(await house.works.reindexing(actor="lin"), Work)


async def test_a_background_failure_ends_only_its_job(house: "House") -> None:
    path = house.root / "none.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    work = await importing(house, path)
    await house.works.in_background(work)
    assert house.jobs.get(work.job.id).status == "failed"


async def test_a_defect_ends_only_its_job(house: "House", monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(house.entries, "last_seq", broken)
    work = ours(await house.works.reindexing(actor="lin"))
    await house.works.in_background(work)
    assert "log" in str(house.jobs.get(work.job.id).error)


async def test_a_cancelled_build_never_serves_and_leaves_nothing(house: "House") -> None:
    first = await house.publisher.reindex()
    gate = Gate()
    work = ours(await house.works.reindexing(approve=gate, actor="lin"))
    failures: list[JobCancelled] = []

    async def run() -> None:
        try:
            await work.run(quiet)
        except JobCancelled as error:
            failures.append(error)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run)
        await gate.reached.wait()
        job = await house.works.cancel(work.job.id, actor="mei")
    assert failures
    assert (job.status, job.error) == ("failed", "cancelled by mei")
    assert house.live.snapshot.release == first.id
    again = await house.works.cancel(work.job.id, actor="lin")
    assert again.error == "cancelled by mei"
    with pytest.raises(JobUnknown):
        await house.works.cancel("job_none", actor="lin")


async def test_another_process_can_cancel(house: "House", neighbour: "Callable[[], House]") -> None:
    gate = Gate()
    work = ours(await house.works.reindexing(approve=gate, actor="lin"))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.works.in_background, work)
        await gate.reached.wait()
        await neighbour().works.cancel(work.job.id, actor="mei")
    assert house.jobs.get(work.job.id).error == "cancelled by mei"
    assert house.releases.active() is None


async def test_a_cancelled_import_does_not_get_its_turn(house: "House") -> None:
    work = await importing(house, sheet(house))
    await house.works.cancel(work.job.id, actor="mei")
    with pytest.raises(JobUnknown):
        await work.run(quiet)
    assert sum(house.entries.count().values()) == 0


async def test_a_stop_fails_the_job_and_leaves_no_folder(house: "House") -> None:
    gate = Gate()
    work = ours(await house.works.reindexing(approve=gate, actor="lin"))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(house.works.in_background, work)
        await gate.reached.wait()
        tasks.cancel_scope.cancel()
    job = house.jobs.get(work.job.id)
    assert job.status == "failed"
    assert "stopped" in str(job.error)
    assert house.folders() == {release.id for release in house.releases.all()}


async def test_an_upload_lives_as_long_as_its_job(house: "House") -> None:
    source = sheet(house)

    def bring(folder: Path) -> Path:
        folder.mkdir(parents=True)
        return Path(shutil.copy(source, folder))

    work = await house.works.importing(bring, mode="append", actor="lin")
    kept = house.root / "uploads" / work.job.id
    assert kept.is_dir()
    await house.works.clear()
    assert kept.is_dir()
    await work.run(quiet)
    assert not kept.exists()


async def test_a_file_that_does_not_arrive_fails_its_job(house: "House") -> None:
    def bring(folder: Path) -> Path:
        raise ImportRefused("the disk is full")

    with pytest.raises(ImportRefused):
        await house.works.importing(bring, mode="append", actor="lin")
    assert house.jobs.open_ids() == ()


async def test_a_start_after_a_crash_clears_up_and_can_build_at_once(house: "House") -> None:
    release = await house.publisher.reindex()
    work = ours(await house.works.reindexing(actor="lin"))
    upload = house.root / "uploads" / "job_dead"
    for left in (upload, house.folder / "rel_half.tmp", house.folder / "rel_unlisted"):
        left.mkdir(parents=True)
    await house.works.clear()
    # The build of a living process is left alone.
    assert house.jobs.get(work.job.id).status == "running"
    assert len(house.folders()) == 3
    with house.database.write() as connection:
        connection.execute("UPDATE jobs SET process = '999999999/1'")
    await house.works.clear()
    assert house.jobs.get(work.job.id).error == "the process that ran it ended"
    assert house.folders() == {release.id}
    assert not upload.exists()
    assert isinstance(await house.works.reindexing(actor="lin"), Work)


async def test_a_repair_is_a_build_like_any_other(house: "House") -> None:
    await house.save("ent_a")
    release = await house.publisher.reindex()
    work = ours(await house.works.rebuilding())
    assert isinstance(await house.works.rebuilding(), Job)
    assert await work.run(quiet) == release
