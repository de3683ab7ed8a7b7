package ink.neural.http;

import ink.neural.prediction.ConcurrencyLimiter;
import ink.neural.prediction.ModelHolder;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Health checks for operators and load balancers. */
@ApplicationScoped
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private static final HealthAnswer UP = new HealthAnswer("up");

    @Inject
    ConcurrencyLimiter limiter;

    @Inject
    ModelHolder holder;

    @Inject
    WarmUp warmUp;

    /**
     * Whether the program runs.
     *
     * @return always {@code {"status":"up"}}
     */
    @GET
    @Path("live")
    public HealthAnswer live() {
        return UP;
    }

    /**
     * Whether the program can answer fast: the model is loaded, the warm-up is over, and the program is not about to stop.
     *
     * @return {@code {"status":"up"}}
     * @throws ProblemException with {@link Problem#NOT_READY} if the program cannot answer
     */
    @GET
    @Path("ready")
    public HealthAnswer ready() {
        if (!holder.isReady() || !warmUp.isOver() || limiter.isShuttingDown()) {
            throw new ProblemException(Problem.NOT_READY);
        }
        return UP;
    }
}
