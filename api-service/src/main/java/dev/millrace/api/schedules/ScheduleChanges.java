package dev.millrace.api.schedules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.api.http.changes.Changes;
import dev.millrace.api.http.json.StrictJson;
import dev.millrace.api.http.parameters.IfMatch;
import dev.millrace.api.jobs.accept.JobIds;
import dev.millrace.api.schedules.ScheduleRequests.ScheduleRequest;
import dev.millrace.api.schedules.ScheduleTable.StoredSchedule;
import dev.millrace.api.schedules.commands.Answer;
import dev.millrace.api.schedules.commands.Commands;
import dev.millrace.api.schedules.fires.FiredWork;
import dev.millrace.api.tenants.KnownQuotas;
import dev.millrace.json.PlanJson;
import dev.millrace.schedule.Schedule;
import dev.millrace.schedule.ScheduleCommand;
import dev.millrace.schedule.ScheduleCommand.Create;
import dev.millrace.schedule.ScheduleCommand.Pause;
import dev.millrace.schedule.ScheduleCommand.Put;
import dev.millrace.schedule.ScheduleCommand.Remove;
import dev.millrace.schedule.ScheduleCommand.Resume;
import dev.millrace.schedule.ScheduleContent;
import dev.millrace.schedule.ScheduleEvent.Reason;
import dev.millrace.schedule.ScheduleKey;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Changes schedules: each call blocks until a scheduler has answered and the record shows it, 2 s at most. All throw {@link
 * dev.millrace.api.problem.ProblemException} for what is refused, and {@link dev.millrace.postgres.DatabaseUnavailable}.
 */
@Singleton
public class ScheduleChanges {

    /** A patch that says no version is made anew of what somebody else has changed meanwhile. */
    private static final int PATCHES = 8;

    private final ScheduleTable table;
    private final ScheduleRequests requests;
    private final Commands commands;
    private final JobIds ids;
    private final KnownQuotas quotas;
    private final Changes changes;

    /** What became of a change that was not refused. */
    sealed interface ChangeResult {

        /** The record shows it. */
        record Confirmed(StoredSchedule schedule, boolean created) implements ChangeResult {}

        /** It stands, and is carried out when a scheduler is there. */
        record Pending() implements ChangeResult {}

        /** The schedule is gone. */
        record Gone() implements ChangeResult {}
    }

    public ScheduleChanges(
            ScheduleTable table,
            ScheduleRequests requests,
            Commands commands,
            JobIds ids,
            KnownQuotas quotas,
            Changes changes) {
        this.table = table;
        this.requests = requests;
        this.commands = commands;
        this.ids = ids;
        this.quotas = quotas;
        this.changes = changes;
    }

    ChangeResult create(ScheduleKey key, ScheduleContent content) {
        quotas.admitSchedule(key.tenant());
        tell(Optional.empty(), Optional.of(content));
        return done(new Create(newId(), key, content), 0);
    }

    /** Asks nobody for what stands already; so with {@link #patch}. */
    ChangeResult put(ScheduleKey key, JsonNode body, IfMatch match) {
        Optional<StoredSchedule> before = table.find(key);
        ScheduleRequest request = request(key, body, before);
        if (before.isEmpty()) {
            match.requireNothing();
            quotas.admitSchedule(key.tenant());
        }
        Put put = put(key, version(before, match), request);
        tell(before, Optional.of(put.content()));
        return unchanged(put, before).orElseGet(() -> done(put, generation(before)));
    }

    ChangeResult patch(ScheduleKey key, JsonNode patch, IfMatch match) {
        for (int left = PATCHES; left > 0; left--) {
            Optional<StoredSchedule> before = Optional.of(existing(key));
            OptionalLong version = version(before, match);
            Put put = patch(key, before.get(), patch);
            tell(before, Optional.of(put.content()));
            Optional<ChangeResult> unchanged = unchanged(put, before);
            if (unchanged.isPresent()) {
                return unchanged.get();
            }
            Optional<Answer> answer = commands.ask(put);
            if (version.isPresent() || !answer.equals(Optional.of(new Answer.Refused(Reason.STALE)))) {
                return edited(key, answer, generation(before));
            }
        }
        throw Refusals.conflict("Others change the schedule at the same time. Send the patch again.");
    }

    private Put patch(ScheduleKey key, StoredSchedule before, JsonNode patch) {
        ScheduleContent content = before.schedule().content();
        ObjectNode whole = PlanJson.write(content.plan());
        JsonNode work = StrictJson.read(content.job());
        FiredWork.workflow(work)
                .ifPresentOrElse(workflow -> whole.set("workflow", workflow), () -> whole.set("job", work));
        whole.put("paused", content.paused());
        ScheduleRequest request = request(key, MergePatch.apply(whole, patch), Optional.of(before));
        return put(key, OptionalLong.of(before.schedule().version()), request);
    }

