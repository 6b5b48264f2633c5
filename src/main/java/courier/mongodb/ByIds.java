package courier.mongodb;

import com.mongodb.client.FindIterable;
import com.mongodb.client.model.Filters;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.bson.Document;

/**
 * The documents of a list of ids, in its order, read a few at a time. One that is gone meanwhile is
 * left out.
 */
final class ByIds implements Iterator<Document> {
  private final FindIterable<Document> found;
  private final List<Object> ids;
  private final Queue<Document> read = new ArrayDeque<>();
  private int position;

  ByIds(FindIterable<Document> found, List<Object> ids) {
    this.found = found.sort(null).limit(0);
    this.ids = ids;
  }

  @Override
  public boolean hasNext() {
    while (read.isEmpty() && position < ids.size()) {
      int end = Math.min(position + Pages.AT_A_TIME, ids.size());
      List<Object> some = ids.subList(position, end);
      Map<Object, Document> byId = new HashMap<>();
      found.filter(Filters.in("_id", some)).forEach(one -> byId.put(one.get("_id"), one));
      some.stream().map(byId::get).filter(Objects::nonNull).forEach(read::add);
      position = end;
    }
    return !read.isEmpty();
  }

  @Override
  public Document next() {
    hasNext();
    return read.remove();
  }
}
