package ink.neural.benchmark;

import ink.neural.Golden;
import ink.neural.drawing.DataUrl;
import ink.neural.drawing.Drawing;
import ink.neural.drawing.DrawingDecoder;
import ink.neural.glyph.Glyph;
import ink.neural.ink.InkExtractor;
import ink.neural.recognition.LoadedModel;
import ink.neural.recognition.ModelFiles;
import ink.neural.recognition.Prediction;
import ink.neural.recognition.Recognition;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Microseconds per drawing of each stage and of the whole pipeline: {@code mvn test-compile exec:exec@benchmark}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class PipelineBenchmark {
    /** Width and height of the drawings in pixels. */
    @Param({"280", "560"})
    int side;

    private final DrawingDecoder decoder = new DrawingDecoder(4096, 1024 * 1024);
    private final List<String> urls = new ArrayList<>();
    private final List<byte[]> files = new ArrayList<>();
    private final List<Drawing> drawings = new ArrayList<>();
    private final List<Glyph> glyphs = new ArrayList<>();
    private LoadedModel model;
    private int next;

    /** Scales the golden drawings and encodes them as a canvas would, with colours and alpha. */
    @Setup
    public void prepare() throws IOException {
        model = LoadedModel.load(ModelFiles.bundled());
        for (Golden golden : Golden.all()) {
            BufferedImage grey = ImageIO.read(new ByteArrayInputStream(golden.png()));
            byte[] file = CanvasPng.encode(scaled(grey));
            files.add(file);
            urls.add(DataUrl.encode("image/png", file));
            drawings.add(decoder.decode(file));
            glyphs.add(model.normalize(InkExtractor.extract(drawings.get(drawings.size() - 1))));
        }
    }

    private BufferedImage scaled(BufferedImage image) {
        BufferedImage scaled = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = scaled.createGraphics();
        pen.setComposite(AlphaComposite.Src);
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, side, side, null);
        pen.dispose();
        return scaled;
    }

    @TearDown
    public void close() {
        model.close();
    }

    private int next() {
        next = (next + 1) % files.size();
        return next;
    }

    @Benchmark
    public byte[] dataUrl() {
        return DataUrl.decode(urls.get(next()));
    }

    @Benchmark
    public Drawing decode() {
        return decoder.decode(files.get(next()));
    }

    @Benchmark
    public Glyph normalise() {
        return model.normalize(InkExtractor.extract(drawings.get(next())));
    }

    @Benchmark
    public Recognition infer1() {
        return model.recognize(glyphs.get(next()));
    }

    @Benchmark
    @OperationsPerInvocation(8)
    public List<Recognition> infer8() {
        return model.recognize(glyphs.subList(0, 8), LoadedModel.PREDICT);
    }

    @Benchmark
    @OperationsPerInvocation(32)
    public List<Recognition> infer32() {
        return model.recognize(glyphs.subList(0, 32), LoadedModel.PREDICT);
    }

    @Benchmark
    public List<Prediction> pipeline() {
        byte[] file = DataUrl.decode(urls.get(next()));
        return model.recognize(model.normalize(InkExtractor.extract(decoder.decode(file))))
                .top(3);
    }
}
