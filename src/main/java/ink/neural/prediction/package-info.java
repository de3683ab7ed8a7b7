/**
 * The use case: turns the bytes of an image file into a {@link ink.neural.prediction.PredictionResult}. This package holds the
 * model and limits how many requests use it at once.
 */
package ink.neural.prediction;
