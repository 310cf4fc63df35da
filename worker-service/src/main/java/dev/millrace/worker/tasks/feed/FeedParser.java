package dev.millrace.worker.tasks.feed;

import com.apptasticsoftware.rssreader.AbstractRssReader;
import com.apptasticsoftware.rssreader.Channel;
import com.apptasticsoftware.rssreader.DateTimeParser;
import java.time.Duration;

/** The library's parser for {@link Entry}; made once, then read from by many threads. Its own HTTP stays unused. */
final class FeedParser extends AbstractRssReader<Channel, Entry> {

    private static final String ATOM_LINK = "/feed/entry/link";

    FeedParser() {
        // The library would close the document after 25 s from a thread of its own; the run has its own deadline.
        setReadTimeout(Duration.ZERO);
        addItemExtension("link", "rel", Entry::relation);
        addItemExtension(ATOM_LINK, "href", Entry::link);
        addItemExtension("/feed/entry/id", Entry::ownId);
        // Now rather than at the first read, which may be several at once.
        initialize();
    }

    @Override
    protected Channel createChannel(DateTimeParser dates) {
        return new Channel(dates);
    }

    @Override
    protected Entry createItem(DateTimeParser dates) {
        return new Entry(dates);
    }
}
