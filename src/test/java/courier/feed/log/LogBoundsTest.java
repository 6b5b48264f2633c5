package courier.feed.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class LogBoundsTest {
  private int silences = 1;

  @Test
  void waitsForALogThatIsAwayForAMoment() throws Exception {
    assertEquals(7, new LogBounds(new Log()).awaitStored().next(0));
  }

  private final class Log implements EventLog {
    @Override
    public String id() throws ExecutionException {
      if (silences-- > 0) {
        throw new ExecutionException(new TimeoutException("nobody answers"));
      }
      return "log";
    }

    @Override
    public Map<Integer, Long> positions() {
      return Map.of(0, 7L);
    }

    @Override
    public Map<Integer, Long> ends() {
      return Map.of(0, 7L);
    }
  }
}
