package ink.neural.grizzly;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Exchanges Grizzly's HTTP codec for {@link Connector}. The server offers no slot for an add-on of another name, so this one
 * replaces the one for Comet, which nothing here uses: {@code META-INF/hk2-locator/default} names it.
 */
public final class ConnectorAddOn implements AddOn {
    /** Logs a stack trace for every malformed chunk, which lets clients fill the log. */
    private static final Logger LOG = Logger.getLogger("org.glassfish.grizzly.filterchain");

    /** For the server. */
    public ConnectorAddOn() {}

    @Override
    public void setup(NetworkListener unused, FilterChainBuilder chain) {
        LOG.setLevel(Level.OFF);
        chain.set(chain.indexOfType(HttpServerFilter.class), new Connector());
    }
}
