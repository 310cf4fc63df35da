package dev.millrace.worker.tasks.feed;

/** The document was fetched, but no feed can be read from it: trying again helps only once it has changed. */
public final class UnreadableFeed extends RuntimeException {

    UnreadableFeed(String message) {
        super(message);
    }
}
