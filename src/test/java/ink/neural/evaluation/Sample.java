package ink.neural.evaluation;

import ink.neural.drawing.DataUrl;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.ink.Ink;
import ink.neural.ink.InkExtractor;
import ink.neural.ink.TextInk;
import ink.neural.recognition.Guides;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;

/**
 * A picture and what is written on it: a line of the files that {@code training/text/eval_sets.py} writes.
 *
 * @param json the members {@code text}, {@code group} and {@code image}, a data URL; and others
 */
record Sample(JsonObject json) {
    private static final int MAX_SIDE = 10_000;
    private static final int MAX_PIXELS = 10_000_000;
    private static final DrawingDecoder DECODER = new DrawingDecoder(MAX_SIDE, MAX_PIXELS);

    /** Reads a gzip file with a JSON object on each line. */
    static List<Sample> read(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines().map(Sample::parse).toList();
        }
    }

    private static Sample parse(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return new Sample(reader.readObject());
        }
    }

    String text() {
        return json.getString("text");
    }

    String group() {
        return json.getString("group");
    }

    TextInk ink() {
        return InkExtractor.extractText(drawing(json.getString("image")));
    }

    /** The ink of a picture of one character. */
    Ink letter() {
        return ink(json.getString("image"));
    }

    /** The lines that a letter stands on. */
    Guides guides() {
        JsonObject guides = json.getJsonObject("guides");
        return new Guides(
                row(guides, "baseline"),
                OptionalDouble.of(row(guides, "xheight")),
                OptionalDouble.of(row(guides, "capheight")));
    }

    private static double row(JsonObject guides, String name) {
        return guides.getJsonNumber(name).doubleValue();
    }

    /** The ink of a picture of one character, in a data URL. */
    static Ink ink(String image) {
        return InkExtractor.extract(drawing(image));
    }

    private static Drawing drawing(String image) {
        return DECODER.decode(DataUrl.decode(image));
    }
}
