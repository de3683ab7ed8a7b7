package ink.neural.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the configuration injectable. */
@ApplicationScoped
public class ConfigurationProducer {
    /**
     * Reads the configuration.
     *
     * @return the settings of this process
     * @throws InvalidConfigurationException if a setting has a value it cannot have, which stops the deployment
     */
    @Produces
    @Singleton
    public Configuration configuration() {
        return Configuration.read();
    }
}
