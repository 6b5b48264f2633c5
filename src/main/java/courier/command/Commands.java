package courier.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The commands that ask a running Courier. */
public final class Commands {
  private Commands() {}

  /**
   * @param usual where it is if nobody says it
   */
  public static List<Callable<Integer>> all(Supplier<Addresses> usual) {
    return List.of(
        new Send(usual),
        new Tail(usual),
        new TraceMessage(usual),
        new ListDeadLetters(usual),
        new Replay(usual),
        new TryRoute(usual));
  }
}
