package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Sketch;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import java.awt.Color;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private static final LineSpec SPEC = new LineSpec(40, 32, 4, 5);

    private static LineImage line(Sketch sketch) {
        Ink ink = InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(sketch.png()))
                .ink();
        return LineImage.of(LineSegmenter.segment(ink).get(0), SPEC, 4000);
    }

    private static Sketch sheet() {
        return Sketch.paper(300, 200, Color.WHITE, Color.BLACK, 6);
    }

    private static Segments segments(LineImage image) {
        double[] columns = IntStream.range(0, image.width() / 2)
                .mapToDouble(frame -> image.pictureColumn(2 * frame + 1))
                .toArray();
        return new Segments(image.line(), new Frames(new float[columns.length][], columns));
    }

    private static List<Integer> segmentsOfFrames(LineImage image) {
        Segments segments = segments(image);
        return IntStream.range(0, image.width() / 2)
                .map(frame -> segments.nearest(frame, segment -> true))
                .distinct()
                .boxed()
                .toList();
    }

    @Test
    void aDotBelongsToTheStemBelowIt() {
        LineImage image =
                line(sheet().stroke(50, 50, 50, 50).stroke(50, 80, 50, 150).stroke(100, 50, 100, 150));
        assertEquals(List.of(0, 1), segmentsOfFrames(image));
        Ink letter = segments(image).paint(List.of(0), Set.of(0, 1)).get(0);
        assertEquals(
                image.line().ink().boundingBox().height(), letter.boundingBox().height(), 1);
        assertTrue(letter.boundingBox().width() < 12);
    }

    @Test
    void strokesThatTouchAreOneSegment() {
        LineImage image = line(sheet().stroke(50, 50, 50, 150, 100, 150).stroke(100, 50, 100, 150));
        assertEquals(List.of(0), segmentsOfFrames(image));
    }

    @Test
    void aSegmentThatIsNoGlyphIsPartOfTheNearest() {
        LineImage image = line(
                sheet().stroke(50, 50, 50, 150).stroke(75, 50, 62, 100, 75, 150).stroke(150, 50, 150, 150));
        assertEquals(List.of(0, 1, 2), segmentsOfFrames(image));
        List<Ink> glyphs = segments(image).paint(List.of(0, 2), Set.of(0, 2));
        assertEquals(31, glyphs.get(0).boundingBox().width(), 3);
        assertEquals(6, glyphs.get(1).boundingBox().width(), 2);
    }
}
