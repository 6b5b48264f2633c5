package courier.chaos;

import courier.chaos.Fault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults, when, on whom and for how long: of the seed alone. Each round has every kind, and
 * kills every part; one is over within a minute. Faults overlap, but never on one target.
 */
final class Schedule {
  private static final List<String> PARTS =
      List.of("client-a", "client-b", "client-b-2", "kafka", "mongodb");
  private static final List<String> RECEIVERS = List.of("client-b", "client-b-2");
  private static final List<String> LINKS =
      List.of("client-a~kafka", "client-b~kafka", "client-b-2~kafka", Cluster.STORE_LINK);

  private final Random random;

  private Schedule(long seed) {
    random = new Random(seed);
  }

  static List<Fault> of(long seed, long millis) {
    return new Schedule(seed).faults(millis);
  }

  private List<Fault> faults(long millis) {
    List<Fault> faults = new ArrayList<>();
    List<Kind> round = new ArrayList<>();
    int kill = 0;
    List<String> kills = new ArrayList<>(PARTS);
    for (long at = 2_000; at < millis; at += between(3_000, 6_000)) {
      if (round.isEmpty()) {
        round.addAll(List.of(Kind.values()));
        round.addAll(Collections.nCopies(PARTS.size() - 1, Kind.KILL));
        Collections.shuffle(round, random);
        Collections.shuffle(kills, random);
      }
      Kind kind = round.remove(0);
      Fault fault =
          fault(at, kind, kind == Kind.KILL ? kills.get(kill++ % kills.size()) : target(kind));
      faults.add(fault);
      if (kind == Kind.REFUSE_WRITES) {
        // Who is killed by chance is mostly idle; this one has work in its hands.
        faults.add(fault(at + fault.length() * 2 / 3, Kind.KILL, any(RECEIVERS)));
      }
    }
    return faults;
  }

  private String target(Kind kind) {
    return switch (kind) {
      case DELAY, CUT -> any(LINKS);
      case REFUSE_WRITES -> Cluster.STORE_LINK;
      case POISON -> "client-messages";
      default -> any(PARTS);
    };
  }

  private Fault fault(long at, Kind kind, String target) {
    return switch (kind) {
      case KILL -> new Fault(at, kind, target, between(200, 2_000), 0);
      // longer than a consumer's session timeout of 6 s
      case PAUSE -> new Fault(at, kind, target, between(7_000, 8_500), 0);
      case DELAY -> new Fault(at, kind, target, between(2_000, 4_000), between(20, 200));
      case CUT, REFUSE_WRITES -> new Fault(at, kind, target, between(1_000, 3_000), 0);
      case POISON -> new Fault(at, kind, target, between(100, 400), 0);
    };
  }

  private String any(List<String> targets) {
    return targets.get(random.nextInt(targets.size()));
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least);
  }
}
