package courier.message;

import com.fasterxml.jackson.databind.util.RawValue;
import courier.conversation.MessageStatuses;
import courier.socketio.SocketioConstants;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a group has stored, as {@code socketio:} pushes it. */
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
   * The announcements in a batch of records of {@code stored-messages}. What is none is left out;
   * what it was to tell of is then missed here, and clients get it from the store.
   */
  public List<Announcement> read(@Body List<Exchange> records) {
    List<Announcement> announcements = new ArrayList<>();
    for (Exchange record : records) {
      byte[] json = record.getMessage().getBody(byte[].class);
      if (MessageStatuses.isOne(json)) {
        continue;
      }
      try {
        Announcement read = Announcement.read(json);
        if (group.equals(read.group()) && topic.equals(read.topic())) {
          announcements.add(read);
        }
      } catch (IOException e) {
        LOG.warn("A record of stored-messages is no announcement: {}", e.getMessage());
      }
    }
    return announcements;
  }

  /**
   * Announcements as messages, each with a list of events of one log that follow each other: one,
   * unless there is something between.
   *
   * @param early whether they come again; null when they do not
   */
  public List<Message> stretches(
      @Body List<Announcement> announcements,
      @Header(SocketioConstants.EARLY) Boolean early,
      CamelContext context) {
    List<Message> stretches = new ArrayList<>();
    Stretch last = null;
    for (Announcement next : announcements) {
      if (last == null || !last.isFollowedBy(next)) {
        last = new Stretch(next.topicId());
        stretches.add(last.message(early, context));
      }
      last.add(next);
    }
    return stretches;
  }

  /** Events of one log, in the order of each partition, and from where to where they reach. */
  private record Stretch(
      String log, Map<Integer, Long> from, Map<Integer, Long> next, List<Stored> events) {
    Stretch(String log) {
      this(log, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
    }

    private record Stored(int partition, Announcement.Event event) {
      Message message(CamelContext context) {
        RawValue argument = new RawValue(event.json());
        return StoredMessages.event(context, partition, event.offset(), event.to(), argument);
      }
    }

    boolean isFollowedBy(Announcement later) {
      return log.equals(later.topicId())
          && later.from() <= next.getOrDefault(later.partition(), Long.MAX_VALUE);
    }

    void add(Announcement stored) {
      from.putIfAbsent(stored.partition(), stored.from());
      next.merge(stored.partition(), stored.next(), Math::max);
      stored.events().forEach(event -> events.add(new Stored(stored.partition(), event)));
    }

    Message message(Boolean early, CamelContext context) {
      Message message = new DefaultMessage(context);
      message.setHeader(SocketioConstants.EARLY, Boolean.TRUE.equals(early));
      message.setHeader(SocketioConstants.LOG, log);
      message.setHeader(SocketioConstants.FROM, from);
      message.setHeader(SocketioConstants.NEXT, next);
      // Made only when they are read, which those that were pushed at once are not.
      message.setBody(
          new AbstractList<Message>() {
            @Override
            public Message get(int index) {
              return events.get(index).message(context);
            }

            @Override
            public int size() {
              return events.size();
            }
          });
      return message;
    }
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
