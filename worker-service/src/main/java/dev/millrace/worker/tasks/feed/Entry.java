package dev.millrace.worker.tasks.feed;

import com.apptasticsoftware.rssreader.DateTimeParser;
import com.apptasticsoftware.rssreader.Item;
import org.jspecify.annotations.Nullable;

/** An item as the library reads it, with what Atom needs in addition: an entry has several links, and may quote a source. */
final class Entry extends Item {

    private @Nullable String relation;
    private @Nullable String page;
    private @Nullable String ownId;

    Entry(DateTimeParser dates) {
        super(dates);
    }

    void relation(String value) {
        relation = value;
    }

    /** Called after {@link #relation} of the same link: the first link to a page is the item's, others are extras. */
    void link(String href) {
        boolean isPage = relation == null || relation.equals("alternate");
        page = page == null && isPage ? href : page;
        relation = null;
    }

    void ownId(String value) {
        ownId = value;
    }

    @Nullable
    String page() {
        return page == null ? getLink().orElse(null) : page;
    }

    @Nullable
    String id() {
        return ownId == null ? getGuid().orElse(null) : ownId;
    }
}
