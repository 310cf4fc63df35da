package dev.millrace.local.run;

import dev.millrace.embedded.CannotStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs of the services, as builds leave them: the one place that knows how a service is run in either form.
 *
 * @param checkout where the services that ship lie
 * @param form in which those are run
 * @param worker what runs instead of the worker that ships, in whichever form it is
 */
public record Programs(Path checkout, Form form, Optional<Path> worker) {

    /** Those that ship, for a JVM. */
    public static Programs shipped(Path checkout) {
        return new Programs(checkout, Form.JVM, Optional.empty());
    }

    /**
     * Those that ship, and a worker with tasks of a tool's own.
     *
     * @param tool the verb of {@code ./millrace} that runs them
     * @param module that builds the worker, below the checkout
     * @throws CannotStart if the worker was not built
     */
    public static Programs withTasksOf(String tool, String module, Path checkout, Form form) {
        String builder = form == Form.NATIVE ? "./millrace native " + tool : "./millrace " + tool;
        return new Programs(checkout, form, Optional.of(form.in(checkout.resolve(module + "/target"), builder)));
    }

    /**
     * The jar or the executable of a service.
     *
     * @throws CannotStart if it was not built
     */
    public Path of(Role role) {
        return role == Role.WORKER && worker.isPresent() ? worker.get() : form.in(role.target(checkout), builder());
    }

    /** Whether a service's program is the one that the checkout builds. */
    public boolean ships(Role role) {
        return role != Role.WORKER || worker.isEmpty();
    }

    /**
     * The command that runs a service; settings may follow, as {@code -Dname=value}.
     *
     * @param options of a JVM or an executable, besides those that the role always has, and settings
     * @throws CannotStart if the service was not built
     */
    public List<String> command(Role role, List<String> options) {
        Path file = of(role);
        List<String> command = new ArrayList<>();
        switch (Form.of(file)) {
            case JVM -> {
                command.add(java());
                command.addAll(role.jvmOptions());
                command.addAll(options);
                command.addAll(List.of("-jar", file.toString()));
            }
            case NATIVE -> {
                command.add(file.toString());
                command.addAll(role.nativeOptions());
                command.addAll(options);
            }
        }
        return command;
    }

    /** What the command line of a service's process names: {@code java}, or the executable. */
    public String program(Role role) {
        Path file = of(role);
        return Form.of(file) == Form.JVM ? "java" : String.valueOf(file.getFileName());
    }

    private String builder() {
        return form == Form.NATIVE ? "./millrace native" : "./millrace up";
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
