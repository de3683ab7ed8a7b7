/** Measures the pipeline without HTTP. */
package ink.neural.benchmark;
