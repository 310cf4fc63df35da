package dev.millrace.ctl.tenants;

import picocli.CommandLine.Command;

@Command(
        name = "tenants",
        description = "Look after tenants. Needs the role admin, and MILLRACE_ADMIN_TOKEN for those of others.",
        subcommands = {ListTenants.class, ShowTenant.class, CreateTenant.class, SetTenant.class})
public final class Tenants {}
