package ink.neural.it.page;

import ink.neural.it.Server;
import java.nio.file.Path;

/** A server with a tiny model that learns from examples: four classes, a to d, one for each quarter of the glyph. */
final class Quarters {
    private static final Server SERVER = new Server(
                    "/",
                    "neural.ink.models=" + Path.of("src/test/resources/models").toAbsolutePath(),
                    "neural.ink.model=upright")
            .start();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }

    private Quarters() {}

    /** The server that several classes of tests share. */
    static Server shared() {
        return SERVER;
    }
}
