package ink.neural.load.search;

/**
 * What a request cost.
 *
 * @param recipe how it is made
 * @param bytes bytes of its body
 * @param answer what the server answered
 * @param milliseconds the server's CPU time
 * @param allowed the CPU time that it may cost, in milliseconds
 */
record Finding(Recipe recipe, int bytes, Exchange answer, double milliseconds, double allowed) {
    private static final double FLOOR = 5;
    private static final double PER_IMAGE = 2;
    private static final double PER_BYTE = 20.0 / (2 << 20);
    private static final double PER_WEIGHTED_PIXEL = 45e-6;

    /**
     * Judges the cost of a request. Its body may cost 20 ms for each 2 MiB. If its pictures are decoded, they may cost 45 ms
     * for each weighted megapixel instead.
     */
    static Finding of(Recipe recipe, Request request, Exchange answer, double milliseconds) {
        boolean decoded = answer.status() == 200
                || answer.problem().equals("nothing-drawn")
                || answer.problem().equals("not-an-image");
        double body = PER_BYTE * request.body().length;
        double pixels = decoded ? PER_WEIGHTED_PIXEL * request.weight() + PER_IMAGE * request.images() : 0;
        return new Finding(recipe, request.body().length, answer, milliseconds, FLOOR + Math.max(body, pixels));
    }

    double ratio() {
        return milliseconds / allowed;
    }

    /** The same request, measured again. */
    Finding atMost(double milliseconds) {
        return new Finding(recipe, bytes, answer, Math.min(this.milliseconds, milliseconds), allowed);
    }

    @Override
    public String toString() {
        return "%5.2f  %8.1f ms of %8.1f  %,12d bytes  %d %-16s  %s"
                .formatted(ratio(), milliseconds, allowed, bytes, answer.status(), answer.problem(), recipe);
    }
}
