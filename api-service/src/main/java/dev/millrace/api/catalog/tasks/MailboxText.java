package dev.millrace.api.catalog.tasks;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;

/**
 * The format {@code mailbox}: {@code jane@example.org} or {@code Jane Doe <jane@example.org>}. Looser than mail servers are, so
 * that it refuses nothing that a task takes; tasks look closer.
 */
final class MailboxText implements Format {

    private static final String ADDRESS = "[^<>@\\s]+@[^<>@\\s]+";
    private static final Pattern MAILBOX = Pattern.compile(ADDRESS + "|[^<>]*<" + ADDRESS + ">");

    @Override
    public String getName() {
        return "mailbox";
    }

    @Override
    public boolean matches(ExecutionContext context, String text) {
        return MAILBOX.matcher(text.strip()).matches();
    }
}
