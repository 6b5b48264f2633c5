package courier.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What anybody logs as a warning or worse while it listens. */
public final class Warnings extends AbstractAppender {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  public Warnings() {
    super("warnings", null, null, true, Property.EMPTY_ARRAY);
  }

  public void listen() {
    start();
    ((Logger) LogManager.getRootLogger()).addAppender(this);
  }

  public List<String> hush() {
    ((Logger) LogManager.getRootLogger()).removeAppender(this);
    return lines;
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
  }
}
