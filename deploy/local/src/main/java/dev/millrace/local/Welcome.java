package dev.millrace.local;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a newcomer reads when everything is ready: where things are, and three lines to copy into any POSIX shell.
 *
 * @param logs the folder of what every process prints
 * @param job the id that the three lines give their job; pasted twice, they mean the same job
 * @param access whether callers are asked for a token
 */
record Welcome(String api, String samples, Path logs, UUID job, boolean access) {

    private static final String SHOWN = " -H \"Authorization: Bearer $MILLRACE_TOKEN\"";

    String text() {
        return head() + (access ? tokens() : "") + example();
    }

    private String head() {
        return """

            Millrace is ready.

              start at   %1$s/
              api        %1$s/api/v1
              health     %1$s/q/health
              openapi    %1$s/q/openapi
              samples    %2$s/
              logs       %3$s
            """.formatted(api, samples, logs);
    }

    /** No token is printed: terminals are kept and shared. */
    private String tokens() {
        return """

            Callers are asked for a token. MILLRACE_ADMIN_TOKEN gives one to everybody else; for example:

            export MILLRACE_TOKEN=$(curl -sS '%1$s/api/v1/tokens' -H "Authorization: Bearer $MILLRACE_ADMIN_TOKEN" -H 'Content-Type: application/json' -d '{"name":"me","role":"operator"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
            """.formatted(api);
    }

    private String example() {
        return """

            Submit a job that imports 100,000 customers, watch it, and read its result:

            curl -sS '%1$s/api/v1/jobs'%4$s -H 'Content-Type: application/json' -d '%3$s'
            curl -sSN '%1$s/api/v1/jobs/%2$s/events'%4$s
            curl -sS '%1$s/api/v1/jobs/%2$s/result?wait=30'%4$s

            Ctrl-C stops everything.
            """.formatted(api, job, submission(samples, job), access ? SHOWN : "");
    }

    /** The body of a submit that imports the sample customers. */
    static String submission(String samples, UUID job) {
        return """
            {"id":"%s","task":"csv.import","payload":{"url":"%s/customers.csv","columns":[\
            {"name":"id","type":"integer","required":true},\
            {"name":"name","type":"string","required":true},\
            {"name":"email","type":"string","pattern":"^[^@ ]+@[^@ ]+$"},\
            {"name":"amount","type":"decimal"},\
            {"name":"signed_up","type":"date"},\
            {"name":"active","type":"boolean"}]}}""".formatted(job, samples);
    }
}
