package ink.neural.http;

import ink.neural.http.filter.ApiKeyFilter;
import ink.neural.http.filter.ContentEncodingFilter;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resources together with the providers that apply to the whole API. */
abstract class RestApplication extends Application {
    private static final Set<Class<?>> PROVIDERS =
            Set.of(ApiKeyFilter.class, ContentEncodingFilter.class, ProblemMapper.class);

    private final Set<Class<?>> classes;

    RestApplication(Class<?>... resources) {
        classes = Stream.concat(PROVIDERS.stream(), Stream.of(resources)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Class<?>> getClasses() {
        return classes;
    }

    /** Jersey would publish a WADL description, which the other servers do not offer. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
