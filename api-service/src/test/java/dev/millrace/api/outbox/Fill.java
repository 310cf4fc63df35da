package dev.millrace.api.outbox;

import dev.millrace.stream.redis.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** Makes a band as long as a test wants it, and looks at what lies there, behind the functions' back. */
final class Fill {

    /** How many live entries a band may hold. */
    static final int WINDOW = 100_000;

    private static final int AT_ONCE = 5_000;

    private Fill() {}

    /** Adds entries that are no jobs. */
    static void raise(RedisLink link, String lane, int entries) {
        for (int from = 0; from < entries; from += AT_ONCE) {
            String many = "for i = 1, ARGV[1] do redis.call('XADD', KEYS[1], '*', 'x', '1') end";
            link.call(Request.cmd(Command.EVAL).arg(many).arg(1).arg(lane).arg(AT_ONCE));
        }
    }

    /** The jobs on a lane, in order. */
    static List<String> jobsOf(RedisLink link, String lane) {
        List<String> jobs = new ArrayList<>();
        Response entries =
                link.call(Request.cmd(Command.XRANGE).arg(lane).arg("-").arg("+"));
        if (entries != null) {
            entries.forEach(entry -> jobs.add(job(entry.get(1))));
        }
        return jobs;
    }

    private static String job(Response fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (List.of("j", "job").contains(fields.get(i).toString())) {
                return fields.get(i + 1).toString();
            }
        }
        return "none";
    }
}
