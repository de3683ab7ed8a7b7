package ink.neural.workaround;

import io.prometheus.metrics.core.util.Scheduler;
import java.lang.reflect.Field;
import java.util.concurrent.ExecutorService;

/**
 * Stops the scheduler thread that the Prometheus client starts with the first histogram, even if no histogram is ever reset.
 * Nothing else stops it, and it keeps the classes of an undeployed application in memory.
 *
 * <p>Remove when the Prometheus client offers a way to stop it.
 *
 * @see <a
 *     href="https://github.com/prometheus/client_java/blob/main/prometheus-metrics-core/src/main/java/io/prometheus/metrics/core/util/Scheduler.java">the
 *     client's scheduler</a>
 */
public final class PrometheusScheduler {
    private PrometheusScheduler() {}

    /** Stops the thread. No histogram works after that. */
    public static void shutDown() {
        try {
            Field executor = Scheduler.class.getDeclaredField("executor");
            executor.setAccessible(true);
            ((ExecutorService) executor.get(null)).shutdownNow();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of the Prometheus client has another scheduler", e);
        }
    }
}
