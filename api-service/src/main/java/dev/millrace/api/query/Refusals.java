package dev.millrace.api.query;

import dev.millrace.job.JobId;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;

/** What is said to clients that ask for what cannot be answered. */
public final class Refusals {

    private static final int UNPROCESSABLE = 422;

    private Refusals() {}

    public static RuntimeException badParameter(String detail) {
        return new BadRequestException(detail);
    }

    static RuntimeException badParameter(String detail, Exception cause) {
        return new BadRequestException(detail, cause);
    }

    public static RuntimeException notBuilt(String parameter) {
        return new WebApplicationException(
                "The query parameter '" + parameter + "' is not supported by this version. Ask without it.",
                UNPROCESSABLE);
    }

    /** Also said of another tenant's job. */
    public static RuntimeException unknownJob(JobId id) {
        return new NotFoundException("There is no job " + id + ".");
    }

    /** Reads the id in a path; one that is no UUID names no job. */
    public static JobId jobId(String text) {
        try {
            return JobId.parse(text);
        } catch (IllegalArgumentException notAnId) {
            throw new NotFoundException("There is no such job: its id would be a UUID.", notAnId);
        }
    }
}
