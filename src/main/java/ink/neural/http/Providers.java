package ink.neural.http;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every request of {@code /predict} and {@code /api} passes. */
final class Providers {
    /** Jersey would describe the resources in WADL, which others do not know and nobody asked for. */
    static final Map<String, Object> PROPERTIES = Map.of("jersey.config.server.wadl.disableWadl", true);

    private static final Set<Class<?>> CLASSES =
            Set.of(HeaderLimit.class, ApiKey.class, BodyLimit.class, ProblemMapper.class);

    private Providers() {}

    /** These providers and some resources. */
    static Set<Class<?>> with(Class<?>... resources) {
        return Stream.concat(CLASSES.stream(), Stream.of(resources)).collect(Collectors.toSet());
    }
}
