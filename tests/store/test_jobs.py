"""One running job of a kind, and none that runs for ever."""

import os
import subprocess
import sys

import pytest

from assist.errors import JobUnknown
from assist.store.database import Database
from assist.store.jobs import JobStore
from assist.store.process import is_running, this_process


@pytest.fixture
def store(database: Database) -> JobStore:
    return JobStore(database)


def orphan(database: Database, job_id: str) -> None:
    with database.write() as connection:
        connection.execute("UPDATE jobs SET process = '999999999/1' WHERE id = ?", (job_id,))


def test_a_job_runs_and_is_done(store: JobStore) -> None:
    job, started = store.start("import")
    assert (job.kind, job.status, started) == ("import", "running", True)
    store.progress(job.id, 3, 10)
    assert (store.get(job.id).done, store.get(job.id).total) == (3, 10)
    store.finish(job.id, {"ok": 9, "行": [1]})
    ended = store.get(job.id)
    assert (ended.status, ended.result, ended.error) == ("done", {"ok": 9, "行": [1]}, None)
    assert ended.updated_at >= ended.created_at


def test_a_second_start_gets_the_running_job(store: JobStore) -> None:
    first, _ = store.start("reindex")
    assert store.start("reindex") == (first, False)
    other, started = store.start("import")
    assert (other.id != first.id, started) == (True, True)
    store.fail(first.id, "disk full")
    assert store.get(first.id).error == "disk full"
    assert store.start("reindex")[1]


def test_a_job_that_does_not_run_cannot_go_on(store: JobStore) -> None:
    job, _ = store.start("import")
    store.fail(job.id, "bad file")
    with pytest.raises(JobUnknown):
        store.progress(job.id, 1, 2)
    with pytest.raises(JobUnknown):
        store.finish(job.id, {})
    assert store.get(job.id).status == "failed"
    with pytest.raises(JobUnknown):
        store.get("job_none")


def test_only_jobs_of_dead_processes_are_failed(store: JobStore, database: Database) -> None:
    dead, _ = store.start("import")
    alive, _ = store.start("reindex")
    orphan(database, dead.id)
    assert store.fail_orphans("the service was stopped") == (dead.id,)
    assert (store.get(dead.id).status, store.get(dead.id).error) == (
        "failed",
        "the service was stopped",
    )
    assert store.get(alive.id).status == "running"


def test_a_dead_process_does_not_block_the_next_job(store: JobStore, database: Database) -> None:
    dead, _ = store.start("reindex")
    orphan(database, dead.id)
    job, started = store.start("reindex")
    assert started
    assert job.id != dead.id
    assert store.get(dead.id).status == "failed"


def test_this_process_runs_and_an_ended_one_does_not() -> None:
    assert is_running(this_process())
    show = "from assist.store.process import this_process; import sys; sys.exit(this_process())"
    child = subprocess.run([sys.executable, "-c", show], capture_output=True, check=False)
    name = child.stderr.decode().strip()
    assert name.partition("/")[0].isdigit()
    assert not is_running(name)


def test_a_number_given_out_again_is_another_process() -> None:
    assert not is_running(f"{os.getpid()}/1")


def test_without_a_start_time_the_number_decides() -> None:
    assert is_running(f"{os.getpid()}/")
    assert not is_running("999999999/")


def test_queued_jobs_get_their_turn_in_order_and_one_at_a_time(store: JobStore) -> None:
    first, second = store.queue("import"), store.queue("import")
    assert (first.status, store.begin(second.id)) == ("queued", False)
    assert store.begin(first.id)
    assert not store.begin(second.id)
    with pytest.raises(JobUnknown):
        store.begin(first.id)
    store.finish(first.id, {})
    assert store.begin(second.id)
    assert store.open_ids() == (second.id,)


def test_a_dead_process_in_the_queue_holds_nobody_up(store: JobStore, database: Database) -> None:
    dead, alive = store.queue("import"), store.queue("import")
    orphan(database, dead.id)
    assert store.begin(alive.id)
    assert store.get(dead.id).status == "failed"


def test_an_ended_job_stays_as_it_ended(store: JobStore) -> None:
    job, _ = store.start("reindex")
    store.finish(job.id, {"ok": 1})
    store.fail(job.id, "cancelled")
    assert (store.get(job.id).status, store.get(job.id).error) == ("done", None)
    with pytest.raises(JobUnknown):
        store.fail("job_none", "cancelled")


def test_whether_a_kind_runs(store: JobStore) -> None:
    with store.none_running("reindex") as free:
        assert free
    store.start("reindex")
    with store.none_running("reindex") as free:
        assert not free
    with store.none_running("import") as free:
        assert free
