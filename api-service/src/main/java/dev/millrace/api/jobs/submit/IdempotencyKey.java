package dev.millrace.api.jobs.submit;

/** A caller's word for one call; unique in its tenant for 24 hours. */
record IdempotencyKey(String tenant, String text) implements Comparable<IdempotencyKey> {

    @Override
    public int compareTo(IdempotencyKey other) {
        int order = tenant.compareTo(other.tenant);
        return order != 0 ? order : text.compareTo(other.text);
    }
}
