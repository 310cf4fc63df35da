package dev.millrace.ctl.jobs;

import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "result",
        description =
                "Show what a job returned, or why it failed. Ends with 4 if it did not succeed, with 5 if it has not ended.")
public final class Result implements Verb {

    @Parameters(paramLabel = "JOB", description = "Its id.")
    String id = "";

    @Mixin
    Waiting waiting = new Waiting();

    @Override
    public Exit run(Session session) {
        return new End(session).await(id, waiting.time().orElse(Duration.ZERO));
    }
}
