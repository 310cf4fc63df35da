package dev.millrace.ctl.server;

import dev.millrace.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Follows an event stream over whatever breaks it: it comes back with the id of the last event it was told, so that each event is
 * told once. A stream that is silent for 45 s, three of its heartbeats, counts as broken.
 */
public final class EventStream {

    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final int OK = 200;
    private static final int NOTHING_MORE = 204;
    private static final int UNAVAILABLE = 503;

    private final Server server;
    private final Time time;
    private final Duration patience;
    private final Consumer<String> notes;

    /**
     * @param patience for how long the server may be away before it counts as not reached
     * @param notes are told when the stream breaks off
     */
    public EventStream(Server server, Time time, Duration patience, Consumer<String> notes) {
        this.server = server;
        this.time = time;
        this.patience = patience;
        this.notes = notes;
    }

    /** Why following ended. */
    public enum End {
        /** The reader wanted no more. */
        READER,
        /** The server has nothing more to tell. */
        SERVER,
        /** The time is over. */
        TIME
    }

    /**
     * Tells the reader event after event until it returns false.
     *
     * @param atMost for how long; without it, until another end
     * @throws NotReached if the server is away for longer than the patience
     * @throws Refused as for any call
     */
    public End follow(Call call, Optional<Duration> atMost, Predicate<ServerEvent> reader) {
        return new Following(call.header("Accept", "text/event-stream"), atMost, reader).toItsEnd();
    }

    /** One stream over all its connections. */
    private final class Following {

        private final Call call;
        private final Optional<Duration> atMost;
        private final Predicate<ServerEvent> reader;
        private final EventReader events = new EventReader();
        private final long began = time.reading();
        private long lastHeard = began;
        private String lastId = "";

        Following(Call call, Optional<Duration> atMost, Predicate<ServerEvent> reader) {
            this.call = call;
            this.atMost = atMost;
            this.reader = reader;
        }

        End toItsEnd() {
            while (true) {
                String why = "The stream broke off.";
                try {
                    Optional<End> end = connection();
                    if (end.isPresent()) {
                        return end.get();
                    }
                } catch (NotReached away) {
                    why = away.sentence();
                }
                if (time.passed(patience, lastHeard)) {
                    throw new NotReached(why);
                }
                notes.accept(why + " It is taken up again.");
                events.brokenOff();
                time.rest(events.retry());
            }
        }

        /** Reads one connection; empty if it broke off. */
        private Optional<End> connection() {
            HttpResponse<InputStream> response =
                    server.open(lastId.isEmpty() ? call : call.header("Last-Event-ID", lastId));
            return switch (response.statusCode()) {
                case OK -> told(response.body());
                case NOTHING_MORE -> Optional.of(End.SERVER);
                case UNAVAILABLE -> throw new NotReached(server.url() + " is not available now.");
                default -> throw server.refusal(call, answer(response));
            };
        }

        private Optional<End> told(InputStream in) {
            try (LinesAhead lines = new LinesAhead(in)) {
                while (true) {
                    Duration left = left();
                    if (!left.isPositive()) {
                        return Optional.of(End.TIME);
                    }
                    switch (lines.next(left)) {
                        case LinesAhead.Next.Line line -> {
                            lastHeard = time.reading();
                            if (!wantsMoreAfter(line.text())) {
                                return Optional.of(End.READER);
                            }
                        }
                        case LinesAhead.Next.End end -> {
                            return Optional.empty();
                        }
                        case LinesAhead.Next.Silence silence -> {
                            return left.equals(SILENCE) ? Optional.empty() : Optional.of(End.TIME);
                        }
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.of(End.TIME);
            }
        }

        private boolean wantsMoreAfter(String line) {
            Optional<ServerEvent> event = events.take(line);
            event.ifPresent(one -> lastId = one.id());
            return event.isEmpty() || reader.test(event.get());
        }

        /** For how long the next line may be waited for. */
        private Duration left() {
            return atMost.map(all -> all.minus(time.since(began)))
                    .filter(left -> left.compareTo(SILENCE) < 0)
                    .orElse(SILENCE);
        }
    }

    private static Answer answer(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return new Answer(
                    response.statusCode(), response.headers(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            return new Answer(response.statusCode(), response.headers(), "");
        }
    }
}
