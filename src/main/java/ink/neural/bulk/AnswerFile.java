package ink.neural.bulk;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A file with an answer on each line. It keeps the answers that are in it, except for an unfinished line at its end. */
final class AnswerFile implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private static final String NO_ANSWERS =
            "%s has something else than the answers of these options. Choose another file, or use --overwrite.";
    private static final String NO_ANSWER = "Line %d of %s is no answer. Choose another file, or use --overwrite.";

    private final Path path;
    private final FileChannel file;
    private final BufferedReader written;
    private final AnswerFormat format;
    private long line;
    private boolean isAtEnd;

    private AnswerFile(Path path, AnswerFormat format, FileChannel file) throws IOException {
        this.path = path;
        this.file = file;
        this.format = format;
        written = Files.newBufferedReader(path);
    }

    /**
     * Opens a file, which may have the answers of a run that was ended.
     *
     * @param path the file, which need not exist
     * @param format writes and reads its lines
     * @param overwrite whether to drop the answers in it
     * @throws BulkException if another run writes to it, or it was written with other options, or it cannot be written
     */
    static AnswerFile open(Path path, AnswerFormat format, boolean overwrite) {
        try {
            return open(
                    FileChannel.open(
                            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    path,
                    format,
                    overwrite);
        } catch (IOException e) {
            throw BulkException.cannotWrite(path, e, "Choose another file.");
        }
    }

    private static AnswerFile open(FileChannel file, Path path, AnswerFormat format, boolean overwrite)
            throws IOException {
        try {
            lock(file, path);
            long end = overwrite ? 0 : endOfLastLine(file);
            if (!overwrite) {
                requireAnswers(path, end, format);
            }
            file.truncate(end);
            file.position(file.size());
            AnswerFile answers = new AnswerFile(path, format, file);
            answers.requireHeader();
            return answers;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // The same process writes to it.
        }
        throw new BulkException("Another run is writing to %s.".formatted(path));
    }

    /** The position after the last line break. */
    private static long endOfLastLine(FileChannel file) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = file.size(); end > 0; end -= BLOCK) {
            long start = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && file.read(block, start + block.position()) >= 0) {}
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    /** Refuses a file of something else before anything is cut off it. A first line may be incomplete if the run was ended. */
    private static void requireAnswers(Path path, long end, AnswerFormat format) throws IOException {
        String first;
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            first = lines.readLine();
        } catch (CharacterCodingException e) {
            throw new BulkException(NO_ANSWERS.formatted(path));
        }
        if (first == null) {
            return;
        }
        String start = format.start();
        if (!first.startsWith(start) && (end > 0 || !start.startsWith(first))) {
            throw new BulkException(NO_ANSWERS.formatted(path));
        }
    }

    private void requireHeader() throws IOException {
        if (format.header().isEmpty()) {
            return;
        }
        if (file.size() == 0) {
            append(format.header().get());
        }
        if (!format.header().get().equals(nextLine())) {
            throw new BulkException(NO_ANSWERS.formatted(path));
        }
    }

    /** The next answer that was in the file when it was opened. All must be read before one is added. */
    Optional<AnswerLine> nextWritten() {
        try {
            String next = isAtEnd ? null : nextLine();
            isAtEnd = next == null; // lines that are added later are not read
            return Optional.ofNullable(next).map(text -> new AnswerLine(text, format.parse(text)));
        } catch (IOException | IllegalArgumentException e) {
            throw new BulkException(NO_ANSWER.formatted(line, path));
        }
    }

    private String nextLine() throws IOException {
        line++;
        return written.readLine();
    }

    /** Adds a line. It is in the file when this returns. */
    void append(String answer) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw BulkException.cannotWrite(
                    path, e, "The answers in it stay. Type the same command again to go on after them.");
        }
    }

    @Override
    public void close() throws IOException {
        written.close();
        file.close();
    }
}
