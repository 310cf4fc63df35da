package dev.millrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobEvent.Progress;
import dev.millrace.job.JobState;
import dev.millrace.stream.entries.Delivery;
import dev.millrace.stream.entries.EventCodec.Decoded;
import dev.millrace.stream.jobs.JobStreams;
import dev.millrace.stream.jobs.Recording.EndedRun;
import dev.millrace.stream.jobs.Settling.ProgressReport;
import dev.millrace.stream.jobs.Taking.Admit;
import dev.millrace.testkit.Jobs;
import dev.millrace.testkit.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job's life, step by step: whoever stops between two of them, or makes one again, it ends once. */
interface LifeContract extends StreamSubject {

    /** The calls of a whole life in their order. */
    enum Step {
        SUBMIT,
        TAKE,
        HANDBACK,
        TAKE_AGAIN,
        START,
        NOTE,
        RENEW,
        FINISH,
        PROJECTED
    }

    /** One life, as far as it got. */
    final class Life {

        private final StreamSubject subject;
        private final List<Delivery> taken = new ArrayList<>();

        Life(StreamSubject subject) {
            this.subject = subject;
        }

        void take(Step step) {
            JobStreams ann = subject.ann();
            switch (step) {
                case SUBMIT -> subject.submit(Jobs.job(1));
                case TAKE, TAKE_AGAIN -> taken.addAll(ann.take(Jobs.QUEUE, 1));
                case HANDBACK -> ann.handback(List.of(taken.getLast()));
                case START -> subject.start(ann, taken.getLast());
                case NOTE -> ann.report(List.of(new ProgressReport(taken.getLast(), null, new Progress(1, 2, null))));
                case RENEW -> ann.renew(LEASE, List.of(taken.getLast()));
                case FINISH -> subject.succeed(ann, taken.getLast());
                case PROJECTED -> project();
            }
        }

        private void project() {
            List<EndedRun> ended = new ArrayList<>();
            Probe.Marker marker = subject.probe().marker(Jobs.id(1));
            if (marker != null && marker.ended()) {
                ended.add(new EndedRun(Jobs.id(1), marker.epoch(), marker.run()));
            }
            subject.streams("api")
                    .projected(
                            subject.probe().events().stream()
                                    .map(Decoded::entry)
                                    .toList(),
                            ended);
        }

        /** Another worker, when this one's lease is over, and the api go on from wherever the job is. */
        void goOn() {
            subject.submit(Jobs.job(1));
            subject.probe().gone("ann");
            subject.probe().pending(NORMAL).forEach(one -> subject.probe().age(NORMAL, one.entry(), LEASE));
            JobStreams bob = subject.bob();
            List<Delivery> found = new ArrayList<>(bob.reclaim(Jobs.QUEUE, 5, LEASE));
            found.removeIf(one -> subject.start(bob, one) != Admit.GO);
            found.addAll(bob.take(Jobs.QUEUE, 5));
            found.forEach(one -> subject.succeed(bob, one));
            project();
        }

        void assertEndedOnce() {
            assertThat(subject.endOf(Jobs.id(1)).state()).isEqualTo(JobState.SUCCEEDED);
            subject.assertEmpty(NORMAL);
            subject.assertEmpty(SUSPECT);
            assertThat(subject.markerOf(Jobs.id(1)).life()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        }

        void assertTokensRise() {
            Set<Object> tokens = new HashSet<>();
            taken.forEach(one -> assertThat(tokens.add(one.token())).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    default void I1_I6_I9_I11_endsOnceWhenItsWorkerStopsAfterAnyStep(Step last) {
        Life life = new Life(this);
        for (Step step : Step.values()) {
            if (step.compareTo(last) <= 0) {
                life.take(step);
            }
        }
        life.goOn();
        life.assertEndedOnce();
        life.assertTokensRise();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    default void I1_I6_I9_I11_endsOnceWhenTheReplyToAnyStepIsLost(Step repeated) {
        Life life = new Life(this);
        for (Step step : Step.values()) {
            life.take(step);
            if (step == repeated) {
                life.take(step);
            }
        }
        life.goOn();
        life.assertEndedOnce();
        life.assertTokensRise();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    default void I7_theOneWhoStoppedChangesNothingWhenItComesBack(Step last) {
        Life life = new Life(this);
        for (Step step : Step.values()) {
            if (step.compareTo(last) <= 0) {
                life.take(step);
            }
        }
        life.goOn();
        life.taken.forEach(held -> {
            assertThat(start(ann(), held)).isEqualTo(Admit.FENCED);
            assertThat(ann().renew(LEASE, List.of(held)).lost()).hasSize(1);
            end(ann(), held, JobState.FAILED);
            ann().handback(List.of(held));
        });
        life.assertEndedOnce();
    }
}
