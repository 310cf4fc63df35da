package dev.millrace.api.workflows.record;

import dev.millrace.postgres.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code api.flow_mail}. Most of it is written by the trigger that follows ends of jobs; what is written here only wakes. Mail
 * is read by its workflow and never behind an id, so that none is passed over that was committed late.
 */
public final class MailRows {

    /** Of a job that reads a page of the items of a node. */
    public static final String PAGE = "page";

    private static final String DUE = """
            select workflow as id from (select workflow from api.flow_mail order by id limit 5000) oldest
            union
            select id from api.workflow where due_at <= now()""";

    private static final String TAKE =
            "delete from api.flow_mail where workflow = any($1) returning workflow, number, run, succeeded, failed, kind, body";

    private static final String WAKE = "insert into api.flow_mail (workflow) select * from unnest($1::uuid[])";

    private static final String LIVE =
            "select exists (select from api.workflow where finished_at is null) or exists (select from api.flow_mail)";

    private MailRows() {}

    /**
     * What a workflow was told: how many members of a node ended, or what the workflow around it wants.
     *
     * @param node null if it tells of no members
     * @param run of the node, or of the workflow
     * @param kind null if it tells of members, or only wakes
     * @param body of a cancel: the reason
     */
    public record Mail(
            @Nullable Integer node,
            @Nullable Integer run,
            int succeeded,
            int failed,
            @Nullable String kind,
            @Nullable String body) {

        /** Whether it wants that of this run. */
        public boolean wants(String wish, int ofRun) {
            return wants(wish, ofRun, ofRun);
        }

        /** Whether it wants that of one of these runs. */
        public boolean wants(String wish, int first, int last) {
            return wish.equals(kind) && run != null && run >= first && run <= last;
        }
    }

    /** The workflows that have mail, or are due. */
    public static List<UUID> due(Tx tx) {
        return tx.list(row -> row.getUUID("id"), DUE);
    }

    /** Takes all that is committed of these workflows, which are locked. */
    public static Map<UUID, List<Mail>> take(Tx tx, Collection<UUID> workflows) {
        Map<UUID, List<Mail>> mail = new HashMap<>();
        tx.run(TAKE, (Object) workflows.toArray(UUID[]::new))
                .forEach(row -> mail.computeIfAbsent(row.getUUID("workflow"), one -> new ArrayList<>())
                        .add(new Mail(
                                row.getInteger("number"),
                                row.getInteger("run"),
                                row.getInteger("succeeded"),
                                row.getInteger("failed"),
                                row.getString("kind"),
                                row.getString("body"))));
        return mail;
    }

    /** Has these workflows have another turn. */
    public static void wake(Tx tx, Collection<UUID> workflows) {
        if (!workflows.isEmpty()) {
            tx.run(WAKE, (Object) workflows.toArray(UUID[]::new));
        }
    }

    /** Whether any workflow has not ended, or has mail, by which one that has ended may live again. */
    public static boolean anyLive(Tx tx) {
        return tx.run(LIVE).iterator().next().getBoolean(0);
    }
}
