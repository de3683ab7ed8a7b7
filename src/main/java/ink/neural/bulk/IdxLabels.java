package ink.neural.bulk;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The labels of the pictures in an IDX file. If something is wrong with them, the next pictures have none, and the problem is
 * told once.
 */
final class IdxLabels {
    private static final int MAGIC = 0x00000801;

    private final DataInputStream file;
    private final List<String> characters;
    private final Consumer<IOException> problems;
    private boolean isUsable;

    /**
     * Labels.
     *
     * @param file has them
     * @param characters the characters of the classes
     * @param problems takes what is wrong with the file
     */
    IdxLabels(InputStream file, List<String> characters, Consumer<IOException> problems) {
        this.file = new DataInputStream(file);
        this.characters = characters;
        this.problems = problems;
    }

    /** Begins with the labels of a number of pictures. */
    void start(long pictures) {
        try {
            Idx.require(file.readInt() == MAGIC, "it is no IDX file of labels");
            long count = Integer.toUnsignedLong(file.readInt());
            Idx.require(count == pictures, "it has %d labels for %d pictures".formatted(count, pictures));
            isUsable = true;
        } catch (IOException e) {
            problems.accept(e);
        }
    }

    /** The character on the next picture, if it is known. */
    Optional<String> next() {
        try {
            return isUsable ? Optional.of(character(file.readUnsignedByte())) : Optional.empty();
        } catch (IOException e) {
            isUsable = false;
            problems.accept(e);
            return Optional.empty();
        }
    }

    private String character(int index) throws IOException {
        Idx.require(
                index < characters.size(),
                "it has a label %d, but the model has the classes 0 to %d".formatted(index, characters.size() - 1));
        return characters.get(index);
    }

    /** Checks that there are no more labels. */
    void end() {
        try {
            Idx.require(!isUsable || file.read() < 0, "it has more labels than there are pictures");
        } catch (IOException e) {
            problems.accept(e);
        }
    }
}
