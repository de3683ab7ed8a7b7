package ink.neural.robustness;

import ink.neural.drawing.InvalidImageException;
import ink.neural.ink.EmptyDrawingException;
import ink.neural.ink.Ink;
import ink.neural.robustness.Benchmark.Case;
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
 * Shows pictures beside the ink that was found on them, a PNG file for each kind and strength, the wrong ones first.
 *
 * @param benchmark renders the pictures again
 * @param folder where the files go
 */
record ContactSheet(Benchmark benchmark, Path folder) {
    private static final int CELL = 150;
    private static final int CAPTION = 16;
    private static final int COLUMNS = 4;
    private static final int ROWS = 5;
    private static final List<Verdict> ORDER = List.of(Verdict.WRONG, Verdict.REFUSED, Verdict.FLAGGED, Verdict.RIGHT);

    /** Writes a sheet for each case, and one for the confident answers to empty pictures. */
    void write(Report report) throws IOException {
        Files.createDirectories(folder);
        report.cases().parallelStream().forEach(each -> {
            List<Cell> cells = report.answers().getOrDefault(each, List.of()).stream()
                    .sorted(Comparator.comparing(answer -> ORDER.indexOf(answer.verdict())))
                    .map(answer -> new Cell(each, answer))
                    .toList();
            write("%s-%s-%d.png".formatted(each.kind().group, each.kind(), each.strength()), cells);
        });
        write(
                "empty-confident.png",
                report.confidentOnEmpty().stream()
                        .map(wrong -> new Cell(wrong.picture(), wrong.answer()))
                        .toList());
    }

    private record Cell(Case picture, Answer answer) {
        String caption() {
            Reading reading = answer.reading();
            return "%s: %s %.0f%% legible %.2f  %s"
                    .formatted(
                            answer.drawing().label(),
                            reading.label(),
                            100 * reading.confidence(),
                            reading.legibility(),
                            answer.verdict() == Verdict.RIGHT ? "" : answer.verdict());
        }
    }

    private void write(String name, List<Cell> cells) {
        int shown = Math.min(cells.size(), COLUMNS * ROWS);
        int rows = (shown + COLUMNS - 1) / COLUMNS;
        if (shown == 0) {
            return;
        }
        BufferedImage sheet =
                new BufferedImage(COLUMNS * (2 * CELL + 8), rows * (CELL + CAPTION), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setBackground(new Color(0x606080));
        graphics.clearRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int i = 0; i < shown; i++) {
            graphics.translate(i % COLUMNS * (2 * CELL + 8), i / COLUMNS * (CELL + CAPTION));
            draw(graphics, cells.get(i));
            graphics.translate(-(i % COLUMNS) * (2 * CELL + 8), -(i / COLUMNS) * (CELL + CAPTION));
        }
        graphics.dispose();
        try {
            Files.write(folder.resolve(name), ImageFiles.png(sheet));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void draw(Graphics2D graphics, Cell cell) {
        byte[] file = benchmark.file(cell.answer.drawing(), cell.picture);
        ImageFiles.read(file).ifPresent(picture -> draw(graphics, picture, 0));
        try {
            draw(graphics, image(benchmark.reader().ink(file)), CELL + 2);
        } catch (EmptyDrawingException | InvalidImageException nothing) {
            graphics.setColor(Color.LIGHT_GRAY);
            graphics.fillRect(CELL + 2, 0, CELL, CELL);
        }
        graphics.setColor(cell.answer.verdict() == Verdict.WRONG ? Color.ORANGE : Color.WHITE);
        graphics.drawString(cell.caption(), 2, CELL + CAPTION - 4);
    }

    /** Fits a picture into a cell. */
    private static void draw(Graphics2D graphics, BufferedImage picture, int left) {
        double scale = (double) CELL / Math.max(picture.getWidth(), picture.getHeight());
        graphics.drawImage(
                picture,
                left,
                0,
                (int) Math.max(1, picture.getWidth() * scale),
                (int) Math.max(1, picture.getHeight() * scale),
                null);
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
