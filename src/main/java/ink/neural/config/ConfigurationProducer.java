package ink.neural.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.logging.Logger;

/** Makes the configuration injectable. */
@ApplicationScoped
public class ConfigurationProducer {
    private static final Logger LOG = Logger.getLogger(ConfigurationProducer.class.getName());

    /**
     * Reads the configuration.
     *
     * @return the settings of this process
     * @throws InvalidConfigurationException if a setting has an invalid value, which stops the deployment
     */
    @Produces
    @Singleton
    public Configuration configuration() {
        try {
            return Configuration.read();
        } catch (InvalidConfigurationException e) {
            // Servers bury the message in the stack trace of a failed deployment.
            LOG.severe(e.getMessage());
            throw e;
        }
    }
}
