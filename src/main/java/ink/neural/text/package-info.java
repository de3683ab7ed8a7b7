/**
 * Reads text: turns the {@link ink.neural.ink.Ink} of a picture into lines, each line into an image for the text network, and
 * what the network sees into a {@link ink.neural.text.Reading}.
 */
package ink.neural.text;
