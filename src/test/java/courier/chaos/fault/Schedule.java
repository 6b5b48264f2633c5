package courier.chaos.fault;

import courier.chaos.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which faults, when, on whom and for how long: of the seed and the length of the run alone. Each
 * round has every kind, and kills every part; one is over within a minute. Beside them route files
 * are saved. Faults overlap, but never on one target.
 */
public final class Schedule {
  private static final EnumSet<Kind> SAVES = EnumSet.of(Kind.SAVE, Kind.BREAK, Kind.DELETE);
  private static final List<String> RECEIVERS = List.of("client-b", "client-b-2");
  private static final List<String> PARTS =
      List.of("client-a", "client-b", "client-b-2", "kafka", "mongodb");
  private static final List<String> STORES = List.of("client-b~mongodb", "client-b-2~mongodb");
  private static final List<String> LINKS =
      List.of("client-a~kafka", "client-b~kafka", "client-b-2~kafka", STORES.get(0), STORES.get(1));

  /** In a run of this length some black holes outlast the time after which a driver gives up. */
  private static final long LONG_RUN = 300_000;

  /** One in so many. */
  private static final int LONG_HOLE = 3;

  private final Random random;
  private final boolean isLong;
  private int edits;

  private final Turns<Kind> faults;
  private final Turns<Kind> saves;
  private final Map<Kind, Turns<String>> targets = new EnumMap<>(Kind.class);

  private Schedule(long seed, long millis) {
    random = new Random(seed);
    List<Kind> others = new ArrayList<>(EnumSet.complementOf(SAVES));
    others.addAll(Collections.nCopies(PARTS.size() - 1, Kind.KILL));
    faults = new Turns<>(others);
    saves = new Turns<>(List.of(Kind.SAVE, Kind.SAVE, Kind.BREAK, Kind.DELETE));
    isLong = millis >= LONG_RUN;
  }

  public static List<Fault> of(long seed, long millis) {
    Schedule schedule = new Schedule(seed, millis);
    List<Fault> all = new ArrayList<>(schedule.faults(millis));
    all.addAll(schedule.saves(millis));
    all.sort(Comparator.comparingLong(Fault::at));
    return all;
  }

  private List<Fault> saves(long millis) {
    List<Fault> all = new ArrayList<>();
    for (long at = 3_000; at < millis; at += between(3_000, 5_000)) {
      Kind kind = saves.next();
      all.add(fault(at, kind, target(kind)));
    }
    return all;
  }

  private List<Fault> faults(long millis) {
    List<Fault> all = new ArrayList<>();
    for (long at = 2_000; at < millis; at += between(2_500, 4_500)) {
      Kind kind = faults.next();
      Fault fault = fault(at, kind, target(kind));
      all.add(fault);
      if (kind == Kind.REFUSE_WRITES) {
        // Who is killed by chance is mostly idle; this one has work in its hands.
        String receiver = fault.target().split("~")[0];
        all.add(fault(at + fault.length() * 2 / 3, Kind.KILL, receiver));
      }
    }
    return all;
  }

  private String target(Kind kind) {
    return switch (kind) {
      case DELAY, CUT -> any(LINKS);
      case POISON -> "client-messages";
      case PAUSE -> any(PARTS);
      case KILL -> next(kind, PARTS);
      case HANG -> next(kind, RECEIVERS);
      case BLACK_HOLE, REFUSE_WRITES, FAIL_DOCUMENTS -> next(kind, STORES);
      case SAVE, BREAK -> next(kind, RouteSaves.FILES);
      case DELETE -> RouteSaves.SPARE;
    };
  }

  private Fault fault(long at, Kind kind, String target) {
    return switch (kind) {
      case KILL -> new Fault(at, kind, target, between(200, 2_000), 0);
      // longer than a consumer's session timeout of 6 s
      case PAUSE, HANG -> new Fault(at, kind, target, between(7_000, 8_500), 0);
      case BLACK_HOLE -> new Fault(at, kind, target, hole(), 0);
      case DELAY -> new Fault(at, kind, target, between(2_000, 4_000), between(20, 200));
      case CUT, REFUSE_WRITES, FAIL_DOCUMENTS, BREAK, DELETE ->
          new Fault(at, kind, target, between(1_000, 3_000), 0);
      case POISON -> new Fault(at, kind, target, between(100, 400), 0);
      case SAVE -> new Fault(at, kind, target, ++edits, 0);
    };
  }

  private int hole() {
    return isLong && random.nextInt(LONG_HOLE) == 0
        ? between(35_000, 50_000)
        : between(5_000, 8_000);
  }

  private String any(List<String> targets) {
    return targets.get(random.nextInt(targets.size()));
  }

  private String next(Kind kind, List<String> all) {
    return targets.computeIfAbsent(kind, key -> new Turns<>(all)).next();
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least);
  }

  /** Each of them before any of them again. */
  private final class Turns<T> {
    private final List<T> all;
    private final List<T> left = new ArrayList<>();

    Turns(List<T> all) {
      this.all = all;
    }

    T next() {
      if (left.isEmpty()) {
        left.addAll(all);
        Collections.shuffle(left, random);
      }
      return left.remove(0);
    }
  }
}
