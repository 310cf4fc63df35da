package dev.millrace.testkit.contract;

/** All that any implementation of {@link dev.millrace.stream.jobs.JobStreams} keeps, real or fake. */
public abstract class StreamContract
        implements SubmitContract,
                TakeContract,
                SettleContract,
                LeaseContract,
                ConnectionContract,
                LifeContract,
                DelayContract,
                ReleaseContract,
                DeferContract,
                CancelContract {}
