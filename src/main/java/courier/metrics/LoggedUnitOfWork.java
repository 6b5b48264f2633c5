package courier.metrics;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.spi.InflightRepository;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.slf4j.MDC;

/**
 * Each line that is logged while an exchange is handled says of which service and route it is, and
 * of which message, if that is known. Notes it when a route begins and ends; Camel's own {@code
 * useMdcLogging} notes eight things at each step, which was a tenth of what a message costs.
 */
public final class LoggedUnitOfWork extends DefaultUnitOfWork {
  private static final String MESSAGE = "message";

  private final Thread first = Thread.currentThread();
  private final String messageBefore = MDC.get(MESSAGE);
  private final String routeBefore = MDC.get(MDC_ROUTE_ID);
  private final String serviceBefore = MDC.get(MDC_CAMEL_CONTEXT_ID);
  private Thread noted = first;

  private LoggedUnitOfWork(Exchange exchange, InflightRepository inflight, boolean original) {
    super(exchange, inflight, original, false);
  }

  /** For each exchange of a context. */
  public static UnitOfWorkFactory factory(CamelContext context) {
    InflightRepository inflight = context.getInflightRepository();
    return exchange ->
        new LoggedUnitOfWork(
            exchange, inflight, Boolean.TRUE.equals(context.isAllowUseOriginalMessage()));
  }

  /** Until what is handled on this thread is done. */
  public static void about(String message) {
    MDC.put(MESSAGE, message);
  }

  @Override
  public void pushRoute(Route route) {
    super.pushRoute(route);
    note(route);
  }

  @Override
  public Route popRoute() {
    Route done = super.popRoute();
    Route outer = getRoute();
    if (outer != null) {
      note(outer);
    } else {
      boolean back = Thread.currentThread() == first;
      note(MESSAGE, back ? messageBefore : null);
      note(MDC_ROUTE_ID, back ? routeBefore : null);
      note(MDC_CAMEL_CONTEXT_ID, back ? serviceBefore : null);
    }
    return done;
  }

  @Override
  public boolean isBeforeAfterProcess() {
    return true;
  }

  /** A step such as {@code threads} goes on elsewhere. */
  @Override
  public AsyncCallback beforeProcess(Processor step, Exchange exchange, AsyncCallback callback) {
    Route route = getRoute();
    if (Thread.currentThread() != noted && route != null) {
      note(route);
    }
    return callback;
  }

  private void note(Route route) {
    noted = Thread.currentThread();
    note(MDC_ROUTE_ID, route.getRouteId());
    note(MDC_CAMEL_CONTEXT_ID, route.getCamelContext().getName());
  }

  private static void note(String key, String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
