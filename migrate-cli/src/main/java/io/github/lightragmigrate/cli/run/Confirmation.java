package io.github.lightragmigrate.cli.run;

import io.github.lightragmigrate.cli.terminal.Terminal;
import io.github.lightragmigrate.cli.terminal.Text;
import io.github.lightragmigrate.migration.Endpoint;
import io.github.lightragmigrate.report.Side;

/** Shows what is about to happen and asks whether it may. */
public final class Confirmation {

  private static final String RULE = "=".repeat(50);

  private final Terminal terminal;
  private final Plan plan;
  private final boolean places;

  /** With what LightRAG's tool shows. */
  public Confirmation(Terminal terminal, Plan plan) {
    this(terminal, plan, false);
  }

  /**
   * @param places tell where the stores are, too
   */
  Confirmation(Terminal terminal, Plan plan, boolean places) {
    this.terminal = terminal;
    this.plan = plan;
    this.places = places;
  }

  /** False also at the end of the input; then the screen says that nothing was done. */
  public boolean ask(Endpoint source, long sourceCount, Endpoint target, long targetCount) {
    terminal.line("");
    terminal.line(RULE);
    terminal.line("Migration Confirmation");
    terminal.line(RULE);
    side("Source", source, sourceCount);
    side("Target", target, targetCount);
    terminal.line("Batch Size: " + Text.records(plan.batchSize()) + "/batch");
    terminal.line("Memory Mode: Streaming (memory-optimized)");
    if (plan.dryRun()) {
      terminal.line("Dry Run: nothing will be written");
    } else if (targetCount > 0) {
      terminal.line("");
      terminal.line("⚠️ Warning: Target storage already has " + Text.records(targetCount));
      terminal.line(conflicts());
    }
    boolean yes = YesNo.mayContinue(terminal);
    if (!yes) {
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

  private void side(String label, Endpoint endpoint, long count) {
    Side side = endpoint.side();
    terminal.line(
        label + ": " + SideText.name(side, terminal.style()) + " - " + Text.records(count));
    if (places) {
      terminal.line(SideText.place(side));
    }
  }
}
