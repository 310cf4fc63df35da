package dev.millrace.schedule;

/** What the api tells the schedulers. Each entry is for one of them, whichever reads it. */
public sealed interface SchedulerMessage permits ScheduleCommand, FireAnswer {}
