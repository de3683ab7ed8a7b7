package ink.neural.grizzly;

import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Exchanges Grizzly's HTTP codec for {@link Connector}. The server offers no slot for an add-on of another name, so this one
 * replaces the one for Comet, which nothing here uses: {@code META-INF/hk2-locator/default} names it.
 */
public final class ConnectorAddOn implements AddOn {
    /** For the server. */
    public ConnectorAddOn() {}

    @Override
    public void setup(NetworkListener unused, FilterChainBuilder chain) {
        chain.set(chain.indexOfType(HttpServerFilter.class), new Connector());
    }
}
