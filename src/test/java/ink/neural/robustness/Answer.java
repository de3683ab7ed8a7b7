package ink.neural.robustness;

/**
 * The answer to one picture.
 *
 * @param drawing what was drawn
 * @param reading how it was read
 */
record Answer(PenDrawing drawing, Reading reading) {
    Verdict verdict() {
        if (reading.isRefused()) {
            return Verdict.REFUSED;
        }
        if (!reading.isLegible()) {
            return Verdict.FLAGGED;
        }
        return reading.label().equals(drawing.label()) ? Verdict.RIGHT : Verdict.WRONG;
    }
}
