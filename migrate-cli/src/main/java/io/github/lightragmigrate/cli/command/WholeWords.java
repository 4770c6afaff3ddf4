package io.github.lightragmigrate.cli.command;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help in which file names, options and lists stay whole where lines are wrapped. picocli asks
 * {@link java.text.BreakIterator}, which breaks behind the dot of {@code .env}; so until then such
 * a character is another, of Unicode's private use area.
 */
final class WholeWords extends Help {

  private static final String BREAKING = ".,-/";
  private static final char PRIVATE = '\uE000';

  private WholeWords(CommandSpec command, ColorScheme scheme) {
    super(command, scheme);
  }

  static void in(CommandLine command) {
    command.setHelpFactory(WholeWords::new);
    command.getHelpSectionMap().replaceAll((key, section) -> help -> loose(section.render(help)));
  }

  @Override
  public String description(Object... parameters) {
    CommandLine.Model.UsageMessageSpec usage = commandSpec().usageMessage();
    String[] whole =
        Arrays.stream(usage.description()).map(WholeWords::whole).toArray(String[]::new);
    return join(
            colorScheme().ansi(),
            usage.width(),
            usage.adjustLineBreaksForWideCJKCharacters(),
            whole,
            new StringBuilder(),
            parameters)
        .toString();
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer usual = super.createDefaultOptionRenderer();
    return (option, label, scheme) -> {
      Ansi.Text[][] rows = usual.render(option, label, scheme);
      for (Ansi.Text[] row : rows) {
        row[row.length - 1] = scheme.text(whole(row[row.length - 1].plainString()));
      }
      return rows;
    };
  }

  private static String whole(String text) {
    StringBuilder whole = new StringBuilder(text);
    for (int i = 0; i < text.length() - 1; i++) {
      int breaking = BREAKING.indexOf(text.charAt(i));
      if (breaking >= 0 && text.charAt(i + 1) != ' ') {
        whole.setCharAt(i, (char) (PRIVATE + breaking));
      }
    }
    return whole.toString();
  }

  private static String loose(String text) {
    String loose = text;
    for (int i = 0; i < BREAKING.length(); i++) {
      loose = loose.replace((char) (PRIVATE + i), BREAKING.charAt(i));
    }
    return loose;
  }
}
