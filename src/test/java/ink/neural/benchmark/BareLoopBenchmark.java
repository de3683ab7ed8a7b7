package ink.neural.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelDescriptor.Cascade;
import ink.neural.recognition.ModelFiles;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Measures a lower bound for the cost of a prediction: loops on one thread, without HTTP and JSON.
 *
 * <pre>java ... ink.neural.benchmark.BareLoopBenchmark FOLDER SECONDS</pre>
 *
 * FOLDER contains requests, {@code *.json}. Each loop runs SECONDS to warm up and SECONDS measured. The output is JSON: for
 * each loop the wall-clock time and the CPU time per drawing in microseconds. The loops are
 *
 * <ul>
 *   <li>{@code pipeline}: from the data URL to three characters, and its four stages {@code data URL}, {@code decode},
 *       {@code normalise} and {@code recognise}
 *   <li>{@code network}: ONNX Runtime alone, with a tensor made beforehand
 *   <li>{@code inflate}: decompression of the PNG's pixels alone
 *   <li>{@code inflate raw}: the same without zlib's checksum
 * </ul>
 */
public final class BareLoopBenchmark {
    private static final int PNG_SIGNATURE_LENGTH = 8;
    private static final int CRC_LENGTH = 4;
    private static final int IDAT = 0x49444154;
    private static final int ZLIB_HEADER_LENGTH = 2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private BareLoopBenchmark() {}

    private interface Operation {
        void run(int drawing) throws Exception;
    }

    /**
     * Runs the loops and prints their times.
     *
     * @param args the arguments that the class comment describes
     * @throws Exception if a file cannot be read
     */
    public static void main(String[] args) throws Exception {
        List<String> urls = urls(Path.of(args[0]));
        double seconds = Double.parseDouble(args[1]);
        DrawingDecoder decoder = new DrawingDecoder(4096, 1024 * 1024);
        try (LoadedModel model = LoadedModel.load(ModelFiles.bundled());
                OrtSession session = session(model)) {
            List<Glyph> glyphs = urls.stream()
                    .map(url -> model.normalize(InkExtractor.extract(decoder.decode(DataUrl.decode(url)))))
                    .toList();
            List<byte[]> deflated =
                    urls.stream().map(url -> deflated(DataUrl.decode(url))).toList();
            byte[] inflated = new byte[1 << 15];
            Map<String, OnnxTensor> tensors = inputs(model, glyphs.get(0));
            List<byte[]> files = urls.stream().map(DataUrl::decode).toList();
            List<Drawing> drawings = files.stream().map(decoder::decode).toList();
            Map<String, Operation> loops = new LinkedHashMap<>();
            loops.put("pipeline", i -> model.recognize(
                            model.normalize(InkExtractor.extract(decoder.decode(DataUrl.decode(urls.get(i))))))
                    .top(3));
            loops.put("data URL", i -> DataUrl.decode(urls.get(i)));
            loops.put("decode", i -> decoder.decode(files.get(i)));
            loops.put("normalise", i -> model.normalize(InkExtractor.extract(drawings.get(i))));
            loops.put("recognise", i -> model.recognize(glyphs.get(i)).top(3));
            loops.put("network", i -> session.run(tensors).close());
            loops.put("inflate", i -> inflate(new Inflater(), deflated.get(i), 0, inflated));
            loops.put("inflate raw", i -> inflate(new Inflater(true), deflated.get(i), ZLIB_HEADER_LENGTH, inflated));
            StringJoiner json = new StringJoiner(",", "{", "}");
            for (Map.Entry<String, Operation> loop : loops.entrySet()) {
                json.add("\"%s\":%s".formatted(loop.getKey(), measure(loop.getValue(), urls.size(), seconds)));
            }
            System.out.println(json);
        }
    }

    private static List<String> urls(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(BareLoopBenchmark::url)
                    .toList();
        }
    }

    private static String url(Path file) {
        try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject().getString("image");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OrtSession session(LoadedModel model) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        byte[] onnx = ModelFiles.bundled().read(model.descriptor().file());
        return OrtEnvironment.getEnvironment().createSession(onnx, options);
    }

    /** The inputs of a network, which takes the prior and its threshold as well if it is a cascade. */
    private static Map<String, OnnxTensor> inputs(LoadedModel model, Glyph glyph) throws OrtException {
        Map<String, OnnxTensor> inputs = new HashMap<>();
        inputs.put("image", tensor(glyph.pixels(), 1, 1, glyph.size(), glyph.size()));
        Optional<Cascade> cascade = model.descriptor().cascade();
        if (cascade.isPresent()) {
            int classes = model.labels().size();
            float threshold =
                    cascade.get().thresholds().get(LoadedModel.PREDICT).floatValue();
            inputs.put("log_prior", tensor(new float[classes], classes));
            inputs.put("threshold", tensor(new float[] {threshold}, 1));
        }
        return inputs;
    }

    private static OnnxTensor tensor(float[] values, long... shape) throws OrtException {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * values.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(values)
                .rewind();
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape);
    }

    /** The compressed data in the IDAT chunks of a PNG file. */
    private static byte[] deflated(byte[] png) {
        ByteBuffer in = ByteBuffer.wrap(png).position(PNG_SIGNATURE_LENGTH);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (in.hasRemaining()) {
            int length = in.getInt();
            if (in.getInt() == IDAT) {
                data.write(png, in.position(), length);
            }
            in.position(in.position() + length + CRC_LENGTH);
        }
        return data.toByteArray();
    }

    private static void inflate(Inflater inflater, byte[] deflated, int from, byte[] inflated)
            throws DataFormatException {
        inflater.setInput(deflated, from, deflated.length - from);
        while (!inflater.finished()) {
            inflater.inflate(inflated);
        }
        inflater.end();
    }

    private static String measure(Operation operation, int drawings, double seconds) throws Exception {
        run(operation, drawings, seconds);
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        int runs = run(operation, drawings, seconds);
        return "{\"wall\":%.1f,\"cpu\":%.1f}"
                .formatted(
                        (System.nanoTime() - start) / 1e3 / runs,
                        (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / runs);
    }

    private static int run(Operation operation, int drawings, double seconds) throws Exception {
        long end = System.nanoTime() + (long) (1e9 * seconds);
        int runs = 0;
        while (System.nanoTime() < end) {
            operation.run(runs++ % drawings);
        }
        return runs;
    }
}
