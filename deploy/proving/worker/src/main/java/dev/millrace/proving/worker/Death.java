package dev.millrace.proving.worker;

/** How a task ends its own process, so that a test need not die. */
@FunctionalInterface
interface Death {

    /** Of a process that its own task has ended. */
    int EXIT_CODE = 66;

    void now();
}
