package courier.message;

import java.util.List;
import java.util.Map;

/** What clients of {@code newMessage} get: {@code {"_id","from","to","message","createdAt"}}. */
public final class Events {
  public List<Map<String, Object>> of(List<ReceivedMessage> messages) {
    return messages.stream().map(ReceivedMessage::event).toList();
  }
}
