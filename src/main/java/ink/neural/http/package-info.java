/** HTTP requests come in; answers, or problems that say what to do better, leave. */
package ink.neural.http;
