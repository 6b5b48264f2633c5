package courier.feed.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An event that has a position in a log. Its argument is encoded once for all who get it.
 *
 * @param room whose clients get it
 * @param name of the event
 * @param argument as JSON
 */
public record LogEvent(int partition, long offset, String room, String name, String argument) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static LogEvent of(int partition, long offset, String room, String name, Object argument)
      throws JsonProcessingException {
    return new LogEvent(partition, offset, room, name, JSON.writeValueAsString(argument));
  }

  public boolean isAfter(Cursor position) {
    return offset >= position.next(partition);
  }

  public int length() {
    return argument.length();
  }
}
