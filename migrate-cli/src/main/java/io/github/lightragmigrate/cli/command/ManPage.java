package io.github.lightragmigrate.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command with its sub-commands as one manual page in roff's man macros, from what {@code --help}
 * is made of.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/groff_man.7.html">groff_man(7)</a>
 */
final class ManPage {

  private final CommandSpec root;
  private final List<String> lines = new ArrayList<>();

  ManPage(CommandSpec root) {
    this.root = root;
  }

  List<String> lines() {
    String version = String.join(" ", root.version());
    macro(".TH", root.name().toUpperCase(Locale.ROOT), "1", "", version, "");
    // else names of options are hyphenated
    lines.add(".nh");
    lines.add(".ad l");
    macro(".SH", "NAME");
    text(root.name() + " - moves LightRAG's LLM response cache between key-value stores");
    macro(".SH", "SYNOPSIS");
    synopsis(root);
    macro(".SH", "DESCRIPTION");
    paragraphs(root.usageMessage().description());
    macro(".SH", "OPTIONS");
    options(root, Set.of());
    macro(".SH", "COMMANDS");
    commands().forEach(this::command);
    macro(".SH", "EXIT STATUS");
    root.usageMessage().exitCodeList().forEach(this::item);
    macro(".SH", "EXAMPLES");
    examples(root);
    return lines;
  }

  private List<CommandSpec> commands() {
    return root.subcommands().values().stream().map(CommandLine::getCommandSpec).toList();
  }

  private void command(CommandSpec command) {
    macro(".SS", command.qualifiedName());
    synopsis(command);
    lines.add(".P");
    paragraphs(command.usageMessage().description());
    Set<String> known = root.options().stream().map(ManPage::id).collect(Collectors.toSet());
    command.positionalParameters().forEach(this::argument);
    options(command, known);
    String asAbove =
        command.options().stream()
            .filter(option -> !option.hidden() && known.contains(id(option)))
            .map(OptionSpec::longestName)
            .collect(Collectors.joining(", "));
    lines.add(".P");
    text("As above: " + asAbove + ".");
    Map<String, String> exitCodes = command.usageMessage().exitCodeList();
    if (!exitCodes.isEmpty()) {
      lines.add(".P");
      text("Exit status:");
      exitCodes.forEach(this::item);
    }
    lines.add(".P");
    text("Examples:");
    lines.add(".P");
    examples(command);
  }

  private void synopsis(CommandSpec command) {
    lines.add(".nf");
    for (String synopsis : command.usageMessage().customSynopsis()) {
      // the words after it are for a screen
      macro(".B", synopsis.strip().replaceFirst(" {2,}.*", ""));
    }
    lines.add(".fi");
  }

  /** An option that means the same elsewhere. */
  private static String id(OptionSpec option) {
    return option.longestName() + ' ' + String.join(" ", option.description());
  }

  private void options(CommandSpec command, Set<String> known) {
    List<OptionSpec> options = new ArrayList<>(command.options());
    // as --help sorts them
    options.sort(Comparator.comparingInt(OptionSpec::order));
    for (OptionSpec option : options) {
      if (!option.hidden() && !known.contains(id(option))) {
        argument(option);
      }
    }
  }

  private void argument(ArgSpec argument) {
    lines.add(".TP");
    String label = argument.paramLabel();
    if (argument instanceof OptionSpec option) {
      String names = "\\fB" + escaped(String.join(", ", option.names())) + "\\fR";
      lines.add(option.arity().max() == 0 ? names : names + "=\\fI" + escaped(label) + "\\fR");
    } else {
      lines.add("\\fI" + escaped(label) + "\\fR");
    }
    text(String.join(" ", argument.description()));
  }

  private void item(String name, String description) {
    lines.add(".TP");
    macro(".B", name);
    text(description);
  }

  private void examples(CommandSpec command) {
    lines.add(".nf");
    lines.add(".RS 4");
    Arrays.stream(command.usageMessage().footer()).map(String::strip).forEach(this::text);
    lines.add(".RE");
    lines.add(".fi");
  }

  private void paragraphs(String... texts) {
    boolean first = true;
    for (String text : texts) {
      if (!first) {
        lines.add(".P");
      }
      first = false;
      text(text.replace("%n", " ").strip());
    }
  }

  private void macro(String macro, String... arguments) {
    lines.add(
        Arrays.stream(arguments)
            .map(argument -> " \"" + escaped(argument).replace("\"", "\\(dq") + "\"")
            .collect(Collectors.joining("", macro, "")));
  }

  private void text(String text) {
    String escaped = escaped(text);
    // else a macro or a break
    lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
  }
}
