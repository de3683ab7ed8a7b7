package ink.neural.http;

/** A request is answered with a problem. */
public class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    /**
     * A refusal whose problem's title says it all.
     *
     * @param problem what is wrong
     */
    public Refused(Problem problem) {
        this(problem, null);
    }

    /**
     * A refusal that says more.
     *
     * @param problem what is wrong
     * @param detail what is wrong in this case, for a person
     */
    public Refused(Problem problem, String detail) {
        super(detail);
        this.problem = problem;
    }

    /**
     * What is wrong.
     *
     * @return the problem
     */
    public Problem problem() {
        return problem;
    }
}
