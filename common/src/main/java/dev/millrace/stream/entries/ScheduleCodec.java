package dev.millrace.stream.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.json.JsonFields;
import dev.millrace.json.PlanJson;
import dev.millrace.json.Violation;
import dev.millrace.schedule.FireAnswer;
import dev.millrace.schedule.FireReport;
import dev.millrace.schedule.Overlap;
import dev.millrace.schedule.Plan;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Put;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent;
import dev.millrace.schedule.ScheduleEvent.Refused;
import dev.millrace.schedule.ScheduleEvent.Removed;
import dev.millrace.schedule.ScheduleEvent.Stands;
import dev.millrace.schedule.ScheduleKey;
import dev.millrace.schedule.SchedulerMessage;
import dev.millrace.schedule.trigger.ScheduleRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Messages between the api and the schedulers, as entries of their streams: flat fields that a person can read, the
 * first of them {@code kind}.
 *
 * <pre>
 * schedules
 *   kind create    command tenant schedule plan job paused             plan as {@link PlanJson}, job as POST /jobs
 *   kind put       command tenant schedule [version] [keepsAnchor] plan job paused
 *   kind remove    command tenant schedule [version]
 *   kind pause     command tenant schedule
 *   kind resume    command tenant schedule
 *   kind answer    tenant schedule generation at outcome
 * schedule-events
 *   kind stands    tenant schedule generation version source plan job paused createdAt updatedAt [command]
 *   kind removed   tenant schedule generation version [command]
 *   kind refused   command reason
 * submit
 *   kind fire      tenant schedule generation at missed overlap job
 * </pre>
 *
 * Unknown fields are passed over, so that a newer service may say more.
 */
public final class ScheduleCodec {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScheduleCodec() {}

    /** Names and values in turn, as {@code XADD} takes them. */
    public static List<String> encode(SchedulerMessage message) {
        return switch (message) {
            case Create create -> command("create", create).content(create.content()).fields;
            case Put put ->
                command("put", put)
                        .number("version", put.version())
                        .add("keepsAnchor", put.keepsAnchor())
                        .content(put.content())
                        .fields;
            case Remove remove -> command("remove", remove).number("version", remove.version()).fields;
            case Pause pause -> command("pause", pause).fields;
            case Resume resume -> command("resume", resume).fields;
            case FireAnswer answer ->
                new Writer("answer")
                        .key(answer.key())
                        .add("generation", answer.generation())
                        .add("at", answer.at())
                        .add("outcome", answer.outcome().label())
                        .fields;
        };
    }

    public static List<String> encode(ScheduleEvent event) {
        return switch (event) {
            case Stands stands -> encode(stands.schedule(), stands.command());
            case Removed removed ->
                new Writer("removed")
                        .key(removed.key())
                        .add("generation", removed.generation())
                        .add("version", removed.version())
                        .command(removed.command())
                        .fields;
            case Refused refused ->
                new Writer("refused")
                        .add("command", refused.command())
                        .add("reason", refused.reason().label())
                        .fields;
        };
    }

    private static List<String> encode(Schedule schedule, Optional<UUID> command) {
        return new Writer("stands")
                .key(schedule.key())
                .add("generation", schedule.generation())
                .add("version", schedule.version())
                .add("source", schedule.source().label())
                .content(schedule.content())
                .add("createdAt", schedule.createdAt())
                .add("updatedAt", schedule.updatedAt())
                .command(command)
                .fields;
    }

    public static List<String> encode(FireReport report) {
        return new Writer("fire")
                .key(report.key())
                .add("generation", report.generation())
                .add("at", report.at())
                .add("missed", report.missed())
                .add("overlap", report.overlap().label())
                .add("job", report.job())
                .fields;
    }

    private static Writer command(String kind, ScheduleCommand command) {
        return new Writer(kind).add("command", command.id()).key(command.key());
    }

    /** Reads what {@link #encode(SchedulerMessage)} wrote. Never throws. */
    public static Reading<SchedulerMessage> forSchedulers(List<String> flat) {
        return EntryFields.understand(flat, ScheduleCodec::forSchedulers);
    }

    /** The same of fields by name. Never throws. */
    public static Reading<SchedulerMessage> forSchedulers(Map<String, String> fields) {
        return EntryFields.understand(fields, ScheduleCodec::forSchedulers);
    }

