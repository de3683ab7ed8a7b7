/** The JAX-RS resources, their request and response records, and the mapping of exceptions to problems. */
package ink.neural.http;
