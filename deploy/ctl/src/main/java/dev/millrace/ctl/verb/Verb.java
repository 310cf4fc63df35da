package dev.millrace.ctl.verb;

/** What one command does. Its fields are what was typed. */
public interface Verb {

    /**
     * Does it.
     *
     * @return how it went; refusals of the server and silence are thrown as they come
     */
    Exit run(Session session);
}
