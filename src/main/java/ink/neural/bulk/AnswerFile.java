package ink.neural.bulk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.utils.BoundedSeekableByteChannelInputStream;

/**
 * A file with an answer on each line. It keeps the answers that are in it. An unfinished line at its end is dropped once all
 * lines before it have been read, so that nothing is cut off a file of something else.
 */
final class AnswerFile implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private static final String NO_ANSWERS =
            "%s has something else than the answers of these options. Choose another file, or use --overwrite.";
    private static final String NO_ANSWER = "Line %d of %s is no answer. Choose another file, or use --overwrite.";

    private final Path path;
    private final FileChannel file;
    private final InputStream written;
    private final AnswerFormat format;
    /** The position after the last complete line. */
    private final long end;

    private long line;
    private boolean isAtEnd;

    private AnswerFile(Path path, AnswerFormat format, FileChannel file, long end) {
        this.path = path;
        this.file = file;
        this.format = format;
        this.end = end;
        written = new BufferedInputStream(new BoundedSeekableByteChannelInputStream(0, end, file), BLOCK);
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
            if (!overwrite && !isOf(format, file)) {
                throw new BulkException(NO_ANSWERS.formatted(path));
            }
            AnswerFile answers = new AnswerFile(path, format, file, overwrite ? 0 : endOfLastLine(file));
            if (format.header().isPresent()) {
                answers.nextLine();
            }
            return answers;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The system drops the lock when this process closes the file, even if it has opened it twice. So it opens it once. */
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

    /** Whether a file begins as those of a format do. It may be shorter than that if the run was ended. */
    private static boolean isOf(AnswerFormat format, FileChannel file) throws IOException {
        byte[] start = format.start().getBytes(StandardCharsets.UTF_8);
        byte[] head = read(file, 0, (int) Math.min(file.size(), start.length));
        return Arrays.equals(head, Arrays.copyOf(start, head.length));
    }

    /** The position after the last line break. */
    private static long endOfLastLine(FileChannel file) throws IOException {
        for (long end = file.size(); end > 0; end -= BLOCK) {
            long start = Math.max(0, end - BLOCK);
            byte[] block = read(file, start, (int) (end - start));
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    private static byte[] read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {}
        return bytes.array();
    }

    /** The next answer that was in the file when it was opened. All must be read before one is added. */
    Optional<AnswerLine> nextWritten() {
        if (isAtEnd) {
            return Optional.empty();
        }
        try {
            String next = nextLine();
            if (next != null) {
                return Optional.of(new AnswerLine(next, format.parse(next)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BulkException(NO_ANSWER.formatted(line, path));
        }
        isAtEnd = true;
        dropUnfinishedLine();
        return Optional.empty();
    }

    private void dropUnfinishedLine() {
        try {
            file.truncate(end);
            file.position(end);
        } catch (IOException e) {
            throw BulkException.cannotWrite(path, e, "Choose another file.");
        }
        if (end == 0) {
            format.header().ifPresent(this::append);
        }
    }

    /** The next line; null at the end. Each is decoded by itself, so that the number of one that is not UTF-8 is right. */
    private String nextLine() throws IOException {
        line++;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = written.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = written.read()) {
            bytes.write(next);
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
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
        file.close();
    }
}
