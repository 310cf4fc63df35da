package com.example.greetings;

import static dev.millrace.flow.Flows.input;
import static dev.millrace.flow.Flows.item;
import static dev.millrace.flow.Flows.map;
import static dev.millrace.flow.Flows.task;

import dev.millrace.flow.Flow;
import dev.millrace.flow.Workflow;

public class GreetFlow {

    @Workflow(name = "greet.all", description = "Greets each guest of a list.")
    public Flow all() {
        return Flow.of(map("guests")
                .items(input().at("/guests"))
                .each(task("greet").payload(item()))
                .tolerateAll());
    }
}
