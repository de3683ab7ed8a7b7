package ink.neural.http;

import java.util.concurrent.TimeUnit;

/** Lets so many through in a minute, and counts those it does not: so that nobody can flood the log. */
final class Quota {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int perMinute;
    private long began = System.nanoTime();
    private int taken;

    Quota(int perMinute) {
        this.perMinute = perMinute;
    }

    /**
     * Takes one, if any is left in this minute.
     *
     * @return how many went away empty-handed in the last minute, 0 or more, if one is taken; -1 if none is left
     */
    synchronized int take() {
        int missed = 0;
        if (System.nanoTime() - began > MINUTE) {
            missed = Math.max(0, taken - perMinute);
            began = System.nanoTime();
            taken = 0;
        }
        return ++taken <= perMinute ? missed : -1;
    }
}
