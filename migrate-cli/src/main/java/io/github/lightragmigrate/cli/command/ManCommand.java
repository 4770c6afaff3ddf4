package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.ExitCode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code migrate man}. */
@Command(
    name = "man",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate man",
    description = "Prints the manual page, as roff: man ./migrate.1 shows it.",
    usageHelpAutoWidth = true,
    optionListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = "  migrate man > migrate.1")
final class ManCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    new ManPage(spec.root()).lines().forEach(out::println);
    out.flush();
    return ExitCode.OK;
  }
}
