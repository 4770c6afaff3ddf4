package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.migration.SecretMask;
import io.github.lightragmigrate.spi.Settings;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParseResult;

/** The command line as a whole. */
public final class Commands {

  /** A command with the options that tell how to show an error. */
  interface Reporting {
    CommonOptions common();
  }

  static final List<String> NAMES =
      List.of("count", "verify", "retry", "doctor", "adapters", "completion", "man", "help");

  /**
   * Arguments that the commands for installers and the form of help matter to: themselves, help,
   * and a file of arguments. Each command costs a hundredth of a second at every start.
   */
  private static final Pattern SELDOM =
      Pattern.compile("completion|man|help|--help|-[a-zA-Z]*h[a-zA-Z]*|@.*");

  private Commands() {}

  /**
   * Does what the arguments say.
   *
   * @return the exit code
   */
  public static int run(Host host, String... args) {
    return commandLine(host, List.of(args)).execute(args);
  }

  private static CommandLine commandLine(Host host, List<String> args) {
    MigrateCommand migrate = new MigrateCommand(host);
    CommandLine root = command(migrate, host);
    root.addSubcommand(command(new CountCommand(host), host));
    root.addSubcommand(command(new VerifyCommand(host), host));
    root.addSubcommand(command(new RetryCommand(host), host));
    root.addSubcommand(command(new DoctorCommand(host), host));
    root.addSubcommand(command(new AdaptersCommand(host), host));
    if (args.stream().anyMatch(SELDOM.asMatchPredicate())) {
      root.addSubcommand(command(new CompletionCommand(), host));
      root.addSubcommand(command(new ManCommand(), host));
      root.addSubcommand(command(new HelpCommand(), host));
      WholeWords.in(root);
      root.getSubcommands().values().forEach(WholeWords::in);
    }
    return root.setOut(writer(host.out()))
        .setErr(writer(host.err()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
        .setExecutionStrategy(parsed -> execute(host, parsed))
        .setExecutionExceptionHandler(
            (e, failed, parsed) -> {
              Reporting command = failed.getCommand() instanceof Reporting own ? own : migrate;
              CommonOptions common = command.common();
              return new ErrorScreen(common.terminal(), common.diagnostics()).show(e);
            });
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static CommandLine command(Callable<Integer> command, Host host) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().version("lightrag-migrate " + host.version());
    line.getCommandSpec().parser().collectErrors(true);
    return line;
  }

  /** All that is wrong with the options is told at once. */
  private static int execute(Host host, ParseResult parsed) {
    Collection<String> problems = new ArgumentProblems(NAMES).of(parsed);
    ParseResult last = parsed;
    boolean help = false;
    for (ParseResult one = parsed; one != null; one = one.subcommand()) {
      help |= one.isUsageHelpRequested() || one.isVersionHelpRequested();
      last = one;
    }
    if (problems.isEmpty() || help) {
      return new CommandLine.RunLast().execute(parsed);
    }
    SecretMask mask = SecretMask.of(List.of(), Settings.of(Map.of()));
    problems.forEach(problem -> host.err().println("Error: " + mask.apply(problem)));
    host.err().println("See '" + last.commandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
