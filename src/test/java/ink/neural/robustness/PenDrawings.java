package ink.neural.robustness;

import ink.neural.Golden;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The drawings of the benchmark: the golden drawings, and drawings from UNIPEN by writers that training never sees.
 *
 * <p>{@code training/prepare.py} holds out about an eighth of the writers of each site, with a random permutation of NumPy.
 * The file {@code held-out-writers.txt} lists them. The golden drawings are by these writers too.
 */
final class PenDrawings {
    private static final int SEED = 22;
    private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DAMAGED_SITE = "ibm:";

    private PenDrawings() {}

    /** The golden drawings, on their canvases of 280 x 280 pixels. */
    static List<PenDrawing> golden() {
        try (JsonReader reader = Json.createReader(Golden.class.getResourceAsStream("/golden/drawings.json"))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(PenDrawings::golden)
                    .toList();
        }
    }

    private static PenDrawing golden(JsonObject drawing) {
        List<float[]> strokes = drawing.getJsonArray("strokes").getValuesAs(JsonArray.class).stream()
                .map(PenDrawings::stroke)
                .toList();
        return PenDrawing.of(
                drawing.getString("name"),
                drawing.getString("label"),
                PenDrawing.CANVAS,
                PenDrawing.CANVAS,
                (float) drawing.getJsonNumber("brush").doubleValue(),
                strokes);
    }

    private static float[] stroke(JsonArray points) {
        float[] stroke = new float[2 * points.size()];
        for (int i = 0; i < stroke.length; i++) {
            JsonValue coordinate = points.getJsonArray(i / 2).get(i % 2);
            stroke[i] = (float) ((JsonNumber) coordinate).doubleValue();
        }
        return stroke;
    }

    /**
     * Drawings from UNIPEN, as many of each of the 62 characters, each somewhere on a canvas with a brush of 2 to 12 % of its
     * size.
     *
     * @param file UNIPEN's train_r01_v07 as the arrays that {@code training/unipen.py} reads
     */
    static List<PenDrawing> unipen(Path file, int perCharacter) throws IOException {
        try (Npz data = new Npz(file)) {
            float[] points = data.floats("points");
            long[] strokes = data.longs("stroke_offsets");
            long[] characters = data.longs("char_offsets");
            List<PenDrawing> drawings = new ArrayList<>();
            List<List<Integer>> chosen = choose(data, perCharacter);
            for (int label = 0; label < chosen.size(); label++) {
                for (int i : chosen.get(label)) {
                    List<float[]> written = new ArrayList<>();
                    for (int s = (int) characters[i]; s < characters[i + 1]; s++) {
                        written.add(Arrays.copyOfRange(points, 2 * (int) strokes[s], 2 * (int) strokes[s + 1]));
                    }
                    drawings.add(placed("unipen-" + i, CHARACTERS.substring(label, label + 1), written, i));
                }
            }
            return drawings;
        }
    }

    /** Indices of drawings for each character, by held-out writers, in random order. */
    private static List<List<Integer>> choose(Npz data, int perCharacter) throws IOException {
        byte[] labels = data.bytes("labels");
        byte[] duplicate = data.bytes("dup");
        byte[] degenerate = data.bytes("degenerate");
        String[] writers = data.strings("writers");
        Set<String> heldOut = heldOutWriters();
        List<List<Integer>> choices = new ArrayList<>();
        for (int label = 0; label < CHARACTERS.length(); label++) {
            choices.add(new ArrayList<>());
        }
        for (int i = 0; i < labels.length; i++) {
            if (duplicate[i] == 0
                    && degenerate[i] == 0
                    && heldOut.contains(writers[i])
                    && !writers[i].startsWith(DAMAGED_SITE)) {
                choices.get(labels[i]).add(i);
            }
        }
        for (List<Integer> indices : choices) {
            Collections.shuffle(indices, new Random(SEED));
        }
        return choices.stream()
                .map(indices -> indices.subList(0, Math.min(perCharacter, indices.size())))
                .toList();
    }

    private static Set<String> heldOutWriters() throws IOException {
        try (InputStream in = PenDrawings.class.getResourceAsStream("held-out-writers.txt")) {
            Set<String> writers = new HashSet<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(writers::add);
            return writers;
        }
    }

    /** Four in five on a canvas of 280 x 280 pixels, the others on a smaller or larger one. */
    private static PenDrawing placed(String name, String label, List<float[]> strokes, int index) {
        SplittableRandom random = new SplittableRandom(SEED + index);
        int width = random.nextInt(5) > 0 ? PenDrawing.CANVAS : random.nextInt(160, 481);
        int height = width == PenDrawing.CANVAS ? width : random.nextInt(160, 481);
        double size = Math.min(width, height) * random.nextDouble(0.28, 0.78);
        double brush = Math.max(2, size * Math.exp(random.nextDouble(Math.log(0.02), Math.log(0.12))));
        PenDrawing fitted =
                PenDrawing.of(name, label, width, height, 0, strokes).placed(width, height, 0, 0, size);
        double reach = (size + brush) / 2 + 3;
        return fitted.withBrush(brush)
                .placed(
                        width,
                        height,
                        random.nextDouble(reach, width - reach),
                        random.nextDouble(reach, height - reach),
                        size + brush);
    }

    /**
     * All golden drawings and those from UNIPEN in a random order that is always the same.
     *
     * @param unipen file of {@link #unipen}
     */
    static List<PenDrawing> all(Path unipen, int perCharacter) {
        try {
            List<PenDrawing> drawings = new ArrayList<>(golden());
            drawings.addAll(unipen(unipen, perCharacter));
            Collections.shuffle(drawings, new Random(SEED));
            return drawings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
