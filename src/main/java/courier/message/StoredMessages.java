package courier.message;

import courier.socketio.SocketioConstants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code stored-messages}: what a group has stored, as {@code socketio:} pushes it. */
public final class StoredMessages {
  private static final Logger LOG = LoggerFactory.getLogger(StoredMessages.class);

  private final String topic;
  private final String group;

  /**
   * @param topic of the messages
   * @param group whose messages to push
   */
  public StoredMessages(String topic, String group) {
    this.topic = topic;
    this.group = group;
  }

  /**
   * Makes the body of a batch of such records a list of messages, each with a list of events of one
   * log that follow each other: one, unless there is something between. What is no announcement is
   * left out; what it was to tell of is then missed here, and clients get it from the store.
   */
  public void read(Exchange batch) {
    List<Announcement> stretches = new ArrayList<>();
    for (Object record : batch.getMessage().getBody(List.class)) {
      try {
        add(Announcement.read(((Exchange) record).getMessage().getBody(byte[].class)), stretches);
      } catch (IOException e) {
        LOG.warn("A record of stored-messages is no announcement: {}", e.getMessage());
      }
    }
    CamelContext context = batch.getContext();
    batch.getMessage().setBody(stretches.stream().map(all -> message(all, context)).toList());
  }

  private void add(Announcement announced, List<Announcement> stretches) {
    if (!group.equals(announced.group()) || !topic.equals(announced.topic())) {
      return;
    }
    Announcement last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (last != null && last.isFollowedBy(announced)) {
      last.append(announced);
    } else {
      stretches.add(announced);
    }
  }

  private static Message message(Announcement stretch, CamelContext context) {
    Message message = new DefaultMessage(context);
    message.setHeader(SocketioConstants.LOG, stretch.topicId());
    message.setHeader(SocketioConstants.FROM, stretch.from());
    message.setHeader(SocketioConstants.NEXT, stretch.next());
    message.setBody(stretch.events().stream().map(event -> event(event, context)).toList());
    return message;
  }

  private static Message event(Announcement.Event stored, CamelContext context) {
    Map<String, String> argument = stored.event();
    return event(context, stored.partition(), stored.offset(), argument.get("to"), argument);
  }

  static Message event(
      CamelContext context, int partition, long offset, String room, Object argument) {
    Message event = new DefaultMessage(context);
    event.setHeader(SocketioConstants.PARTITION, partition);
    event.setHeader(SocketioConstants.OFFSET, offset);
    event.setHeader(SocketioConstants.ROOM, room);
    event.setBody(argument);
    return event;
  }
}
