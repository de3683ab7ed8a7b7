package ink.neural.robustness;

/** What an answer is worth. */
enum Verdict {
    /** The right character, and legible. */
    RIGHT,
    /** Another character, and legible. */
    WRONG,
    /** Nothing drawn, or not legible. */
    FLAGGED,
    /** The file is not decoded. */
    REFUSED
}
