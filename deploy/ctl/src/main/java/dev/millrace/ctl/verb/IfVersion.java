package dev.millrace.ctl.verb;

import dev.millrace.ctl.server.Call;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On which version of a setting a change insists. */
public final class IfVersion {

    @Option(
            names = "--if-version",
            paramLabel = "V",
            description = "Only if that is still its version, as 'show' or 'list' tells it.")
    Optional<Long> version = Optional.empty();

    /** The call, which is refused if there is another version. */
    public Call on(Call call) {
        return call.header("If-Match", version.map(one -> "\"" + one + "\"").orElse(null));
    }
}
