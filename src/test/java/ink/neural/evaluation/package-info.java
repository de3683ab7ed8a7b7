/** Evaluates a model on labelled images. */
package ink.neural.evaluation;
