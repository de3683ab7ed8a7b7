package ink.neural.glyph;

/** How the cropped ink is resized to fit the box. */
public enum Fit {
    /** The longer side fills the box, and the aspect ratio is kept. */
    ASPECT,
    /** Both sides fill the box, and the aspect ratio is ignored. */
    STRETCH
}
