package courier.failure;

import java.util.stream.Stream;

/** A failure and what it comes from. */
public final class Causes {
  private Causes() {}

  /** The failure itself, its cause, and so on. */
  public static Stream<Throwable> of(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause);
  }

  /** Whether one of them is of this kind. */
  public static boolean have(Throwable failure, Class<?> kind) {
    return of(failure).anyMatch(kind::isInstance);
  }
}
