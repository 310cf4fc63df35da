package dev.millrace.local;

import java.nio.file.Path;
import java.util.UUID;

/**
 * What a newcomer reads when everything is ready: where things are, and three lines to copy into any POSIX shell.
 *
 * @param logs the folder of what every process prints
 * @param job the id that the three lines give their job; pasted twice, they mean the same job
 */
record Welcome(String api, String samples, Path logs, UUID job) {

    String text() {
        return """

            Millrace is ready.

              start at   %1$s/
              api        %1$s/api/v1
              health     %1$s/q/health
              openapi    %1$s/q/openapi
              samples    %2$s/
              logs       %5$s

            Submit a job that imports 100,000 customers, watch it, and read its result:

            curl -sS '%1$s/api/v1/jobs' -H 'Content-Type: application/json' -d '%4$s'
            curl -sSN '%1$s/api/v1/jobs/%3$s/events'
            curl -sS '%1$s/api/v1/jobs/%3$s/result?wait=30'

            Ctrl-C stops everything.
            """.formatted(api, samples, job, submission(samples, job), logs);
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
