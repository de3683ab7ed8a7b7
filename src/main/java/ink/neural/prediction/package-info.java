/**
 * The use case: the bytes of an image file and {@link ink.neural.prediction.PredictionOptions options} come in, a
 * {@link ink.neural.prediction.PredictionResult result} leaves. This package holds the model and limits how many requests use it.
 */
package ink.neural.prediction;
