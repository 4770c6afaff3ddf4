package io.github.lightragmigrate.cli.command;

import io.github.lightragmigrate.cli.terminal.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments, a line each, and what may have been meant. */
final class ArgumentProblems {

  /** Shorter ones are in too many names. */
  private static final int TELLING = 4;

  private final Collection<String> commands;

  /** Each once: a missing option is an error of the command and of the one that it is a part of. */
  private final Set<String> lines = new LinkedHashSet<>();

  private final Set<String> meant = new HashSet<>();

  /**
   * @param commands names of all that there are
   */
  ArgumentProblems(Collection<String> commands) {
    this.commands = commands;
  }

  Collection<String> of(ParseResult parsed) {
    List<Exception> errors = new ArrayList<>();
    for (ParseResult one = parsed; one != null; one = one.subcommand()) {
      errors.addAll(one.errors());
    }
    for (Exception e : errors) {
      if (e instanceof UnmatchedArgumentException unmatched) {
        unmatched(unmatched.getCommandLine(), unmatched.getUnmatched());
      }
    }
    for (Exception e : errors) {
      if (!(e instanceof UnmatchedArgumentException || isMisspelled(e))) {
        lines.add(String.valueOf(e.getMessage()));
      }
    }
    return lines;
  }

  private void unmatched(CommandLine command, List<String> words) {
    if (!words.get(0).startsWith("-")) {
      // what is behind it was meant for it
      lines.add(
          command.getParent() == null
              ? "there is no command '" + words.get(0) + "'" + hint(words.get(0), commands)
              : "'" + words.get(0) + "' is not expected here");
      return;
    }
    List<String> options =
        command.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .map(OptionSpec::longestName)
            .toList();
    for (String word : words) {
      if (word.startsWith("-")) {
        String name = word.replaceFirst("=.*", "");
        lines.add("there is no option '" + name + "'" + hint(name, options));
      }
    }
  }

  private String hint(String word, Collection<String> known) {
    List<String> near = Spelling.nearest(word, known);
    if (near.isEmpty() && word.replace("-", "").length() >= TELLING) {
      String part = word.replaceFirst("^-+", "");
      near = known.stream().filter(name -> name.contains(part)).toList();
    }
    meant.addAll(near);
    return Spelling.hint(near);
  }

  /** An option that is missing since its name is wrong. */
  private boolean isMisspelled(Exception e) {
    return e instanceof MissingParameterException missing
        && missing.getMissing().stream().allMatch(this::isMeant);
  }

  private boolean isMeant(ArgSpec argument) {
    return argument instanceof OptionSpec option && meant.contains(option.longestName());
  }
}
