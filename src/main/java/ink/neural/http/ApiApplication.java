package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;

/** The resources below {@code /api}. */
@ApplicationPath("api")
public class ApiApplication extends RestApplication {
    /** The application of the container. */
    public ApiApplication() {
        super(ModelResource.class, ModelFileResource.class, HealthResource.class, MetricsResource.class);
    }
}
