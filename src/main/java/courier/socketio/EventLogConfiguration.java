package courier.socketio;

import courier.feed.log.EventLog;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint whose events come from a log. */
@UriParams
public class EventLogConfiguration {
  @UriParam(
      label = "producer",
      description =
          "Where the events have their positions: messages with the headers"
              + " CamelSocketioPartition and CamelSocketioOffset are then events that a client gets"
              + " once, in order and without a gap, also those that came while it was away.")
  private EventLog log;

  @UriParam(
      label = "producer",
      description =
          "Endpoint to ask for missed events: those of the headers CamelSocketioLog,"
              + " CamelSocketioRoom and CamelSocketioPartition from CamelSocketioOffset on until"
              + " CamelSocketioUntil, at most CamelSocketioLimit. It answers with messages as this"
              + " endpoint takes them, in a list or an iterator, which is read no further than"
              + " needed and then closed.")
  private String missed;

  @UriParam(
      label = "producer",
      description =
          "Endpoint to ask for the position after the event whose id is the body, for those of the"
              + " header CamelSocketioRoom in the log of CamelSocketioLog, whose events are stored up"
              + " to CamelSocketioNext. It answers with a map of partition to offset, or with null.")
  private String positionOf;

  @UriParam(
      label = "producer",
      defaultValue = "*",
      description =
          "Who may connect for the events of the log, by name, separated by commas; an asterisk is anybody."
              + " A client that gives no name is the first of them.")
  private String recipients = "*";

  public EventLog getLog() {
    return log;
  }

  public void setLog(EventLog log) {
    this.log = log;
  }

  public String getMissed() {
    return missed;
  }

  public void setMissed(String missed) {
    this.missed = missed;
  }

  public String getPositionOf() {
    return positionOf;
  }

  public void setPositionOf(String positionOf) {
    this.positionOf = positionOf;
  }

  public String getRecipients() {
    return recipients;
  }

  public void setRecipients(String recipients) {
    this.recipients = recipients;
  }
}
