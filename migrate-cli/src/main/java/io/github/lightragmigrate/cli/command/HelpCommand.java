package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.UsageException;
import io.github.lightragmigrate.cli.terminal.Spelling;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migrate help}: what {@code --help} prints. picocli's own answers a slip with a page. */
@Command(
    name = "help",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate help [COMMAND]",
    description = "Prints the help of a command, or of the tool.",
    usageHelpAutoWidth = true,
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  migrate help", "  migrate help count"})
final class HelpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..1",
      completionCandidates = OfCommands.class,
      description = "Such as count.")
  private @Nullable String command;

  /** For the shell's own completion. */
  static final class OfCommands implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Commands.NAMES.iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    Map<String, CommandLine> commands = root.getSubcommands();
    CommandLine asked = command == null ? root : commands.get(command);
    if (asked == null) {
      String meant = Spelling.hint(Spelling.nearest(String.valueOf(command), commands.keySet()));
      throw new UsageException(
          "there is no command '"
              + command
              + "'"
              + (meant.isEmpty() ? ": 'migrate help' lists them all" : meant));
    }
    asked.usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
