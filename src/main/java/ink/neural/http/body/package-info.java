/** Buffers request bodies asynchronously, within limits, and passes a request on once its body is complete. */
package ink.neural.http.body;
