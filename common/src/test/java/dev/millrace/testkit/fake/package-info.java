/**
 * A shard of Redis in memory, with what the function library does to it: {@link dev.millrace.testkit.fake.FakeRedis}. It
 * passes the suite of the real one and answers the same to the same random calls. One thread, an injected clock, nothing
 * by chance: what happened once happens again.
 *
 * <p>It can lose its data, restart, go back to an earlier state, and be given a {@link dev.millrace.testkit.fake.Flaw}.
 * Left out is what no job depends on: how many bytes a lane takes, Redis without room, keys that hold something else than
 * they should.
 */
@NullMarked
package dev.millrace.testkit.fake;

import org.jspecify.annotations.NullMarked;
