package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that always fails, in the place of the model. {@code FaultIT} adds it to the WAR. */
@ApplicationPath("api/model")
public class FaultyApplication extends RestApplication {
    /** The message of the exception, which only the log may contain. */
    public static final String CAUSE = "the secret of /home/somebody";

    /** The application of the container. */
    public FaultyApplication() {
        super(Resource.class);
    }

    /** Fails on every request. */
    @Path("")
    public static class Resource {
        @GET
        public String fail() {
            throw new IllegalStateException(CAUSE);
        }
    }
}
