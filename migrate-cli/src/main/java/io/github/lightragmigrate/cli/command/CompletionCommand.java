package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.run.ExitCode;
import io.github.lightragmigrate.cli.run.UsageException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migrate completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    customSynopsis = "migrate completion SHELL",
    description = {
      "Prints a script by which a shell completes commands, options and values.",
      "%nFor good, let ~/.bashrc or ~/.zshrc source it, or write it to where the shell looks, such as"
          + " ~/.local/share/bash-completion/completions/migrate."
    },
    usageHelpAutoWidth = true,
    parameterListHeading = "%n",
    footerHeading = "%nExamples:%n",
    footer = {"  source <(migrate completion bash)", "  migrate completion zsh > migrate.zsh"})
final class CompletionCommand implements Callable<Integer> {

  private static final List<String> SHELLS = List.of("bash", "zsh");

  private static final String COMPLETE_LIST =
      """
      # Completes the last element of a list with commas by those that are not in it yet.
      function compReplyList() {
        local word=${COMP_WORDS[COMP_CWORD]} head= element
        if [[ $word == *,* ]]; then head=${word%,*},; fi
        for element in "$@"; do
          if [[ ",$head" != *",$element,"* && "$head$element" == "$word"* ]]; then echo "$head$element"; fi
        done
      }

      """;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash or zsh; it is one script, which knows where it runs.")
  private String shell = "";

  /** For the shell's own completion. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  /** picocli completes one value; of a list, each element has to be. */
  private static String script(CommandLine root) {
    return COMPLETE_LIST
        + AutoComplete.bash("migrate", root)
            .replace(
                "COMPREPLY=( $( compReplyArray \"${LIST_option_args[@]}\" ) )",
                "COMPREPLY=( $( compReplyList \"${LIST_option_args[@]}\" ) )\n"
                    + "      [ -z \"$BASH_VERSION\" ] || compopt -o nospace");
  }

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    if (!SHELLS.contains(shell)) {
      throw new UsageException("'" + shell + "' is neither bash nor zsh");
    }
    PrintWriter out = line.getOut();
    out.print(script(spec.root().commandLine()));
    out.flush();
    return ExitCode.OK;
  }
}
