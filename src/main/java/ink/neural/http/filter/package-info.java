/** Requests pass these filters before they reach a resource. {@link ink.neural.http.filter.Filters} lists them in order. */
package ink.neural.http.filter;
