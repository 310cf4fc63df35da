package dev.millrace.job;

import dev.millrace.retry.RetryOverride;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The terms that a job, a task or a queue sets itself; null for those it leaves as they are. A job's go over its task's,
 * these over the queue's, and these over the worker's own. Every override fits over all terms.
 */
public record TermsOverride(
        @Nullable Duration timeout, @Nullable Duration softTimeout, RetryOverride retry) {

    /** Wants nothing otherwise. */
    public static final TermsOverride NONE = new TermsOverride(null, null, RetryOverride.NONE);

    public TermsOverride {
        timeout = timeout == null ? null : Terms.limit("timeout", timeout);
        softTimeout = softTimeout == null ? null : Terms.limit("softTimeout", softTimeout);
        Terms.inOrder(softTimeout, timeout);
    }

    /** The whole of some terms. */
    public static TermsOverride of(Terms terms) {
        return new TermsOverride(terms.timeout(), terms.softTimeout(), RetryOverride.of(terms.retry()));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The terms with what this override says. A soft limit that does not come before the limit is none. */
    public Terms over(Terms terms) {
        Duration limit = timeout != null ? timeout : terms.timeout();
        Duration soft = softTimeout != null ? softTimeout : terms.softTimeout();
        boolean inTime = soft != null && soft.compareTo(limit) < 0;
        return new Terms(limit, inTime ? soft : null, retry.over(terms.retry()));
    }
}
