/**
 * Turns the log-probabilities of a CTC network, frame by frame, into an
 * {@link ink.neural.decoding.NBestList n-best list} of texts that satisfy the caller's
 * {@link ink.neural.decoding.DecodingOptions constraints}.
 */
package ink.neural.decoding;
