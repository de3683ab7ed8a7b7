/**
 * A request passes the packages from top to bottom: {@code http} (request), {@code prediction} (use case),
 * {@code drawing} (bytes to pixels), {@code glyph} (pixels to the model's input), {@code recognition} (input to ranked
 * characters). Dependencies point down only.
 */
package ink.neural;
