package dev.millrace.api.service.diagnostics;

import dev.millrace.api.catalog.workers.Workers;
import dev.millrace.stream.control.ControlMembers;
import dev.millrace.stream.control.MemberKind;
import java.util.List;

/** Whether somebody works, and keeps the time. */
record FleetCheckup(Workers workers, ControlMembers members) implements Check {

    @Override
    public String name() {
        return FleetFindings.NAME;
    }

    @Override
    public List<Finding> look() {
        return new FleetFindings(
                        workers.living(), members.living(MemberKind.SCHEDULER).size())
                .all();
    }
}
