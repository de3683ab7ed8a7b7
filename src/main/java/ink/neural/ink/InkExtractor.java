package ink.neural.ink;

import ink.neural.drawing.Drawing;
import ink.neural.ink.Ink.Box;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out what is ink on a picture, whatever its paper. */
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

    static Ink extractFrom(Channel picture) {
        Box inside = Margins.inside(picture);
        Channel cropped = picture.crop(inside);
        Optional<Sheet> sheet = Sheet.find(cropped);
        if (sheet.isPresent()) {
            cropped = sheet.get().crop(cropped);
            inside = sheet.get().box().move(inside.left(), inside.top());
        }
        return strokes(new Contrast(cropped)).paint(picture.width(), picture.height(), inside);
    }

    private static Strokes strokes(Contrast contrast) {
        Optional<Boolean> dark = contrast.isInkDark();
        if (dark.isPresent()) {
            return (dark.get() ? Strokes.of(contrast.ofDarkInk()) : Strokes.of(contrast.ofLightInk()))
                    .orElseThrow(EmptyDrawingException::new);
        }
        return Stream.of(Strokes.of(contrast.ofDarkInk()), Strokes.of(contrast.ofLightInk()))
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(Strokes::slenderness))
                .orElseThrow(EmptyDrawingException::new);
    }
}
