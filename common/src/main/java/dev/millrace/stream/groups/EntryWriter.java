package dev.millrace.stream.groups;

import dev.millrace.stream.redis.RedisLink;
import dev.millrace.stream.redis.Requests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;

/** Writes entries to one stream of a group's readers, who trim it behind themselves. */
public final class EntryWriter {

    private final RedisLink link;
    private final String stream;

    public EntryWriter(RedisLink link, String stream) {
        this.link = link;
        this.stream = stream;
    }

    /** In this order, in one go; each is names and values in turn. */
    public void write(List<List<String>> entries) {
        link.batch(entries.stream().map(this::add).toList());
    }

    private Request add(List<String> fields) {
        return Requests.of(Command.XADD, stream, "*", fields);
    }
}
