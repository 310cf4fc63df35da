package dev.millrace.api.service.diagnostics;

import java.util.List;

/** Looks at one part of an installation. May block, and may be asked by several threads. */
interface Check {

    /** What is looked at: the word by which findings call it. */
    String name();

    /** At least one; throws what it cannot deal with. */
    List<Finding> look();
}
