package dev.millrace.proving.fencing;

import dev.millrace.task.PermanentFailure;
import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

// page
/** Imports orders page by page; goes on where an earlier run of its job has stopped. */
public class ImportOrders {

    /** The payload. */
    public record Supplier(String name) {}

    private static final String CLAIM = """
            INSERT INTO import_progress (job, token, next_page) VALUES (?, ?, 0)
            ON CONFLICT (job) DO UPDATE SET token = excluded.token WHERE import_progress.token <= excluded.token
            RETURNING next_page""";
    private static final String ADVANCE =
            "UPDATE import_progress SET next_page = next_page + 1 WHERE job = ? AND token = ?";
    private static final String INSERT = "INSERT INTO orders (name) VALUES (?)";

    private final DataSource database;
    private final Pages pages;

    ImportOrders(DataSource database, Pages pages) {
        this.database = database;
        this.pages = pages;
    }

    @Task(name = "orders.import", queue = "imports", description = "Imports a supplier's orders.")
    public void run(Supplier supplier, TaskContext context) throws SQLException {
        run(supplier, context.jobId(), context.fencingToken());
    }

    void run(Supplier supplier, UUID job, long token) throws SQLException {
        int number = claim(job, token);
        for (List<String> page = pages.of(supplier, number); !page.isEmpty(); page = pages.of(supplier, ++number)) {
            write(page, job, token);
        }
    }

    /** Makes this run the only one that may write, and returns the page it begins with. */
    private int claim(UUID job, long token) throws SQLException {
        try (Connection db = database.getConnection();
                PreparedStatement claim = db.prepareStatement(CLAIM)) {
            claim.setObject(1, job);
            claim.setLong(2, token);
            ResultSet next = claim.executeQuery();
            if (!next.next()) {
                throw overtaken();
            }
            return next.getInt(1);
        }
    }

    /** One transaction: the page's orders and the mark that they are there, or neither. */
    private void write(List<String> page, UUID job, long token) throws SQLException {
        try (Connection db = database.getConnection();
                PreparedStatement advance = db.prepareStatement(ADVANCE);
                PreparedStatement insert = db.prepareStatement(INSERT)) {
            db.setAutoCommit(false);
            advance.setObject(1, job);
            advance.setLong(2, token);
            if (advance.executeUpdate() == 0) {
                throw overtaken();
            }
            for (String order : page) {
                insert.setString(1, order);
                insert.executeUpdate();
            }
            db.commit();
        }
    }

    /** Nobody waits for this end: Millrace refuses it as well, since the later run holds the job. */
    private static PermanentFailure overtaken() {
        return new PermanentFailure("A later run of this job has taken over.");
    }
}
// page
