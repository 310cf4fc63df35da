package dev.millrace.ctl.bulk;

import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.terminal.Details;
import dev.millrace.ctl.verb.Cells;
import dev.millrace.ctl.verb.Exit;
import dev.millrace.ctl.verb.Session;
import dev.millrace.ctl.verb.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show a bulk action, and to which jobs it could not be done.")
public final class ShowBulk implements Verb {

    @Parameters(paramLabel = "ID", description = "Its id.")
    String id = "";

    @Override
    public Exit run(Session session) {
        return session.show(Call.get("/bulk-actions/{}", id), action -> {
            Details details = new Details();
            action.fieldNames().forEachRemaining(field -> details.add(field, Cells.orEmpty(action.path(field))));
            session.out().text(details.text());
        });
    }
}
