package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What a test adds to the WAR to see what becomes of a fault of ours. */
@ApplicationPath("api/faulty")
public class FaultyApplication extends Application {
    /** What only the log may say. */
    public static final String CAUSE = "the secret of /home/somebody";

    @Override
    public Set<Class<?>> getClasses() {
        return Providers.with(Resource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Providers.PROPERTIES;
    }

    /** Fails whatever is asked. */
    @Path("")
    public static class Resource {
        @GET
        public String fail() {
            throw new IllegalStateException(CAUSE);
        }
    }
}
