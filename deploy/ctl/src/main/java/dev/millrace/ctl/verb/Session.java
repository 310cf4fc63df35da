package dev.millrace.ctl.verb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.ctl.server.Answer;
import dev.millrace.ctl.server.Call;
import dev.millrace.ctl.server.Pages;
import dev.millrace.ctl.server.Server;
import dev.millrace.ctl.server.Unusable;
import dev.millrace.ctl.terminal.Output;
import dev.millrace.ctl.terminal.Table;
import dev.millrace.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a verb is given.
 *
 * @param servers makes the server that is meant; a verb that asks none needs none
 * @param in standard input
 * @param ids new ones
 * @param atExit is given what has to happen when the program ends, by Ctrl-C too
 */
public record Session(
        Supplier<Server> servers,
        Output out,
        Time time,
        InputStream in,
        Supplier<UUID> ids,
        Consumer<Runnable> atExit) {

    public Server server() {
        return servers.get();
    }

    /** Sends a call, and shows its answer: to people as told, else as it came. */
    public Exit show(Call call, Consumer<JsonNode> people) {
        Answer answer = server().send(call);
        if (!out.json()) {
            people.accept(answer.json());
        } else if (!answer.body().isEmpty()) {
            out.body(answer.body());
        }
        return Exit.DONE;
    }

    /** Reads a list, and shows it: to people as a table of a row for each item, else its pages as they came. */
    public Exit list(Call call, Most most, Table table, Function<JsonNode, String[]> row) {
        Pages pages = server().pages(call, most.count());
        if (out.json()) {
            pages.answers().forEach(page -> out.body(page.body()));
            return Exit.DONE;
        }
        pages.items().forEach(item -> table.row(row.apply(item)));
        show(table);
        if (pages.next().isPresent()) {
            out.note("There are more: --limit says how many to show, --all shows all.");
        }
        return Exit.DONE;
    }

    /** A table; what has no rows is told instead. */
    public void show(Table table) {
        if (table.isEmpty()) {
            out.note("There are none.");
        } else {
            out.table(table);
        }
    }

    /** Does something for each argument, whatever became of those before; the worst end stands for all. */
    public Exit each(List<String> arguments, Function<String, Exit> verb) {
        List<Exit> ends = new ArrayList<>();
        for (String argument : arguments) {
            try {
                ends.add(verb.apply(argument));
            } catch (RuntimeException failed) {
                if (arguments.size() > 1) {
                    out.note(argument + ":");
                }
                ends.add(new Failures(out).tell(failed));
            }
        }
        return Exit.worst(ends);
    }

    /** Sends a call for each argument, and tells people in a line what came of it. */
    public Exit tellEach(
            List<String> arguments, Function<String, Call> call, BiFunction<String, JsonNode, String> line) {
        return each(arguments, one -> show(call.apply(one), answer -> out.line(line.apply(one, answer))));
    }

    /** All of standard input. */
    public String input() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new Unusable("Standard input cannot be read.");
        }
    }

    /** The next line of standard input; empty at its end. */
    public String inputLine() {
        StringBuilder line = new StringBuilder();
        try {
            for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
                line.append((char) one);
            }
        } catch (IOException broken) {
            throw new Unusable("Standard input cannot be read.");
        }
        return line.toString().strip();
    }

    /** The cells of the things that a server tells, as seen now. */
    public Cells cells() {
        return new Cells(time.instant());
    }
}
