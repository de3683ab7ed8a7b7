/** HTTP requests come in, answers or problems leave. */
package ink.neural.http;
