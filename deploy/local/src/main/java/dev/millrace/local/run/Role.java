package dev.millrace.local.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The three services. */
public enum Role {
    API("384m"),
    WORKER("512m"),
    SCHEDULER("256m");

    private static final String YOUNG = "8m";

    private final String heap;

    Role(String heap) {
        this.heap = heap;
    }

    /** As in {@code run.json} and in names: {@code api}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How its JVM is set up, whatever it runs for. */
    public List<String> jvmOptions() {
        return List.of(
                "-Xmx" + heap,
                // Starts fastest, and on a machine of few cores its pauses are the shortest.
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError");
    }

    /** How its native executable is set up, whatever it runs for; its collector was chosen when it was built. */
    public List<String> nativeOptions() {
        return List.of(
                "-Xmx" + heap,
                // Left to itself it is a tenth of the heap, and stays resident once it was filled.
                "-Xmn" + YOUNG,
                "-XX:+ExitOnOutOfMemoryError");
    }

    /** The program for a JVM as the build leaves it. */
    public Path jar(Path checkout) {
        return application(checkout).resolve("quarkus-run.jar");
    }

    /** The folder of all that the build makes of it and that runs. */
    public Path application(Path checkout) {
        return target(checkout).resolve("quarkus-app");
    }

    /** The folder of all that the build makes of it. */
    public Path target(Path checkout) {
        return checkout.resolve(key() + "-service/target");
    }
}
