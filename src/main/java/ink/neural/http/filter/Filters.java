package ink.neural.http.filter;

import ink.neural.config.Configuration;
import ink.neural.http.body.AsyncBodyFilter;
import ink.neural.metrics.Metrics;
import ink.neural.prediction.ConcurrencyLimiter;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;

/**
 * The servlet filters in the order that requests pass them. Annotations would leave the order to the server. The JAX-RS
 * filters {@link ApiKeyFilter} and {@link ContentEncodingFilter} follow, once the resource is known.
 */
@WebListener
public class Filters implements ServletContextListener {
    @Inject
    Configuration configuration;

    @Inject
    ConcurrencyLimiter limiter;

    @Inject
    Metrics metrics;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        StaticFiles files = new StaticFiles(context);
        String[] all = {"/*"};
        String[] predict = {Endpoint.PREDICT_PATTERN};
        String[] api = {Endpoint.PREDICT_PATTERN, Endpoint.API_PATTERN};
        EnumSet<DispatcherType> arrival = EnumSet.of(DispatcherType.REQUEST);
        // The error page of the server has these headers, too.
        EnumSet<DispatcherType> arrivalAndError = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR);
        // AsyncBodyFilter dispatches a request again once its body is complete. It passes these filters again.
        EnumSet<DispatcherType> complete = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
        add(context, new SecurityHeadersFilter(), arrivalAndError, all);
        add(context, new ProblemFilter(new ErrorAnswer(context)), complete, all);
        add(context, new RequestLogFilter(metrics), complete, api);
        add(context, new CorsFilter(configuration.corsOrigins()), arrival, api);
        add(context, new SyntaxFilter(), arrival, all);
        // Without a key anybody could have the models loaded again and again.
        boolean canReload = configuration.apiKey().isPresent();
        add(context, new AddressFilter(files, canReload), arrival, all);
        add(context, new StaticFileFilter(files), arrival, all);
        add(context, asyncBodyFilter(), arrival, predict);
        add(context, new LoadSheddingFilter(limiter), complete, predict);
    }

    private AsyncBodyFilter asyncBodyFilter() {
        return new AsyncBodyFilter(
                this::maxBody, configuration.maxBodies(), configuration.minBodyRate(), configuration.bodyTimeout());
    }

    private int maxBody(HttpServletRequest request) {
        boolean isBatch = Endpoint.of(request).filter(Endpoint::isBatch).isPresent();
        return isBatch ? configuration.maxBatchBody() : configuration.maxBody();
    }

    private static void add(ServletContext context, Filter filter, EnumSet<DispatcherType> types, String... patterns) {
        FilterRegistration.Dynamic registration =
                context.addFilter(filter.getClass().getSimpleName(), filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(types, true, patterns);
    }
}
