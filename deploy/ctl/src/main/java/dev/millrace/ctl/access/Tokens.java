package dev.millrace.ctl.access;

import picocli.CommandLine.Command;

@Command(
        name = "tokens",
        description = "Look after the tokens of callers. Needs the role admin.",
        subcommands = {ListTokens.class, CreateToken.class, SetToken.class, RevokeTokens.class})
public final class Tokens {}
