package io.github.lightragmigrate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lightragmigrate.faults.FaultPlan.Direction;
import io.github.lightragmigrate.faults.FaultPlan.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are cut, that hang and that are slow, of the source's and of the target's. */
@ExtendWith(FaultSuite.class)
class CutConnectionsIT {

  private static final Corpus CORPUS = Corpus.of(2_000);
  private static final Duration LATENCY = Duration.ofMillis(1);

  /** Shorter than every time-out. */
  private static final Duration DARKNESS = Duration.ofSeconds(2);

  private static final int RESETS = 4;

  /** What is printed when both stores are open; opening is not tried again. */
  private static final String STARTED = "=== Starting";

  @TempDir Path directory;

  static Stream<Arguments> sides() {
    return Servers.STORES.stream()
        .filter(store -> !store.equals("json"))
        .flatMap(store -> Stream.of(Arguments.of(store, true), Arguments.of(store, false)));
  }

  @ParameterizedTest(name = "{0}, target: {1}")
  @MethodSource("sides")
  void ridesOutEveryCut(String store, boolean asTarget, FaultTally tally) throws Exception {
    Random random = SuiteRandom.of("CutConnectionsIT " + store + " " + asTarget);
    Place source = Servers.fresh(asTarget ? "json" : store, directory);
    CORPUS.fill(source);
    Place first = Servers.fresh(asTarget ? store : "json", directory);
    FaultPlan none = FaultPlan.none(LATENCY);
    Map<Direction, Long> opened;
    try (TcpProxy proxy = new TcpProxy(Servers.address(asTarget ? first : source), none)) {
      ToolRun run = start("undisturbed", source, first, asTarget, proxy);
      run.await(STARTED);
      opened = none.passed();
      assertThat(run.end()).as(run.output()).isZero();
    }

    Trial trial =
        tally.trial(store + (asTarget ? " (target)" : " (source)"), "connections cut or hung");
    Place target = Servers.fresh(asTarget ? store : "json", directory);
    FaultPlan plan =
        FaultPlan.random(random, faults(store, random), opened, none.passed(), LATENCY, DARKNESS);
    try (TcpProxy proxy = new TcpProxy(Servers.address(asTarget ? target : source), plan)) {
      ToolRun run = start("disturbed", source, target, asTarget, proxy);
      run.end();
      trial.hit(plan.happened().size());
      trial.requireComplete(run, CORPUS.byKey(), target);
    }
  }

  private static List<Fault> faults(String store, Random random) {
    List<Fault> faults = new ArrayList<>(Collections.nCopies(RESETS, Fault.RESET));
    faults.add(Fault.BLACK_HOLE);
    if (!store.equals("postgres")) {
      // there the tool waits ten minutes for an answer, since a count may take that long
      faults.add(Fault.HALF_OPEN);
    }
    Collections.shuffle(faults, random);
    return faults;
  }

  private ToolRun start(String name, Place source, Place target, boolean asTarget, TcpProxy proxy) {
    Place detour = Servers.through(proxy.port(), asTarget ? target : source);
    return new Tool(directory.resolve(name), asTarget ? source : detour, asTarget ? detour : target)
        .with("--batch-size", "50")
        .start();
  }
}
