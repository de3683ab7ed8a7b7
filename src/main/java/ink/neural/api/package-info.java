/**
 * JSON in, options out; results in, JSON answers out: what the API says, whether a request comes over HTTP or from {@code
 * ./run bulk}.
 */
package ink.neural.api;
