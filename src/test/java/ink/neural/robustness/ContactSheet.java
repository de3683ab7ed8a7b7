package ink.neural.robustness;

import ink.neural.drawing.InvalidImageException;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.Ink;
import ink.neural.robustness.Benchmark.Case;
import ink.neural.robustness.Benchmark.CaseAnswer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Shows pictures beside the ink that was found on them and the answer.
 *
 * @param benchmark renders the pictures again
 * @param folder where the files go
 */
record ContactSheet(Benchmark benchmark, Path folder) {
    private static final int CELL = 150;
    private static final int GAP = 8;
    private static final int CAPTION = 16;
    private static final int COLUMNS = 4;
    private static final int SHOWN = 20;
    private static final List<Verdict> ORDER = List.of(Verdict.WRONG, Verdict.REFUSED, Verdict.FLAGGED, Verdict.RIGHT);

    /** A picture, its ink and a line of text. */
    private record Cell(Case picture, Answer answer, String caption) {
        static Cell of(Case picture, Answer answer) {
            Reading reading = answer.reading();
            String caption = "%s: %s %.0f%% legible %.2f  %s"
                    .formatted(
                            answer.drawing().label(),
                            reading.label(),
                            100 * reading.confidence(),
                            reading.legibility(),
                            answer.verdict() == Verdict.RIGHT ? "" : answer.verdict());
            return new Cell(picture, answer, caption);
        }
    }

    /**
     * Writes a file for each case, with the wrong answers first; {@code empty.png} with the confident answers to empty
     * pictures; and {@code overview.jpg} with a picture of each kind at its strongest, not chosen by its answer.
     */
    void write(Report report) throws IOException {
        Files.createDirectories(folder);
        report.cases().parallelStream()
                .forEach(each -> write(
                        "%s-%s-%d.png".formatted(each.kind().group, each.kind(), each.strength()),
                        worstFirst(each, report.answers(each))));
        write("empty.png", confident(report.confidentOnEmpty()));
        Files.write(folder.resolve("overview.jpg"), ImageFiles.jpeg(sheet(overview(report)), 0.8));
    }

    private static List<Cell> worstFirst(Case each, List<Answer> answers) {
        return answers.stream()
                .sorted(Comparator.comparing(answer -> ORDER.indexOf(answer.verdict())))
                .limit(SHOWN)
                .map(answer -> Cell.of(each, answer))
                .toList();
    }

    private static List<Cell> confident(List<CaseAnswer> answers) {
        return answers.stream()
                .map(wrong -> new Cell(
                        wrong.picture(),
                        wrong.answer(),
                        wrong.picture().kind() + " " + Cell.of(wrong.picture(), wrong.answer()).caption))
                .limit(SHOWN)
                .toList();
    }

    private static List<Cell> overview(Report report) {
        return report.cases().stream()
                .filter(each -> each.strength() == Strength.STRONGEST)
                .filter(each -> !report.answers(each).isEmpty())
                .map(each -> overview(each, report.answers(each)))
                .toList();
    }

    private static Cell overview(Case each, List<Answer> answers) {
        Answer any = answers.get(each.kind().ordinal() % answers.size());
        return new Cell(each, any, each.kind() + ": " + any.reading().label());
    }

    private void write(String name, List<Cell> cells) {
        if (!cells.isEmpty()) {
            try {
                Files.write(folder.resolve(name), ImageFiles.png(sheet(cells)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private BufferedImage sheet(List<Cell> cells) {
        int rows = (cells.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage sheet =
                new BufferedImage(COLUMNS * (2 * CELL + GAP), rows * (CELL + CAPTION), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setBackground(new Color(0x606080));
        graphics.clearRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < cells.size(); i++) {
            draw(graphics, cells.get(i), i % COLUMNS * (2 * CELL + GAP), i / COLUMNS * (CELL + CAPTION));
        }
        graphics.dispose();
        return sheet;
    }

    private void draw(Graphics2D graphics, Cell cell, int left, int top) {
        byte[] file = benchmark.file(cell.answer.drawing(), cell.picture);
        ImageFiles.read(file).ifPresent(picture -> draw(graphics, picture, left, top));
        try {
            draw(graphics, image(benchmark.reader().ink(file)), left + CELL + 2, top);
        } catch (EmptyDrawingException | InvalidImageException nothing) {
            graphics.setColor(Color.LIGHT_GRAY);
            graphics.fillRect(left + CELL + 2, top, CELL, CELL);
        }
        graphics.setColor(cell.answer.verdict() == Verdict.RIGHT ? Color.WHITE : Color.ORANGE);
        graphics.drawString(cell.caption, left + 2, top + CELL + CAPTION - 4);
    }

    /** Fits a picture into a cell. */
    private static void draw(Graphics2D graphics, BufferedImage picture, int left, int top) {
        double scale = (double) CELL / Math.max(picture.getWidth(), picture.getHeight());
        int width = (int) Math.max(1, picture.getWidth() * scale);
        int height = (int) Math.max(1, picture.getHeight() * scale);
        graphics.drawImage(picture, left, top, width, height, null);
    }

    /** Ink in black on white. */
    private static BufferedImage image(Ink ink) {
        BufferedImage image = new BufferedImage(ink.width(), ink.height(), BufferedImage.TYPE_INT_RGB);
        float peak = 1;
        for (int i = 0; i < ink.levels().length; i++) {
            peak = Math.max(peak, ink.density(i));
        }
        for (int i = 0; i < ink.levels().length; i++) {
            int grey = Math.round(255 * (1 - ink.density(i) / peak));
            image.setRGB(i % ink.width(), i / ink.width(), Colours.grey(grey));
        }
        return image;
    }
}
