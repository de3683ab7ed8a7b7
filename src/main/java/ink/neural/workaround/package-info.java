/**
 * Workarounds for faults in other people's software. Each class names the fault, what it would cost, and when the
 * workaround can go. {@code WorkaroundTest} fails as soon as a library no longer has its fault. The faults of servers show
 * only in integration tests.
 *
 * <p>Two workarounds cannot be classes of this package:
 *
 * <ul>
 *   <li>{@code ai.onnxruntime.OrtEnvironment$OrtEnvCloser} replaces a class of ONNX Runtime, so it must have its name.
 *   <li>{@link ink.neural.http.body.BufferedRequest} keeps the query string, which Open Liberty forgets after the container
 *       thread has returned, and ends the body at its announced length, beyond which Payara waits if the client offers an
 *       upgrade to HTTP/2 (<a href="https://github.com/eclipse-ee4j/glassfish-grizzly/issues/1972">Grizzly issue 1972</a>).
 * </ul>
 */
package ink.neural.workaround;