    private static SchedulerMessage forSchedulers(EntryFields fields) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "create" -> new Create(id(fields), key(fields), content(fields));
            case "put" -> new Put(id(fields), key(fields), version(fields), content(fields), keepsAnchor(fields));
            case "remove" -> new Remove(id(fields), key(fields), version(fields));
            case "pause" -> new Pause(id(fields), key(fields));
            case "resume" -> new Resume(id(fields), key(fields));
            case "answer" ->
                new FireAnswer(
                        key(fields),
                        fields.number("generation"),
                        time(fields, "at"),
                        fields.read("outcome", FireReport.Outcome::ofLabel));
            default ->
                throw new IllegalArgumentException("Unknown kind (known: create, put, remove, pause, resume, answer).");
        };
    }

    /** Reads what {@link #encode(ScheduleEvent)} wrote. Never throws. */
    public static Reading<ScheduleEvent> event(List<String> flat) {
        return EntryFields.understand(flat, ScheduleCodec::event);
    }

    /** As {@link #event(List)}. */
    public static Reading<ScheduleEvent> event(Map<String, String> fields) {
        return EntryFields.understand(fields, ScheduleCodec::event);
    }

    private static ScheduleEvent event(EntryFields fields) {
        String kind = fields.text("kind");
        return switch (kind) {
            case "stands" -> new Stands(schedule(fields), answered(fields));
            case "removed" ->
                new Removed(key(fields), fields.number("generation"), fields.number("version"), answered(fields));
            case "refused" -> new Refused(id(fields), fields.read("reason", ScheduleEvent.Reason::ofLabel));
            default -> throw new IllegalArgumentException("Unknown kind (known: stands, removed, refused).");
        };
    }

    private static Schedule schedule(EntryFields fields) {
        return new Schedule(
                key(fields),
                fields.number("generation"),
                fields.number("version"),
                fields.read("source", Schedule.Source::ofLabel),
                content(fields),
                time(fields, "createdAt"),
                time(fields, "updatedAt"));
    }

    /** Reads what {@link #encode(FireReport)} wrote. Never throws. */
    public static Reading<FireReport> report(List<String> flat) {
        return EntryFields.understand(flat, ScheduleCodec::report);
    }

    static FireReport report(EntryFields fields) {
        if (!fields.text("kind").equals("fire")) {
            throw new IllegalArgumentException("Unknown kind (known: fire).");
        }
        return new FireReport(
                key(fields),
                fields.number("generation"),
                time(fields, "at"),
                fields.yesOrNo("missed"),
                fields.read("overlap", Overlap::ofLabel),
                fields.text("job"));
    }

    private static ScheduleKey key(EntryFields fields) {
        return new ScheduleKey(fields.text("tenant"), fields.text("schedule"));
    }

    /** Of the years that the databases of all services know. */
    private static Instant time(EntryFields fields, String name) {
        Instant time = fields.time(name);
        ScheduleRules.instant(name, time);
        return time;
    }

    private static UUID id(EntryFields fields) {
        return fields.read("command", UUID::fromString);
    }

    private static Optional<UUID> answered(EntryFields fields) {
        return fields.optional("command").map(present -> id(fields));
    }

    private static OptionalLong version(EntryFields fields) {
        return fields.optional("version").isPresent()
                ? OptionalLong.of(fields.number("version"))
                : OptionalLong.empty();
    }

    /** An older api does not say. */
    private static boolean keepsAnchor(EntryFields fields) {
        return fields.optional("keepsAnchor").isPresent() && fields.yesOrNo("keepsAnchor");
    }

    private static ScheduleContent content(EntryFields fields) {
        return new ScheduleContent(plan(fields.text("plan")), fields.text("job"), fields.yesOrNo("paused"));
    }

    /**
     * A plan that {@link PlanJson#write} wrote.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Plan plan(String text) {
        List<Violation> violations = new ArrayList<>();
        return PlanJson.read(new JsonFields("", json(text), violations), Instant.EPOCH)
                .orElseThrow(() -> new IllegalArgumentException("Field 'plan' is no plan: " + violations));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("Field 'plan' is no JSON.", malformed);
        }
    }

    /** The fields of an entry, in the order in which they are added. */
    private static final class Writer {

        final List<String> fields = new ArrayList<>(24);

        Writer(String kind) {
            add("kind", kind);
        }

        Writer add(String name, Object value) {
            fields.add(name);
            fields.add(value.toString());
            return this;
        }

        Writer number(String name, OptionalLong value) {
            value.ifPresent(present -> add(name, present));
            return this;
        }

        Writer key(ScheduleKey key) {
            return add("tenant", key.tenant()).add("schedule", key.id());
        }

        Writer content(ScheduleContent content) {
            return add("plan", PlanJson.write(content.plan()))
                    .add("job", content.job())
                    .add("paused", content.paused());
        }

        Writer command(Optional<UUID> command) {
            command.ifPresent(answered -> add("command", answered));
            return this;
        }
    }
}
