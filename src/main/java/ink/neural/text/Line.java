package ink.neural.text;

/** Something on a picture that is read at once: a line of text, or a row of boxes with a character each. */
public sealed interface Line permits LineImage, BoxedLine {
    /**
     * The columns that the network reads, which tell how much work the line is.
     *
     * @return at least 4
     */
    int width();

    /**
     * The row of the picture where the line begins.
     *
     * @return at least 0
     */
    int top();
}
