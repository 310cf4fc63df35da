package dev.millrace.ctl.bulk;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "abort", description = "Let bulk actions go no further; what they have done stays done.")
public final class AbortBulks implements Verb {

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Their ids.")
    List<String> ids = List.of();

    @Override
    public Exit run(Session session) {
        return session.tellEach(
                ids, id -> Call.post("/bulk-actions/{}/abort", id), (id, action) -> BulkText.line(action));
    }
}
