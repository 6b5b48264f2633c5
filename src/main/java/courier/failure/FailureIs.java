package courier.failure;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/** Whether an exchange has failed in this way; {@code onWhen} of an error policy or a doCatch. */
public final class FailureIs implements Predicate {
  private final Set<FailureKind> kinds = EnumSet.noneOf(FailureKind.class);

  /**
   * @param kinds of {@link FailureKind}, comma-separated, such as {@code outage}
   */
  public FailureIs(String kinds) {
    for (String kind : kinds.split(",")) {
      this.kinds.add(FailureKind.valueOf(kind.trim().toUpperCase(Locale.ROOT)));
    }
  }

  @Override
  public boolean matches(Exchange exchange) {
    Throwable failure =
        exchange.getException() != null
            ? exchange.getException()
            : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return kinds.contains(FailureKind.of(failure));
  }
}
