package dev.millrace.ctl;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** All verbs, and the options that every one of them has. */
@Command(
        name = "ctl",
        description = "Millrace from a terminal, over its REST API.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Which server: --url, or --profile, or MILLRACE_URL, or MILLRACE_PROFILE, or the profile 'default', or",
            "http://127.0.0.1:8080, the first of these that is given. The token is never an argument: it stands in",
            "MILLRACE_TOKEN, or beside the url in a profile. Profiles lie in ~/.config/millrace/profiles.json, which nobody",
            "else may read: {\"default\": {\"url\": \"https://…\", \"token\": \"mr_…\"}}.",
        },
        exitCodeListHeading = "%nExit status:%n")
final class Root {

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print answers as they came, one a line, instead of tables.")
    boolean json;

    @Option(names = "--url", paramLabel = "URL", scope = ScopeType.INHERIT, description = "The server.")
    Optional<String> url = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The server and the token of this profile.")
    Optional<String> profile = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this.")
    boolean help;
}
