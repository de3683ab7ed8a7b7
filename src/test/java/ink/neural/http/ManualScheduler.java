package ink.neural.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time passes only when a test says so. */
public final class ManualScheduler {
    private final List<Task> tasks = new ArrayList<>();
    private long now;

    /** The scheduler as the program sees it. */
    public ScheduledExecutorService executor() {
        return Fake.of(ScheduledExecutorService.class, this);
    }

    /** Called by the program. */
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Task task = new Task(work, now + unit.toNanos(delay));
        tasks.add(task);
        return Fake.of(ScheduledFuture.class, task);
    }

    /** Called by the program. */
    public void execute(Runnable work) {
        schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    /** Called by the program. */
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long delay, long period, TimeUnit unit) {
        return schedule(
                () -> {
                    work.run();
                    scheduleWithFixedDelay(work, period, period, unit);
                },
                delay,
                unit);
    }

    /** Runs everything that is due within a time, in order. */
    public void advance(Duration time) {
        long end = now + time.toNanos();
        for (Task next = next(end); next != null; next = next(end)) {
            now = next.due;
            next.work.run();
        }
        now = end;
    }

    /** The number of tasks that were neither run nor cancelled. */
    public synchronized int pending() {
        return tasks.size();
    }

    private synchronized Task next(long end) {
        Task first = tasks.stream()
                .filter(task -> task.due <= end)
                .min(Comparator.comparingLong(task -> task.due))
                .orElse(null);
        tasks.remove(first);
        return first;
    }

    private final class Task {
        private final Runnable work;
        private final long due;

        Task(Runnable work, long due) {
            this.work = work;
            this.due = due;
        }

        @SuppressWarnings("unused")
        public boolean cancel(boolean interrupt) {
            synchronized (ManualScheduler.this) {
                return tasks.remove(this);
            }
        }
    }
}
