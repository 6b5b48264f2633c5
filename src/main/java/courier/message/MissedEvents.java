package courier.message;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Function;
import org.apache.camel.Message;
import org.apache.camel.util.IOHelper;
import org.bson.Document;

/** What a cursor finds, as messages; whoever reads them closes it. */
public final class MissedEvents implements Iterator<Message>, Closeable {
  private final Iterator<Document> found;
  private final Function<Document, Message> event;

  MissedEvents(Iterator<Document> found, Function<Document, Message> event) {
    this.found = found;
    this.event = event;
  }

  @Override
  public boolean hasNext() {
    return found.hasNext();
  }

  @Override
  public Message next() {
    return event.apply(found.next());
  }

  @Override
  public void close() throws IOException {
    IOHelper.closeIterator(found);
  }
}
