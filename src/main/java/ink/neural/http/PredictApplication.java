package ink.neural.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** What lies under {@code /predict}. The page, at {@code /}, is left to the server. */
@ApplicationPath("predict")
public class PredictApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Providers.with(PredictResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return Providers.PROPERTIES;
    }
}
