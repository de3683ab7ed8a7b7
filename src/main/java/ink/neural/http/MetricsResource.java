package ink.neural.http;

import ink.neural.metrics.Metrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Serves the metrics to Prometheus. */
@ApplicationScoped
@Path("metrics")
public class MetricsResource {
    @Inject
    Metrics metrics;

    /**
     * All metrics.
     *
     * @return text in Prometheus' exposition format
     */
    @GET
    public Response metrics() {
        byte[] text = metrics.scrape();
        // Jersey would otherwise answer HEAD with the length 0.
        return Response.ok(text, Metrics.CONTENT_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, text.length)
                .build();
    }
}
