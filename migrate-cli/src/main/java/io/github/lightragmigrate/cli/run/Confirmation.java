package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Style;
import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import java.util.Locale;
import java.util.Optional;

/** Shows what is about to happen and asks whether it may. */
public final class Confirmation {

  private static final String RULE = "=".repeat(50);

  private final Terminal terminal;
  private final Plan plan;

  public Confirmation(Terminal terminal, Plan plan) {
    this.terminal = terminal;
    this.plan = plan;
  }

  /** False also at the end of the input; then the screen says that nothing was done. */
  public boolean ask(Endpoint source, long sourceCount, Endpoint target, long targetCount) {
    terminal.line("");
    terminal.line(RULE);
    terminal.line("Migration Confirmation");
    terminal.line(RULE);
    terminal.line(side("Source", source, sourceCount));
    terminal.line(side("Target", target, targetCount));
    terminal.line("Batch Size: " + Text.number(plan.batchSize()) + " records/batch");
    terminal.line("Memory Mode: Streaming (memory-optimized)");
    if (plan.dryRun()) {
      terminal.line("Dry Run: nothing will be written");
    } else if (targetCount > 0) {
      terminal.line("");
      terminal.line(
          "⚠️ Warning: Target storage already has " + Text.number(targetCount) + " records");
      terminal.line(conflicts());
    }
    Optional<String> answer = terminal.ask("\nContinue? (y/n): ");
    boolean yes = answer.map(text -> text.toLowerCase(Locale.ROOT)).filter("y"::equals).isPresent();
    if (!yes) {
      if (answer.isEmpty()) {
        terminal.line("");
      }
      terminal.line("");
      terminal.line("✗ Migration cancelled");
    }
    return yes;
  }

  private String conflicts() {
    return switch (plan.onConflict()) {
      case OVERWRITE -> "Migration will overwrite records with the same keys";
      case SKIP -> "Migration will leave records with the same keys as they are";
      case NEWER -> "Migration will overwrite records with the same keys that are older";
    };
  }

  private String side(String label, Endpoint endpoint, long count) {
    Style style = terminal.style();
    return label
        + ": "
        + style.emphasis(endpoint.adapter().name())
        + " (workspace: "
        + style.emphasis(Text.workspace(endpoint.store().workspace()))
        + ") - "
        + Text.number(count)
        + " records";
  }
}
