package dev.millrace.job;

import dev.millrace.retry.RetryOverride;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a policy that a job, a task or a queue sets itself; null for those it leaves as they are. A job's go over
 * its task's, these over the queue's, and these over the worker's own. Every override fits over every policy.
 */
public record PolicyOverride(
        @Nullable Duration timeout, @Nullable Duration softTimeout, RetryOverride retry) {

    /** Wants nothing otherwise. */
    public static final PolicyOverride NONE = new PolicyOverride(null, null, RetryOverride.NONE);

    public PolicyOverride {
        timeout = timeout == null ? null : ExecutionPolicy.limit("timeout", timeout);
        softTimeout = softTimeout == null ? null : ExecutionPolicy.limit("softTimeout", softTimeout);
        ExecutionPolicy.inOrder(softTimeout, timeout);
    }

    /** The whole of a policy. */
    public static PolicyOverride of(ExecutionPolicy policy) {
        return new PolicyOverride(policy.timeout(), policy.softTimeout(), RetryOverride.of(policy.retry()));
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The policy with what this override says. A soft limit that does not come before the limit is none. */
    public ExecutionPolicy over(ExecutionPolicy policy) {
        Duration limit = timeout != null ? timeout : policy.timeout();
        Duration soft = softTimeout != null ? softTimeout : policy.softTimeout();
        boolean inTime = soft != null && soft.compareTo(limit) < 0;
        return new ExecutionPolicy(limit, inTime ? soft : null, retry.over(policy.retry()));
    }
}
