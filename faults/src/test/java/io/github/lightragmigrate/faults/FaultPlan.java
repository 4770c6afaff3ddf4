package io.github.lightragmigrate.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What happens to the bytes that pass a proxy, counted over all its connections. */
final class FaultPlan {

  enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  enum Fault {
    /** Both ends get an RST, in the middle of whatever it was. */
    RESET,
    /** Nothing passes for a while on any connection; then all that waited does. */
    BLACK_HOLE,
    /** The server's end is gone, and the tool is not told. */
    HALF_OPEN
  }

  /**
   * A fault to come.
   *
   * @param at bytes that have passed in that direction before it
   */
  record Planned(Direction direction, long at, Fault fault) {}

  private final Map<Direction, Deque<Planned>> planned = new EnumMap<>(Direction.class);
  private final Map<Direction, Long> passed = new EnumMap<>(Direction.class);
  private final List<Planned> happened = new ArrayList<>();
  private final Duration latency;
  private final Duration darkness;
  private long darkUntil = System.nanoTime();

  /**
   * @param latency of every piece of up to 16 KB
   * @param darkness how long a black hole lasts
   */
  FaultPlan(List<Planned> faults, Duration latency, Duration darkness) {
    this.latency = latency;
    this.darkness = darkness;
    for (Direction direction : Direction.values()) {
      passed.put(direction, 0L);
      planned.put(
          direction,
          new ArrayDeque<>(
              faults.stream()
                  .filter(fault -> fault.direction() == direction)
                  .sorted(Comparator.comparingLong(Planned::at))
                  .toList()));
    }
  }

  /** Lets everything pass, and counts it. */
  static FaultPlan none(Duration latency) {
    return new FaultPlan(List.of(), latency, Duration.ZERO);
  }

  /**
   * Faults at random places, in both directions.
   *
   * @param from bytes that pass before the first
   * @param to bytes that pass behind the last
   */
  static FaultPlan random(
      Random random,
      List<Fault> faults,
      Map<Direction, Long> from,
      Map<Direction, Long> to,
      Duration latency,
      Duration darkness) {
    List<Planned> all = new ArrayList<>();
    for (Fault fault : faults) {
      Direction direction = Direction.values()[random.nextInt(2)];
      long at = random.nextLong(from.get(direction), to.get(direction));
      all.add(new Planned(direction, at, fault));
    }
    return new FaultPlan(all, latency, darkness);
  }

  /** How many bytes may pass now, and the fault behind them, if there is one. */
  synchronized Step next(Direction direction, int length) {
    long before = passed.get(direction);
    Planned due = planned.get(direction).peek();
    if (due == null || due.at() >= before + length) {
      passed.put(direction, before + length);
      return new Step(length, null);
    }
    planned.get(direction).remove();
    happened.add(due);
    int bytes = (int) Math.max(0, due.at() - before);
    if (due.fault() == Fault.BLACK_HOLE) {
      darkUntil = System.nanoTime() + darkness.toNanos();
      passed.put(direction, before + length);
    } else {
      passed.put(direction, before + bytes);
    }
    return new Step(bytes, due.fault());
  }

  /**
   * What to do with a piece.
   *
   * @param bytes to let pass first
   * @param fault may be null
   */
  record Step(int bytes, Fault fault) {}

  /** How long a piece has to wait now. */
  synchronized Duration delay() {
    Duration dark = Duration.ofNanos(darkUntil - System.nanoTime());
    return dark.compareTo(latency) > 0 ? dark : latency;
  }

  /** Bytes so far. */
  synchronized Map<Direction, Long> passed() {
    return new EnumMap<>(passed);
  }

  /** What happened so far. */
  synchronized List<Planned> happened() {
    return List.copyOf(happened);
  }
}
