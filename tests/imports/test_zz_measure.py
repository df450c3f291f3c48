import time
from pathlib import Path
from tests.imports.workers import working
from tests.imports.stage import *
def hwm(pid):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"): return int(line.split()[1])/1024
def test_measure(new_stage, settings, tmp_path):
    stage = new_stage(users=50_000)
    with working(settings.MICROSOFT, tmp_path) as w:
        w.start()
        time.sleep(5)
        pid = next(iter(w._running))
        print("idle rss", hwm(pid))
        for n in range(3):
            t=time.monotonic(); run = stage.request()
            while True:
                time.sleep(0.1); run.refresh_from_db()
                if run.is_finished: break
            print("wall", time.monotonic()-t, "run", (run.finished_at-run.started_at).total_seconds(), run.state, "peak", hwm(pid), run.resource_units)
            for p in run.collectors.all(): print("  ", p.collector, p.read, p.written, p.page_number, round(p.seconds,2), round(p.read/max(p.seconds,.001)))
    stage.assert_equals_truth()
