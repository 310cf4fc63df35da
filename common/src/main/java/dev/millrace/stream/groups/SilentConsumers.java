package dev.millrace.stream.groups;

import dev.millrace.stream.entries.StreamNames;
import dev.millrace.stream.groups.GroupInfo.ConsumerInfo;
import dev.millrace.stream.redis.FunctionCall;
import dev.millrace.stream.redis.RedisLink;
import java.time.Duration;
import java.util.List;

/**
 * Removes from a group the names of processes that are gone. A name goes only when nothing is pending for it, which the
 * function and not this class decides: what a dead consumer held is claimed by the others first.
 */
public final class SilentConsumers {

    private final RedisLink link;
    private final StreamNames names;
    private final String stream;
    private final String group;

    public SilentConsumers(RedisLink link, StreamNames names, String stream, String group) {
        this.link = link;
        this.names = names;
        this.stream = stream;
        this.group = group;
    }

    /**
     * Removes those that have not asked for entries for so long. A reader asks every few seconds, so minutes of silence
     * mean that its process is gone; one that only slept is made again by its next read. Returns how many went.
     */
    public int forget(Duration silence) {
        int gone = 0;
        for (String consumer : silent(silence)) {
            FunctionCall call =
                    new FunctionCall("mr_forget_1").key(names.epoch()).key(stream);
            gone += call.arg(group).arg(consumer).on(link).toString().equals("DONE") ? 1 : 0;
        }
        return gone;
    }

    private List<String> silent(Duration silence) {
        return GroupInfo.consumers(link, stream, group).stream()
                .filter(consumer -> consumer.idle().compareTo(silence) >= 0)
                .map(ConsumerInfo::name)
                .toList();
    }
}
