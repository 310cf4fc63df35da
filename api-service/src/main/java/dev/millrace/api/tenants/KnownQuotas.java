package dev.millrace.api.tenants;

import dev.millrace.api.base.rate.Rate;
import dev.millrace.api.http.access.StreamLimit;
import dev.millrace.api.http.problem.Problem;
import dev.millrace.api.http.problem.ProblemType;
import dev.millrace.postgres.Db;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The quotas of tenants, as this instance knows them: it looks every second, and what it accepts meanwhile it counts itself. With
 * several instances a tenant may therefore have as much more than its quota as the others accept within a second. Whoever has
 * no quota costs a look into a map. Until the first look, and while PostgreSQL is away, what was known stays known. May be used
 * by many threads.
 */
@Singleton
public class KnownQuotas implements StreamLimit {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Db db;
    private final LongSupplier nanos;
    private volatile Map<String, Limits> known = Map.of();

    public KnownQuotas(Db db, LongSupplier nanos) {
        this.db = db;
        this.nanos = nanos;
    }

    /**
     * What is left of a tenant's quotas.
     *
     * @param room for jobs that wait; null without a limit, and below 0 if more wait already
     * @param rate of submits; null without a limit, and where none is accepted
     */
    private record Limits(
            Quotas quotas,
            @Nullable AtomicLong room,
            @Nullable Rate rate) {}

    /** Looks once; returns how long to wait before the next look. */
    public Duration refreshOnce() {
        known = db.session(LIMIT, tx -> {
            List<Tenant> limited = TenantRows.limited(tx);
            return limited.isEmpty()
                    ? Map.of()
                    : limits(
                            limited,
                            TenantRows.waiting(
                                    tx, limited.stream().map(Tenant::name).toArray(String[]::new)));
        });
        return BETWEEN_LOOKS;
    }

    private Map<String, Limits> limits(List<Tenant> limited, Map<String, Long> waiting) {
        Map<String, Limits> limits = HashMap.newHashMap(limited.size());
        for (Tenant tenant : limited) {
            Long most = tenant.quotas().queuedJobs();
            limits.put(
                    tenant.name(),
                    new Limits(
                            tenant.quotas(),
                            most == null ? null : new AtomicLong(most - waiting.getOrDefault(tenant.name(), 0L)),
                            rate(tenant)));
        }
        return limits;
    }

    /** The one that was counted with so far goes on. */
    private @Nullable Rate rate(Tenant tenant) {
        Long wanted = tenant.quotas().submitsPerSecond();
        if (wanted == null || wanted == 0) {
            return null;
        }
        Limits before = known.get(tenant.name());
        Rate rate = before == null ? null : before.rate();
        return rate != null && rate.perSecond() == wanted ? rate : new Rate(wanted, nanos.getAsLong());
    }

    /**
     * Lets a tenant submit so many jobs.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if they come too fast, or if too many wait already; then none
     *     of them is to be accepted
     */
    public void admitJobs(String tenant, int jobs) {
        Limits limits = known.get(tenant);
        if (limits == null) {
            return;
        }
        AtomicLong room = limits.room();
        if (room != null && room.get() < jobs) {
            throw Problem.of(
                            ProblemType.QUOTA_EXCEEDED,
                            "Your tenant may have %d jobs that wait, and that would be more."
                                    .formatted(limits.quotas().queuedJobs()))
                    .exception();
        }
        admitRate(limits, jobs);
        if (room != null) {
            room.addAndGet(-jobs);
        }
    }

    private void admitRate(Limits limits, int jobs) {
        Long perSecond = limits.quotas().submitsPerSecond();
        Rate rate = limits.rate();
        if (perSecond != null && rate == null) {
            throw Problem.of(ProblemType.QUOTA_EXCEEDED, "Your tenant may submit nothing now.")
                    .exception();
        }
        long seconds = rate == null ? 0 : rate.take(jobs, nanos.getAsLong());
        if (seconds > 0) {
            throw Problem.of(
                            ProblemType.TOO_MANY_REQUESTS,
                            "Your tenant may submit %d jobs a second.".formatted(perSecond))
                    .retryAfter(seconds, "\"submits\";q=%d;w=1".formatted(perSecond));
        }
    }

    /**
     * Lets a tenant have one more schedule. Blocks if there is a limit.
     *
     * @throws dev.millrace.api.http.problem.ProblemException 429 if it has as many as it may
     */
    public void admitSchedule(String tenant) {
        Limits limits = known.get(tenant);
        Long most = limits == null ? null : limits.quotas().schedules();
        if (most != null && db.session(LIMIT, tx -> TenantRows.schedules(tx, tenant)) >= most) {
            throw Problem.of(ProblemType.QUOTA_EXCEEDED, "Your tenant may have %d schedules.".formatted(most))
                    .exception();
        }
    }

    @Override
    public void admitStream(String tenant, LongSupplier open) {
        Limits limits = known.get(tenant);
        Long most = limits == null ? null : limits.quotas().streams();
        if (most != null && open.getAsLong() >= most) {
            throw Problem.of(
                            ProblemType.QUOTA_EXCEEDED,
                            "Your tenant may have %d event streams open at a time.".formatted(most))
                    .exception();
        }
    }
}
