package ink.neural.bulk;

import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveEntry;

/**
 * What the archives have in common. Nothing is written to disk, so the names of entries cannot lead anywhere. An entry is in
 * memory only if it is no larger than an image file may be.
 *
 * @param source the archive's path
 * @param maxFile the most bytes of an image file
 */
record Archive(String source, int maxFile) {
    private static final Pattern OTHERS =
            Pattern.compile("(?i).*\\.(gz|tgz|bz2|tbz2?|xz|txz|zst|tzst|lz4|lzma|7z|rar|cab|cpio|iso)");

    /** Whether a file is compressed, or an archive, of a kind that cannot be read. */
    static boolean isOfOtherKind(String name) {
        return OTHERS.matcher(name).matches();
    }

    /** Whether an entry is a file, and none of those that systems leave behind. */
    static boolean isVisibleFile(ArchiveEntry entry) {
        return !entry.isDirectory() && Stream.of(entry.getName().split("/")).noneMatch(Inputs::isHidden);
    }

    /** The source of an entry. */
    String source(String entry) {
        return source + "!/" + entry.replaceFirst("^(\\./)+", ""); // tar writes them for its own folder
    }

    /** Reads the picture of an entry. */
    Picture picture(String entry, InputStream content) throws IOException {
        if (PictureReader.isContainer(entry)) {
            return problem(entry, "An archive or a file of many pictures within an archive is not opened. Unpack it.");
        }
        try {
            return Picture.of(source(entry), TooLargeException.readAtMost(content, maxFile));
        } catch (ProblemException tooLarge) {
            return Picture.unreadable(source(entry), tooLarge.problem(), tooLarge.getMessage());
        } catch (OutOfMemoryError e) {
            return Picture.damaged(source(entry), e);
        }
    }

    /** What becomes of an entry that has no picture that can be read. */
    Picture problem(String entry, String detail) {
        return Picture.unreadable(source(entry), Problem.NOT_AN_IMAGE, detail);
    }
}
