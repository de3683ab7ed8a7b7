package ink.neural.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ink.neural.Writing;
import ink.neural.decoding.DecodingOptions;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Box;
import ink.neural.ink.Components;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextReaderTest {
    private static final LoadedModel CHARACTERS = LoadedModel.load(ModelFiles.bundled());
    private static final TextReader READER = TextReader.load(new ModelFiles(Optional.empty(), "text"), CHARACTERS);
    private static final DecodingOptions DICTIONARY =
            new DecodingOptions(Optional.empty(), Optional.empty(), Optional.empty(), true, "");

    @AfterAll
    static void close() {
        READER.close();
        CHARACTERS.close();
    }

    private static Line line(String text) {
        return line(Writing.of(text));
    }

    private static Line line(Writing writing) {
        byte[] png = writing.png();
        List<Line> lines = READER.lines(InkExtractor.extractText(new DrawingDecoder(10_000, 10_000_000).decode(png)));
        assertEquals(1, lines.size());
        return lines.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bed", "HELP ME", "red kite"})
    void readsTextOnALine(String text) {
        Reading reading = READER.read(line(text), DICTIONARY, 3).reading();
        assertEquals(text, reading.candidates().get(0).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"20731", "SOBER", "robots", "AB2075"})
    void charactersInBoxesHelpEachOther(String text) {
        Reading reading = READER.read(line(Writing.form(text)), DICTIONARY, 3).reading();
        assertEquals(text, reading.candidates().get(0).text());
    }

    @Test
    void framesOfALineOfWordsRunFromLeftToRight() {
        Line line = line("red kite");
        Frames frames = READER.infer(line, DecodingOptions.NONE);
        double[] sorted = frames.columns().clone();
        Arrays.sort(sorted);
        assertEquals(Arrays.toString(sorted), Arrays.toString(frames.columns()));
    }

    @Test
    void boxesOfALineOfWordsFollowEachOther() {
        Reading reading = READER.read(line("red kite"), DICTIONARY, 1).reading();
        List<Box> boxes = reading.characters().stream()
                .filter(character -> !character.label().equals(" "))
                .map(Reading.ReadCharacter::box)
                .toList();
        assertEquals(7, boxes.size());
        for (int i = 1; i < boxes.size(); i++) {
            assertTrue(boxes.get(i).left() >= boxes.get(i - 1).right() - 2, "box " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bed", "71039"})
    void theBoxOfACharacterThatTouchesNoOtherIsThatOfItsInk(String text) {
        Line line = line(text);
        Components components = Components.of(((LineImage) line).line().ink());
        List<Box> inked = IntStream.of(components.roots())
                .mapToObj(root -> components
                        .box(root)
                        .move(
                                ((LineImage) line).line().left(),
                                ((LineImage) line).line().top()))
                .sorted(Comparator.comparingInt(Box::left))
                .toList();
        assertEquals(text.length(), inked.size());
        List<Reading.ReadCharacter> read =
                READER.read(line, DICTIONARY, 1).reading().characters();
        for (int i = 0; i < inked.size(); i++) {
            assertEquals(inked.get(i).left(), read.get(i).box().left(), 2, text + " " + i);
            assertEquals(inked.get(i).right(), read.get(i).box().right(), 2, text + " " + i);
        }
    }
}
