package dev.millrace.local.run;

import java.nio.file.Path;
import java.util.Locale;

/** The three services. */
public enum Role {
    API("384m"),
    WORKER("512m"),
    SCHEDULER("256m");

    private final String heap;

    Role(String heap) {
        this.heap = heap;
    }

    /** As in {@code run.json} and in names: {@code api}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The largest heap of its process, as {@code -Xmx} takes it. */
    String heap() {
        return heap;
    }

    /** The program as the build leaves it. */
    public Path jar(Path checkout) {
        return checkout.resolve(key() + "-service/target/quarkus-app/quarkus-run.jar");
    }
}
