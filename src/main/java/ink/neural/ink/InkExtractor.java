package ink.neural.ink;

import ink.neural.drawing.Drawing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out what is ink on a picture, whatever its paper, light and surroundings.
 *
 * <p>A clean canvas is recognised at once. Of any other picture, one channel is chosen that shows the ink, frames and tables
 * around the paper are cut off, and the paper is estimated under the ink. Strokes are what differs from the paper, less
 * rules, shadows and specks.
 */
public final class InkExtractor {
    private InkExtractor() {}

    /**
     * Extracts the ink of a picture.
     *
     * @param drawing a picture with one character
     * @return the ink, of the same width and height
     * @throws EmptyDrawingException if no ink can be distinguished from the paper
     */
    public static Ink extract(Drawing drawing) {
        return CleanCanvas.extract(drawing).orElseGet(() -> extractFrom(InkChannel.of(drawing)));
    }

    /**
     * Extracts the ink of a picture of text.
     *
     * @param drawing a picture with any number of characters
     * @return the ink, of the same width and height, and the rows of boxes on the paper
     * @throws EmptyDrawingException if no ink can be distinguished from the paper
     */
    public static TextInk extractText(Drawing drawing) {
        return CleanCanvas.extractText(drawing)
                .map(ink -> new TextInk(ink, List.of()))
                .orElseGet(() -> extractFrom(InkChannel.of(drawing), Subject.TEXT));
    }

    static Ink extractFrom(Channel picture) {
        return extractFrom(picture, Subject.CHARACTER).ink();
    }

    private static TextInk extractFrom(Channel picture, Subject subject) {
        Box box = subject == Subject.TEXT ? Margins.insideOfText(picture) : Margins.inside(picture);
        Channel paper = picture.crop(box);
        Optional<Sheet> sheet = Sheet.on(paper);
        if (sheet.isPresent()) {
            paper = sheet.get().crop(paper);
            box = sheet.get().box().move(box.left(), box.top());
        }
        Strokes strokes = strokes(new Contrast(paper), subject);
        return new TextInk(strokes.paint(picture.width(), picture.height(), box), strokes.boxRows(box));
    }

    /** The strokes of dark or light ink. Where that is uncertain, both are tried; boxes have the colour of ink. */
    private static Strokes strokes(Contrast contrast, Subject subject) {
        Optional<Boolean> dark = contrast.isInkDark();
        return Stream.of(true, false)
                .filter(polarity -> dark.isEmpty() || dark.get().equals(polarity))
                .map(polarity -> Strokes.in(polarity ? contrast.ofDarkInk() : contrast.ofLightInk(), subject))
                .flatMap(Optional::stream)
                .max(Comparator.comparing(Strokes::hasBoxRows).thenComparingDouble(Strokes::prominence))
                .orElseThrow(EmptyDrawingException::new);
    }
}
