from open_interpreter.core.events import Notice
from open_interpreter.sessions.journal import Journal


async def test_a_log_that_is_deleted_is_gone_and_no_other(tmp_path):
    for task in ("t1", "t2"):
        await Journal(tmp_path, task).hear(Notice("hello"))
    Journal(tmp_path, "t1").delete()
    Journal(tmp_path, "never-there").delete()
    Journal(tmp_path, "../t2").delete()
    assert [each.name for each in tmp_path.iterdir()] == ["t2.jsonl"]
