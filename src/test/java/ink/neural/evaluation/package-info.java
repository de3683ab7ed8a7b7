/** Labelled images come in, the figures of how well they are recognised leave. */
package ink.neural.evaluation;
