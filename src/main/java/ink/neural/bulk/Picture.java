package ink.neural.bulk;

import ink.neural.drawing.DrawingDecoder;
import ink.neural.drawing.ImageFile;
import ink.neural.prediction.Predictor;
import ink.neural.prediction.Predictor.Seen;
import ink.neural.problem.Problem;
import ink.neural.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture of the input.
 *
 * @param source its file, and where it is in there
 * @param label the character on it, if the input says so
 * @param size the bytes it takes in memory while it waits
 * @param content sees the picture, or tells what is wrong with it
 */
record Picture(String source, Optional<String> label, int size, Content content) {
    /** The picture itself. */
    @FunctionalInterface
    interface Content {
        /** Decodes the picture and looks for the character on it. */
        Seen see(Predictor predictor, DrawingDecoder decoder) throws IOException;
    }

    /** A picture that is an image file in memory. */
    static Picture of(String source, byte[] file) {
        return new Picture(
                source, Optional.empty(), file.length, (predictor, decoder) -> see(file, predictor, decoder));
    }

    /** A picture that cannot be read. */
    static Picture unreadable(String source, Problem problem, String detail) {
        return new Picture(source, Optional.empty(), 0, (predictor, decoder) -> {
            throw new ProblemException(
                    problem, SourceName.CONTROL.matcher(detail).replaceAll(" ")); // each answer is one line
        });
    }

    /** A picture that cannot be read because its file, archive or entry is damaged. */
    static Picture damaged(String source, Throwable damage) {
        ProblemException problem = problem(damage);
        return unreadable(source, problem.problem(), problem.getMessage());
    }

    /** What is wrong, for a person who does not know the program. */
    private static ProblemException problem(Throwable damage) {
        if (damage instanceof OutOfMemoryError) {
            return new ProblemException(
                    Problem.TOO_MANY_PIXELS,
                    "This needs more memory than Java has. Start again with --overwrite and, for example, JAVA_OPTS=-Xmx4g.");
        }
        if (damage instanceof AccessDeniedException) {
            return new ProblemException(Problem.NOT_AN_IMAGE, "You have no permission to read the file.");
        }
        if (damage instanceof NoSuchFileException) {
            return new ProblemException(Problem.NOT_AN_IMAGE, "The file does not exist any more.");
        }
        String reason = damage instanceof EOFException
                ? "it has been cut off"
                : Objects.requireNonNullElse(damage.getMessage(), damage.toString());
        return new ProblemException(
                Problem.NOT_AN_IMAGE,
                "It is damaged or cannot be read to its end: " + reason.replaceFirst("\\.$", "") + ".");
    }

    /** Decodes the picture and looks for the character on it. */
    Seen see(Predictor predictor, DrawingDecoder decoder) {
        try {
            return content.see(predictor, decoder);
        } catch (IOException | OutOfMemoryError e) {
            throw problem(e);
        }
    }

    /** Sees an image file as the server does. */
    static Seen see(byte[] file, Predictor predictor, DrawingDecoder decoder) {
        if (file.length == 0) {
            throw new ProblemException(Problem.NO_IMAGE, "The file is empty.");
        }
        ImageFile image = decoder.parse(file);
        return predictor.see(decoder.decode(image), image.reduction());
    }

    /** A picture whose label is known. */
    Picture labelled(Optional<String> known) {
        return new Picture(source, known, size, content);
    }
}
