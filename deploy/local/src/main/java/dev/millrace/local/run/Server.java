package dev.millrace.local.run;

import dev.millrace.embedded.ChildProcess;
import dev.millrace.local.home.RunFile;
import java.util.function.Supplier;

/** Redis or PostgreSQL as a process of ours: ready when it answers. */
public final class Server implements Program {

    private final String name;
    private final String url;
    private final Supplier<ChildProcess> starting;
    private final RunFile runFile;

    /**
     * Describes a server that is not started yet.
     *
     * @param starting starts it and returns when it answers, each time at the same url
     */
    public Server(String name, String url, Supplier<ChildProcess> starting, RunFile runFile) {
        this.name = name;
        this.url = url;
        this.starting = starting;
        this.runFile = runFile;
    }

    @Override
    public String name() {
        return name;
    }

    public String url() {
        return url;
    }

    @Override
    public ChildProcess start() {
        return starting.get();
    }

    @Override
    public void ready(ChildProcess process) {
        runFile.server(name, new RunFile.Server(process.pid(), url));
    }

    @Override
    public void ended() {
        runFile.server(name, new RunFile.Server(null, url));
    }
}
