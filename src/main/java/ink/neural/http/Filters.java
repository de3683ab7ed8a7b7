package ink.neural.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;

/** What a request passes on its way to a resource, in this order: annotations alone would leave it to the server. */
@WebListener
public class Filters implements ServletContextListener {
    private static final String PREDICT = "/predict/*";
    private static final String API = "/api/*";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        add(context, SecurityHeaders.class, EnumSet.of(DispatcherType.REQUEST), "/*");
        add(context, BodyGate.class, EnumSet.of(DispatcherType.REQUEST), PREDICT);
        // A request that BodyGate held up goes on from here.
        EnumSet<DispatcherType> both = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC);
        add(context, RequestLog.class, both, PREDICT, API);
        add(context, Cors.class, both, PREDICT, API);
        add(context, QueueGate.class, both, PREDICT);
    }

    private static void add(
            ServletContext context, Class<? extends Filter> filter, EnumSet<DispatcherType> types, String... paths) {
        FilterRegistration.Dynamic registration = context.addFilter(filter.getSimpleName(), filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(types, true, paths);
    }
}
