package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What lies under {@code /api}. */
@ApplicationPath("api")
public class ApiApplication extends Application {
    /** Jersey would describe the resources in WADL, which others do not know and nobody asked for. */
    static final Map<String, Object> PROPERTIES = Map.of("jersey.config.server.wadl.disableWadl", true);

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(ModelResource.class, HealthResource.class, BodyLimit.class, ProblemMapper.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return PROPERTIES;
    }
}
