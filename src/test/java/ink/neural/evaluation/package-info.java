/** Evaluates a model on labelled images, and extracts the ink of pictures to train one. */
package ink.neural.evaluation;
