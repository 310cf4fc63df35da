package dev.millrace.stream.entries;

import dev.millrace.job.QueueName;

/**
 * Names every key of a shard. The shard stands in braces: all its keys lie in one slot of a Redis Cluster, so that a
 * function may move a job between any two of them.
 */
public record StreamNames(String shard) {

    /** The group of workers on every lane. */
    public static final String WORKERS = "workers";

    /** The group of api instances that write events to PostgreSQL. */
    public static final String PROJECTION = "projection";

    /** The group of api instances on the streams that are meant for them. */
    public static final String API = "api";

    /** The group of schedulers on the delays. */
    public static final String SCHEDULER = "scheduler";

    public static final StreamNames DEFAULT = new StreamNames("s0");

    private static final String FLEET = "mr:{ctl}:fleet";
    private static final String SCHEDULES = "mr:{ctl}:schedules";
    private static final String SCHEDULE_EVENTS = "mr:{ctl}:schedule-events";
    private static final String MAINTENANCE = "mr:{ctl}:maintenance";
    private static final String CONTROL = "mr:{ctl}:control";
    private static final String CONTROL_REPLIES = "mr:{ctl}:control-replies";
    private static final String QUEUE_SLOTS = "mr:{ctl}:queue-slots";

    public StreamNames {
        if (!shard.matches("[a-z0-9]{1,16}")) {
            throw new IllegalArgumentException(
                    "A shard's name has 1 to 16 characters of a-z 0-9, not '" + shard + "'.");
        }
    }

    public String epoch() {
        return prefix() + "epoch";
    }

    public String events() {
        return prefix() + "events";
    }

    /** What waits for a time and no scheduler holds yet. */
    public String delays() {
        return prefix() + "delays";
    }

    /** The times of what schedulers hold, by job. */
    public String timers() {
        return prefix() + "timers";
    }

    /** The fields of what schedulers hold, by job. */
    public String timerJobs() {
        return timers() + ":jobs";
    }

    public String lane(Lane lane) {
        return queue(lane.queue()) + lane.label();
    }

    /** Exists while the queue is paused. */
    public String paused(QueueName queue) {
        return queue(queue) + "paused";
    }

    /** Names the worker that may run suspects of the queue. */
    public String suspectLock(QueueName queue) {
        return queue(queue) + "lone";
    }

    public String markerPrefix() {
        return prefix() + "j:";
    }

    /** The names of workers that said by which connection they live. */
    public String workers() {
        return prefix() + "workers";
    }

    /**
     * A key with this prefix exists for a lease after each renewal of the worker it names. It says by which connection the
     * worker lives, and which queues it serves, if the worker told so.
     */
    public String workerPrefix() {
        return prefix() + "w:";
    }

    /** What workers and schedulers tell of themselves; one for all shards. */
    public static String fleet() {
        return FLEET;
    }

    /** What the api asks of schedulers, and tells them of fires; read by the group {@link #SCHEDULER}. */
    public static String schedules() {
        return SCHEDULES;
    }

    /** What schedulers tell of schedules; read by the group {@link #API}. */
    public static String scheduleEvents() {
        return SCHEDULE_EVENTS;
    }

    /** Requests to clean up, for the services that own what is cleaned; read by {@link #API} and {@link #SCHEDULER}. */
    public static String maintenance() {
        return MAINTENANCE;
    }

    /** What operators ask of processes, each of which reads it in a group of its own. */
    public static String control() {
        return CONTROL;
    }

    /** What processes reply to that; read by whoever asked, without a group. */
    public static String controlReplies() {
        return CONTROL_REPLIES;
    }

    /** How many slots operators have set of which queues, a text; no text while Redis does not know. */
    public static String queueSlots() {
        return QUEUE_SLOTS;
    }

    /** Jobs that others than clients ask for; read by the group {@link #API}. */
    public String submit() {
        return prefix() + "submit";
    }

    /** The keys of all queues begin with it; the queue's name, a colon and the lane's label follow. */
    public String queuePrefix() {
        return prefix() + "q:";
    }

    private String queue(QueueName queue) {
        return queuePrefix() + queue + ":";
    }

    private String prefix() {
        return "mr:{" + shard + "}:";
    }
}
