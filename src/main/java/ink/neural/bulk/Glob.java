package ink.neural.bulk;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A glob pattern, or what is left of one below some folders. It tells which folders need not be opened.
 *
 * @param rests each may match: the names that are still to come
 */
record Glob(Set<List<PathMatcher>> rests) {
    /** {@code **}: any number of folders, also none. */
    private static final PathMatcher FOLDERS = name -> true;

    private static final Pattern BRACES = Pattern.compile("(?<!\\\\)\\{([^{}]*)}");
    private static final Pattern FOLDERS_IN_NAME = Pattern.compile("(?<=[^/])\\*\\*|\\*\\*(?=[^/])");

    /** Matches every file. */
    static final Glob ALL = of("**");

    /**
     * A pattern with {@code /} between names.
     *
     * @throws PatternSyntaxException if a bracket or a brace is not closed
     */
    static Glob of(String pattern) {
        String whole = FOLDERS_IN_NAME.matcher(pattern).replaceAll("{*,*/**/*}"); // in **.png, for example
        return new Glob(alternatives(whole).map(Glob::names).collect(Collectors.toSet()));
    }

    /** The patterns that one with braces stands for. */
    private static Stream<String> alternatives(String pattern) {
        Matcher braces = BRACES.matcher(pattern);
        return braces.find()
                ? Stream.of(braces.group(1).split(",", -1))
                        .map(each -> pattern.substring(0, braces.start()) + each + pattern.substring(braces.end()))
                        .flatMap(Glob::alternatives)
                : Stream.of(pattern);
    }

    private static List<PathMatcher> names(String pattern) {
        return Stream.of(pattern.split("/"))
                .filter(name -> !name.isEmpty())
                .map(name ->
                        name.equals("**") ? FOLDERS : FileSystems.getDefault().getPathMatcher("glob:" + name))
                .toList();
    }

    /** What is left of the pattern below a file or folder of this name. */
    Glob below(Path name) {
        return new Glob(rests.stream().flatMap(rest -> below(name, rest)).collect(Collectors.toSet()));
    }

    private static Stream<List<PathMatcher>> below(Path name, List<PathMatcher> rest) {
        if (rest.isEmpty()) {
            return Stream.empty();
        }
        List<PathMatcher> others = rest.subList(1, rest.size());
        if (rest.get(0) == FOLDERS) {
            return Stream.concat(Stream.of(rest), below(name, others));
        }
        return rest.get(0).matches(name) ? Stream.of(others) : Stream.empty();
    }

    /** Whether the pattern matches here. */
    boolean isMatched() {
        return rests.stream().anyMatch(rest -> rest.stream().allMatch(name -> name == FOLDERS));
    }

    /** Whether the pattern may match something below. */
    boolean goesOn() {
        return rests.stream().anyMatch(rest -> !rest.isEmpty());
    }
}
