/** A search for the requests that cost a running server the most. */
package ink.neural.load.search;
