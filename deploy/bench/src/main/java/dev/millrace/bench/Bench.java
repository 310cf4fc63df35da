package dev.millrace.bench;

import dev.millrace.bench.report.JsonLine;
import dev.millrace.embedded.CannotStart;
import dev.millrace.local.run.CommandLine;
import dev.millrace.time.Time;
import dev.millrace.time.TimeWiring;
import java.util.List;

/**
 * The program behind {@code ./millrace bench}. Figures go to stdout, a line of JSON each, everything else to stderr. It
 * ends by itself: with 0; with 2 if a job was lost or cost more than a ceiling allows; or with 1 and one line that says why nothing could be measured.
 *
 * <p>The system property {@code millrace.checkout} names the checkout; without it, it is the working directory.
 */
public final class Bench {

    private static final int BROKEN = 2;

    private Bench() {}

    public static void main(String[] arguments) {
        try {
            run(BenchOptions.parse(CommandLine.checkout(), List.of(arguments), System.getenv()));
        } catch (CannotStart e) {
            CommandLine.fail(e.sentence());
        } catch (RuntimeException e) {
            CommandLine.fail("the measurement failed: " + e.getMessage());
        }
    }

    private static void run(BenchOptions options) {
        Time time = TimeWiring.ofThisMachine();
        JsonLine lines = new JsonLine(Runtime.getRuntime().availableProcessors());
        Rounds rounds = new Rounds(options, time, Bench::say, figure -> {
            System.out.println(lines.of(figure, time.clock().instant()));
            System.out.flush();
        });
        Runtime.getRuntime().addShutdownHook(new Thread(rounds::close, "stop"));
        List<String> broken = rounds.run();
        if (!broken.isEmpty()) {
            say("This must not be:\n  " + String.join("\n  ", broken));
            System.exit(BROKEN);
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
