package courier.chaos.fault;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long MINUTE = 60_000;

  @Test
  void theSeedAloneMakesTheSchedule() {
    assertEquals(Schedule.of(7, 10 * MINUTE), Schedule.of(7, 10 * MINUTE));
    assertNotEquals(Schedule.of(7, MINUTE), Schedule.of(8, MINUTE));
  }

  @Test
  void aMinuteHasEveryKindOfFaultAndKillsEveryPart() {
    LongStream.range(0, 100)
        .forEach(
            seed -> {
              var faults = Schedule.of(seed, MINUTE);
              assertEquals(
                  EnumSet.allOf(Fault.Kind.class),
                  faults.stream().map(Fault::kind).collect(toSet()));
              assertEquals(
                  Set.of("client-a", "client-b", "client-b-2", "kafka", "mongodb"),
                  faults.stream()
                      .filter(fault -> fault.kind() == Fault.Kind.KILL)
                      .map(Fault::target)
                      .collect(toSet()));
            });
  }
}
