package com.example.greetings;

import dev.millrace.task.Task;
import dev.millrace.task.TaskContext;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

public class GreetTask {

    @RegisterForReflection
    public record Guest(String name, Optional<String> language) {}

    @RegisterForReflection
    public record Greeting(String text, int attempt) {}

    @Task(name = "greet", queue = "greetings", timeout = "PT30S", description = "Greets a guest.")
    public Greeting greet(Guest guest, TaskContext context) {
        context.progress(1, 1, "greeting");
        String hello = guest.language().orElse("en").equals("de") ? "Hallo" : "Hello";
        return new Greeting(hello + ", " + guest.name() + "!", context.attempt());
    }
}
