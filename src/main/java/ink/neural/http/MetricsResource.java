package ink.neural.http;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** Gives the figures to Prometheus. */
@ApplicationScoped
@Path("metrics")
public class MetricsResource {
    @Inject
    Metrics metrics;

    /**
     * All figures.
     *
     * @return Prometheus' text format
     */
    @GET
    public Response metrics() {
        return Response.ok(metrics.text(), PrometheusTextFormatWriter.CONTENT_TYPE)
                .build();
    }
}
