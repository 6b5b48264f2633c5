package courier.feed;

import courier.feed.log.Cursor;
import courier.feed.log.LogEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Some events in their order, on their way to clients. */
public final class Delivery {
  private final List<Item> items = new ArrayList<>();

  /**
   * An event, and where a client is that has it.
   *
   * @param position of who has this event and all before it
   */
  public record Item(LogEvent event, Cursor position) {}

  public void add(LogEvent event, Cursor position) {
    items.add(new Item(event, position));
  }

  public List<Item> items() {
    return Collections.unmodifiableList(items);
  }
}
