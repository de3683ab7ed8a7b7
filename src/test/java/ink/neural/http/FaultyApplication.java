package ink.neural.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that always fails, in the place of the model, and a filter that does. {@code FaultIT} adds them to the WAR. */
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

    /** Fails on every request that asks whether the program is ready, before the filters of the program. */
    @WebFilter("/api/health/ready")
    public static class Gate extends HttpFilter {
        private static final long serialVersionUID = 1;

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
            throw new IllegalStateException(CAUSE);
        }
    }
}
