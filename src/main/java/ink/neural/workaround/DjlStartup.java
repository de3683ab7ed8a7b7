package ink.neural.workaround;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops DJL from reporting each start to its makers and from warning that there is no GPU.
 *
 * <p>Remove when DJL reports nothing by default.
 *
 * @see <a href="https://docs.djl.ai/docs/telemetry.html">DJL's telemetry</a>
 */
public final class DjlStartup {
    /** A strong reference: the log manager holds loggers weakly and would forget the level. */
    private static final Logger DJL = Logger.getLogger("ai.djl");

    private DjlStartup() {}

    /** Must run before the first class of DJL is loaded. */
    public static void prepare() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        DJL.setLevel(Level.SEVERE);
    }
}
