package ink.neural.glyph;

/** How the ink is brought to the size of the box. */
public enum Fit {
    /** The longer side fills the box, the shorter keeps its proportion. */
    ASPECT,
    /** Both sides fill the box, whatever becomes of the proportion. */
    STRETCH
}
