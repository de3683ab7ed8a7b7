package ink.neural.bulk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The run cannot go on. The message tells a person why. */
final class BulkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BulkException(String message) {
        super(message);
    }

    /** Memory ran out for more than one picture. */
    static BulkException outOfMemory() {
        return new BulkException("Memory ran out. Give Java more, such as JAVA_OPTS=-Xmx4g, or use fewer --threads."
                + " Then the same command goes on after the last answer.");
    }

    /** A file cannot be written, because a disk is full, for example. */
    static BulkException cannotWrite(Path file, IOException thrown, String advice) {
        return new BulkException("%s cannot be written: %s. %s".formatted(file, reason(thrown), advice));
    }

    private static String reason(IOException thrown) {
        if (thrown instanceof AccessDeniedException) {
            return "Permission denied";
        }
        // The message of such an exception names only the file.
        return thrown instanceof FileSystemException inFile && inFile.getReason() != null
                ? inFile.getReason()
                : thrown.getMessage();
    }
}
