package ink.neural.it;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/** Lets Arquillian test on the server that all tests share, whichever that is: the packaged WAR is on it already. */
public final class ServerContainer
        implements LoadableExtension, DeployableContainer<ServerContainer.NothingToConfigure> {
    /** What {@code arquillian.xml} could say. */
    public static final class NothingToConfigure implements ContainerConfiguration {
        @Override
        public void validate() {
            // There is nothing that could be wrong.
        }
    }

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(DeployableContainer.class, ServerContainer.class);
    }

    @Override
    public Class<NothingToConfigure> getConfigurationClass() {
        return NothingToConfigure.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> war) {
        HTTPContext address = new HTTPContext("127.0.0.1", Server.shared().port()).add(new Servlet("page", "/"));
        return new ProtocolMetaData().addContext(address);
    }

    @Override
    public void undeploy(Archive<?> war) {
        // The next class of tests finds it there again.
    }
}
