/** Bodies come in piece by piece, requests with a complete body leave. */
package ink.neural.http.body;
