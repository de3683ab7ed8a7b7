package ink.neural.bulk;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds the files that the arguments name, in an order that does not change: as the arguments stand, and by name within a
 * folder. Only the names of one folder and of those above it are in memory.
 *
 * @param arguments files, folders and glob patterns
 * @param excluded a file that is no input, even if it lies in one of the folders
 */
record Inputs(List<String> arguments, Path excluded) {
    private static final String WILDCARDS = "*?[{";
    private static final String GONE = "The file does not exist any more.";

    /** Something in the input: a file or folder, or what cannot be read as one. */
    record Found(Path path, String problem) {
        boolean isReadable() {
            return problem == null;
        }
    }

    /** Visits all files in order. What is neither a file nor a folder is visited with a problem. */
    void forEach(Consumer<Found> visitor) {
        for (String argument : arguments) {
            Path path = path(argument);
            if (Files.exists(path) || !isPattern(argument)) {
                visit(path, new ArrayDeque<>(), Glob.ALL, visitor);
            } else {
                String folder = fixedPart(argument);
                Glob pattern = Glob.of(escaped(argument).substring(folder.length()));
                visit(path(folder), new ArrayDeque<>(), pattern, visitor);
            }
        }
    }

    /** Why there cannot be files at an argument; empty if there can. A pattern need not match anything. */
    static Optional<String> obstacle(String argument) {
        Path place = path(isPattern(argument) ? fixedPart(argument) : argument);
        if (!argument.isEmpty() && (Files.exists(path(argument)) || Files.exists(place))) {
            return Optional.empty();
        }
        String problem = argument.isEmpty() ? GONE : problem(place);
        return Optional.of(
                GONE.equals(problem)
                        ? "\"%s\" is neither a file, a folder nor a valid pattern.".formatted(argument)
                        : "\"%s\" cannot be read. %s".formatted(argument, problem));
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new BulkException(
                    "%s cannot be the name of a file here. Linux needs LC_ALL=C.UTF-8 for letters that are not"
                                    .formatted(name)
                            + " ASCII.");
        }
    }

    /** Whether the arguments name no file. */
    boolean areNone() {
        long[] files = {0};
        forEach(found -> files[0]++);
        return files[0] == 0;
    }

    /** The bytes of all files. */
    long bytes() {
        long[] bytes = {0};
        forEach(found -> bytes[0] += found.isReadable() ? size(found.path()) : 0);
        return bytes[0];
    }

    /** The bytes of a file; 0 if it does not exist any more. */
    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Windows' separator would escape the character after it. */
    private static String escaped(String argument) {
        return argument.replace(File.separatorChar, '/');
    }

    private static boolean isPattern(String argument) {
        try {
            Glob.of(escaped(argument));
            return argument.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** The folders of a pattern before its first wildcard. */
    private static String fixedPart(String pattern) {
        String whole = escaped(pattern);
        int wildcard = 0;
        while (wildcard < whole.length() && WILDCARDS.indexOf(whole.charAt(wildcard)) < 0) {
            wildcard++;
        }
        return whole.substring(0, whole.lastIndexOf('/', wildcard) + 1);
    }

    /**
     * Visits a file, or what is in a folder.
     *
     * @param above the real paths of the folders above, which shows links that lead in a circle
     * @param wanted which files are wanted; folders that cannot have one are not opened
     */
    private void visit(Path path, Deque<Path> above, Glob wanted, Consumer<Found> visitor) {
        if (Files.isDirectory(path)) {
            if (wanted.goesOn()) {
                visitFolder(path, above, wanted, visitor);
            }
        } else if (wanted.isMatched() && !isExcluded(path)) {
            visitor.accept(new Found(path, problem(path)));
        }
    }

    /** Why something that is no folder is no file that can be read; null if it is one. */
    private static String problem(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()
                    ? null
                    : "This is neither a file nor a folder.";
        } catch (AccessDeniedException e) {
            return "You have no permission to read this.";
        } catch (IOException e) {
            return Files.isSymbolicLink(file) ? "This is a link that leads nowhere or in a circle." : GONE;
        }
    }

    private void visitFolder(Path folder, Deque<Path> above, Glob wanted, Consumer<Found> visitor) {
        try {
            Path real = folder.toRealPath();
            if (above.contains(real)) {
                visitor.accept(new Found(folder, "This is a link to a folder that it lies in."));
                return;
            }
            requireSearchable(folder);
            List<Path> entries = sorted(folder);
            above.push(real);
            for (Path entry : entries) {
                visit(entry, above, wanted.below(entry.getFileName()), visitor);
            }
            above.pop();
        } catch (IOException e) {
            visitor.accept(new Found(
                    folder,
                    e instanceof AccessDeniedException
                            ? "You have no permission to read the folder."
                            : "The folder cannot be read: " + e));
        }
    }

    /** Without this permission, a folder tells the names that are in it, and nothing else. */
    private static void requireSearchable(Path folder) throws AccessDeniedException {
        if (!Files.isExecutable(folder)) {
            throw new AccessDeniedException(folder.toString());
        }
    }

    /** The visible files in a folder. */
    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !isHidden(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Whether a file is one of those that systems leave behind in folders and archives. */
    static boolean isHidden(String name) {
        boolean isPlace = name.equals(".") || name.equals("..");
        return name.startsWith(".") && !isPlace || name.equals("__MACOSX") || name.equals("Thumbs.db");
    }

    /** The contact sheet is not an input either, when the run goes on. */
    private boolean isExcluded(Path path) {
        return isSame(path, excluded) || isSame(path, Path.of(excluded + ".html"));
    }

    private static boolean isSame(Path path, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(path, other);
        } catch (IOException e) {
            return false;
        }
    }
}