    private ScheduleRequest request(ScheduleKey key, JsonNode body, Optional<StoredSchedule> before) {
        ScheduleContent content =
                before.map(stored -> stored.schedule().content()).orElse(null);
        ScheduleRequest request = requests.read(key.tenant(), body, content);
        request.id().filter(id -> !id.equals(key.id())).ifPresent(id -> {
            throw Refusals.otherId();
        });
        return request;
    }

    private Put put(ScheduleKey key, OptionalLong version, ScheduleRequest request) {
        return new Put(newId(), key, version, request.content(), request.namesNoAnchor());
    }

    /** The schedule, if it is what is put, and nothing else was asked of it that is yet to come. */
    private Optional<ChangeResult> unchanged(Put put, Optional<StoredSchedule> before) {
        return before.filter(stored -> isAlready(put, stored.schedule()) && !commands.isOpen(put.key()))
                .map(stored -> new ChangeResult.Confirmed(stored, false));
    }

    private static boolean isAlready(Put put, Schedule stored) {
        return stored.source() == Schedule.Source.API
                && put.contentAfter(stored.content()).equals(stored.content());
    }

    ChangeResult remove(ScheduleKey key, IfMatch match) {
        Optional<StoredSchedule> before = requireKnown(key);
        if (before.isEmpty()) {
            match.requireNothing();
        }
        tell(before, Optional.empty());
        Optional<Answer> answer = commands.ask(new Remove(newId(), key, version(before, match)));
        requireNotRefused(key, answer);
        return answer.isPresent() ? new ChangeResult.Gone() : new ChangeResult.Pending();
    }

    ChangeResult pause(ScheduleKey key) {
        return done(new Pause(newId(), key), generation(paused(key, true)));
    }

    ChangeResult resume(ScheduleKey key) {
        return done(new Resume(newId(), key), generation(paused(key, false)));
    }

    private Optional<StoredSchedule> paused(ScheduleKey key, boolean paused) {
        Optional<StoredSchedule> before = requireKnown(key);
        tell(before, before.map(stored -> stored.schedule().content()).map(content -> content.pausedNow(paused)));
        return before;
    }

    private void tell(Optional<StoredSchedule> before, Optional<ScheduleContent> after) {
        Optional<ScheduleContent> was = before.map(stored -> stored.schedule().content());
        changes.tell(
                was.map(ScheduleSetting::of).orElse(null),
                after.map(content -> ScheduleSetting.of(content, was)).orElse(null));
    }

    /** The schedule; 404 if the tenant has none with this id. */
    StoredSchedule existing(ScheduleKey key) {
        return table.find(key).orElseThrow(() -> Refusals.unknown(key.id()));
    }

    /** It need not be on record yet, as long as something was asked of it. */
    private Optional<StoredSchedule> requireKnown(ScheduleKey key) {
        Optional<StoredSchedule> found = table.find(key);
        if (found.isEmpty() && !commands.isOpen(key)) {
            throw Refusals.unknown(key.id());
        }
        return found;
    }

    /** The present one, if the client insists on one; a scheduler looks whether it is still the present one. */
    private static OptionalLong version(Optional<StoredSchedule> before, IfMatch match) {
        if (before.isEmpty()) {
            return OptionalLong.empty();
        }
        long version = before.get().schedule().version();
        match.require(version);
        return match.any() ? OptionalLong.empty() : OptionalLong.of(version);
    }

    /** Of the schedule that a change finds; 0 if it finds none. */
    private static long generation(Optional<StoredSchedule> before) {
        return before.map(stored -> stored.schedule().generation()).orElse(0L);
    }

    private ChangeResult done(ScheduleCommand command, long generationBefore) {
        return edited(command.key(), commands.ask(command), generationBefore);
    }

    private ChangeResult edited(ScheduleKey key, Optional<Answer> answer, long generationBefore) {
        requireNotRefused(key, answer);
        if (answer.isEmpty()) {
            return new ChangeResult.Pending();
        }
        StoredSchedule now = existing(key);
        return new ChangeResult.Confirmed(now, now.schedule().generation() > generationBefore);
    }

    private static void requireNotRefused(ScheduleKey key, Optional<Answer> answer) {
        if (answer.orElse(null) instanceof Answer.Refused(Reason reason)) {
            throw Refusals.of(reason, key);
        }
    }

    private UUID newId() {
        return ids.next().uuid();
    }
}
