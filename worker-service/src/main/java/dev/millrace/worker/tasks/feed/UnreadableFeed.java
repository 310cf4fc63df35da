package dev.millrace.worker.tasks.feed;

import dev.millrace.task.PermanentFailure;

/** The document was fetched, but no feed can be read from it: trying again helps only once it has changed. */
public final class UnreadableFeed extends PermanentFailure {

    UnreadableFeed(String message) {
        super(message);
    }
}
