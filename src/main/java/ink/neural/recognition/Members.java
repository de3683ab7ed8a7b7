package ink.neural.recognition;

import jakarta.json.JsonObject;
import java.util.Set;

/** The members of a descriptor and of the objects in it. */
public final class Members {
    private Members() {}

    /**
     * Checks the names of an object's members. One that is misspelt would otherwise have no effect, and nobody would know.
     *
     * @param json the object
     * @param known all members that it may have
     * @return the same object
     * @throws InvalidModelException if it has another member
     */
    public static JsonObject requireKnown(JsonObject json, Set<String> known) {
        json.keySet().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new InvalidModelException("the descriptor has an unknown member \"%s\"".formatted(name));
        });
        return json;
    }
}
