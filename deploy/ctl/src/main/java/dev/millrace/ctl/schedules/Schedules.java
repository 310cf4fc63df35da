package dev.millrace.ctl.schedules;

import picocli.CommandLine.Command;

@Command(
        name = "schedules",
        description = "Look after schedules, which make jobs at the times of a plan.",
        subcommands = {
            ListSchedules.class,
            ShowSchedule.class,
            Fires.class,
            Preview.class,
            PutSchedule.class,
            PauseSchedule.class,
            ResumeSchedule.class,
            Trigger.class,
            DeleteSchedule.class
        })
public final class Schedules {}
