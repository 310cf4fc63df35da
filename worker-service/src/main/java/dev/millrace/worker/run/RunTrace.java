package dev.millrace.worker.run;

import dev.millrace.job.Job;
import dev.millrace.job.JobError;
import dev.millrace.job.JobPlace;
import dev.millrace.worker.held.TaskExecution;
import dev.millrace.worker.settle.Outcome;
import dev.millrace.worker.settle.Outcome.Failed;
import dev.millrace.worker.settle.Outcome.Succeeded;
import dev.millrace.worker.settle.Outcome.TimedOut;
import dev.millrace.worker.settle.RetryAdvice.Snooze;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import java.util.Map;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Makes each run a span of the trace in which its job was submitted, so that what the task calls, and what it logs,
 * belongs to that trace too. With a tracer that records nothing the submitter's span itself stands for the run. A
 * {@code traceparent} that is not valid counts as none.
 */
public final class RunTrace implements RunInterceptor {

    private static final String TRACE_PARENT = "traceparent";
    private static final String TRACE_ID = "traceId";

    /** Hands out one header only: the others are the submitter's own, whatever their names. */
    private static final TextMapGetter<Map<String, String>> TRACE_PARENT_ONLY = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return List.of(TRACE_PARENT);
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String key) {
            return headers == null || !key.equals(TRACE_PARENT) ? null : headers.get(key);
        }
    };

    private final Tracer tracer;

    public RunTrace(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Outcome around(TaskExecution execution, Step next) {
        Span span = span(execution.job());
        try {
            Outcome outcome = within(span, execution, next);
            end(span, outcome);
            return outcome;
        } finally {
            span.end();
        }
    }

    private Span span(Job job) {
        Context submitted = W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), job.spec().headers(), TRACE_PARENT_ONLY);
        SpanBuilder span = tracer.spanBuilder("task " + job.task())
                .setParent(submitted)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("millrace.task", job.task().value())
                .setAttribute("millrace.queue", job.queue().value())
                .setAttribute("millrace.job.id", job.id().toString())
                .setAttribute("millrace.job.run", job.run())
                .setAttribute("millrace.job.attempt", job.attempt());
        JobPlace place = job.spec().place();
        if (place != null) {
            span.setAttribute("millrace.workflow.id", place.workflow().toString())
                    .setAttribute("millrace.workflow.node", place.node())
                    .setAttribute("millrace.workflow.index", place.index());
        }
        return span.startSpan();
    }

    /** Where there is no trace none is entered: it would put an id of zeros on every line. */
    private static Outcome within(Span span, TaskExecution execution, Step next) {
        SpanContext context = span.getSpanContext();
        if (!context.isValid()) {
            return next.run(execution);
        }
        MDC.put(TRACE_ID, context.getTraceId());
        return Context.root().with(span).wrapSupplier(() -> next.run(execution)).get();
    }

    /** An error's message may quote the payload, so that only its type is recorded. */
    private static void end(Span span, Outcome outcome) {
        switch (outcome) {
            case Succeeded succeeded -> span.setStatus(StatusCode.OK);
            case Failed failed -> failed(span, failed);
            case TimedOut late -> fail(span, late.error());
        }
    }

    /** A snooze is no failure. */
    private static void failed(Span span, Failed failed) {
        if (!(failed.advice() instanceof Snooze)) {
            fail(span, failed.error());
        }
    }

    private static void fail(Span span, JobError error) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute("error.type", error.type());
    }
}
