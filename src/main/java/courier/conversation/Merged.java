package courier.conversation;

import java.util.Iterator;
import org.bson.Document;

/** Two lists of messages, each newest first, as one. */
final class Merged implements Iterator<Document> {
  private static final NewestFirst ORDER = new NewestFirst();

  private final Iterator<Document> one;
  private final Iterator<Document> other;
  private Document next;
  private Document otherNext;

  Merged(Iterator<Document> one, Iterator<Document> other) {
    this.one = one;
    this.other = other;
    next = next(one);
    otherNext = next(other);
  }

  private static Document next(Iterator<Document> messages) {
    return messages.hasNext() ? messages.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null || otherNext != null;
  }

  @Override
  public Document next() {
    Document first;
    if (next != null && (otherNext == null || ORDER.compare(next, otherNext) <= 0)) {
      first = next;
      next = next(one);
    } else {
      first = otherNext;
      otherNext = next(other);
    }
    return first;
  }
}
