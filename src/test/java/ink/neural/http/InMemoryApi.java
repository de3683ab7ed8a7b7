package ink.neural.http;

import ink.neural.config.Configuration;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.ModelHolder;
import ink.neural.prediction.ModelReloader;
import ink.neural.prediction.PredictionService;
import ink.neural.prediction.Predictions;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.GenericType;
import java.net.URI;
import java.util.Set;
import org.glassfish.hk2.api.ActiveDescriptor;
import org.glassfish.hk2.api.Context;
import org.glassfish.hk2.api.ServiceHandle;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.test.DeploymentContext;
import org.glassfish.jersey.test.inmemory.InMemoryTestContainerFactory;
import org.glassfish.jersey.test.spi.TestContainer;

/** A JAX-RS application in memory: Jersey without a server, without servlet filters and without CDI. */
final class InMemoryApi implements AutoCloseable {
    private final FakeExchange exchange = new FakeExchange("", "");
    private final WarmUp warmUp = new WarmUp();
    private final String path;
    private final TestContainer container;
    private final Client client;

    /**
     * Starts an application.
     *
     * @param path its path, such as {@code /api}
     */
    InMemoryApi(
            Application application,
            String path,
            Configuration configuration,
            ModelHolder holder,
            ConcurrencyLimiter limiter,
            PredictionService service,
            Metrics metrics) {
        this.path = path;
        warmUp.holder = Predictions.emptyHolder(configuration);
        warmUp.run();
        ResourceConfig config = ResourceConfig.forApplication(application).register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(configuration).to(Configuration.class);
                bind(holder).to(ModelHolder.class);
                bind(Predictions.reloader(configuration, holder)).to(ModelReloader.class);
                bind(limiter).to(ConcurrencyLimiter.class);
                bind(warmUp).to(WarmUp.class);
                bind(service).to(PredictionService.class);
                bind(metrics).to(Metrics.class);
                bind(new JsonRequestReader(configuration, limiter)).to(JsonRequestReader.class);
                bind(exchange.request()).to(HttpServletRequest.class);
                bind(Fake.of(ServletContext.class, new Files(Set.of()))).to(ServletContext.class);
                bind(DependentContext.class)
                        .to(new GenericType<Context<Dependent>>() {})
                        .in(Singleton.class);
            }
        });
        container = new InMemoryTestContainerFactory()
                .create(
                        URI.create("http://localhost/"),
                        DeploymentContext.builder(config)
                                .contextPath(path + "/")
                                .build());
        container.start();
        client = ClientBuilder.newClient(container.getClientConfig());
    }

    /**
     * Prepares a request.
     *
     * @param address path and query below the application's path
     */
    Invocation.Builder request(String address) {
        URI uri = URI.create("http://localhost" + path + address);
        exchange.uri(uri.getPath());
        exchange.query(uri.getRawQuery());
        WebTarget target = client.target(uri);
        return target.request();
    }

    /** The request as the servlet container knows it. */
    HttpServletRequest servletRequest() {
        return exchange.request();
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }

    /**
     * The static files of an application.
     *
     * @param paths the files and folders in any folder
     */
    record Files(Set<String> paths) {
        @SuppressWarnings("unused") // a method of ServletContext
        public Set<String> getResourcePaths(String folder) {
            return paths.isEmpty() ? null : paths;
        }
    }

    /** CDI's scope {@code @Dependent} for Jersey's own injection: each use gets a new object. */
    static final class DependentContext implements Context<Dependent> {
        @Override
        public Class<Dependent> getScope() {
            return Dependent.class;
        }

        @Override
        public <U> U findOrCreate(ActiveDescriptor<U> descriptor, ServiceHandle<?> root) {
            return descriptor.create(root);
        }

        @Override
        public boolean containsKey(ActiveDescriptor<?> descriptor) {
            return false;
        }

        @Override
        public void destroyOne(ActiveDescriptor<?> descriptor) {}

        @Override
        public boolean supportsNullCreation() {
            return false;
        }

        @Override
        public boolean isActive() {
            return true;
        }

        @Override
        public void shutdown() {}
    }
}
