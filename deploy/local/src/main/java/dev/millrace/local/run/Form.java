package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** In which form a service is built and run: as jars for a JVM, or as a native executable. */
public enum Form {
    JVM {
        @Override
        Optional<Path> newest(Path target) {
            return Optional.of(target.resolve("quarkus-app/quarkus-run.jar")).filter(Files::isRegularFile);
        }
    },
    NATIVE {
        @Override
        Optional<Path> newest(Path target) {
            return executables(target).stream().max(Comparator.comparingLong(Form::changed));
        }
    };

    /** The option that asks for native executables, of every verb that runs services. */
    public static final String OPTION = "--native";

    /** What a native executable's name ends with, as Quarkus gives it. */
    private static final String RUNNER = "-runner";

    /** That of a program, by its name: what is no jar is an executable. */
    public static Form of(Path file) {
        return file.toString().endsWith(".jar") ? JVM : NATIVE;
    }

    /**
     * The program that a build in this form has left; of several, that of the last build.
     *
     * @param target the folder of all that the build of its module makes
     * @param builder the command that builds it
     * @throws CannotStart if there is none
     */
    public Path in(Path target, String builder) {
        return newest(target)
                .orElseThrow(() -> new CannotStart("There is no "
                        + (this == NATIVE ? "native executable" : "quarkus-app/quarkus-run.jar") + " in " + target
                        + ": '" + builder + "' builds it."));
    }

    abstract Optional<Path> newest(Path target);

    private static List<Path> executables(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(RUNNER) && Files.isExecutable(file))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            // Nothing was built there.
            return List.of();
        }
    }

    private static long changed(Path file) {
        return file.toFile().lastModified();
    }
}
