package ink.neural.http;

/**
 * The answer of a health check that passed.
 *
 * @param status {@code up}
 */
public record HealthAnswer(String status) {}
