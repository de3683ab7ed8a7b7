/** Exceptions come in, {@link ink.neural.problem.Problem problems} that a client can act on leave. */
package ink.neural.problem;
