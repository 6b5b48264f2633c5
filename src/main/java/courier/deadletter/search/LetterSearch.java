package courier.deadletter.search;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import courier.deadletter.Desk;
import courier.deadletter.LetterSelection;
import courier.deadletter.record.Masked;
import courier.http.QueryParameter;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.mongodb.PageCursor;
import courier.mongodb.StoredJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.bson.Document;

/**
 * Looks for a text in the dead letters that are selected, those that failed last first. A search
 * ends when its page is full or its time is over, and its {@code Link} goes on from there; there
 * may be two at once.
 */
public final class LetterSearch {
  private static final int MOST = 100;
  private static final int USUAL = 25;
  private static final int LONGEST = 200;
  private static final int AT_ONCE = 2;
  private static final Duration TIME = Duration.ofSeconds(2);

  /** Documents read at once: each may be of 16 MiB. */
  private static final int AT_A_TIME = 8;

  private static final PageCursor CURSOR = new PageCursor(List.of("failedAt", "_id"));
  private static final Document ORDER = new Document("failedAt", -1).append("_id", -1);

  private final MongoCollection<Document> letters;
  private final LongSupplier clock;
  private final Semaphore free = new Semaphore(AT_ONCE);

  public LetterSearch(MongoClient mongo, String database) {
    this(mongo, database, System::nanoTime);
  }

  /**
   * @param clock in nanoseconds
   */
  LetterSearch(MongoClient mongo, String database, LongSupplier clock) {
    letters = Desk.collection(mongo, database);
    this.clock = clock;
  }

  /**
   * Answers with those of the variable {@code selection} that have {@code ?q=} somewhere.
   *
   * @throws Refusal 400; 403 to who may not see what people wrote; 503 when there are too many
   */
  public void answer(Exchange exchange) {
    Message request = exchange.getMessage();
    if (Masked.is(exchange)) {
      throw new Refusal(403, "What somebody wrote is for operators to know: leave out `q`.");
    }
    SearchedText text = SearchedText.of(text(QueryParameter.once("q", request.getHeader("q"))));
    Integer asked = QueryParameter.limit(request.getHeader("limit"), MOST);
    int limit = asked == null ? USUAL : asked;
    List<Object> before = CURSOR.read(request.getHeader("before"));
    String query = request.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
    Document filter = new Document(exchange.getVariable("selection", Document.class));
    if (before != null) {
      CURSOR.restrict(filter, before);
    }
    if (!free.tryAcquire()) {
      throw new Refusal(503, "Others search at the moment: ask again.");
    }
    Page page;
    try {
      page = look(filter, text, limit);
    } finally {
      free.release();
    }
    JsonBody.write(request, StoredJson.of(page.found));
    if (page.next != null) {
      request.setHeader("Link", CURSOR.link("/dead-letters", query, limit, page.next));
    }
  }

  private static String text(String q) {
    if (q.isBlank()) {
      throw new Refusal("q", "is empty: say what to look for, or leave it out");
    }
    if (q.length() > LONGEST) {
      throw new Refusal("q", "is longer than " + LONGEST + " characters: shorten it");
    }
    return q;
  }

  /**
   * @param next from where to go on; null when there is no more
   */
  private record Page(List<Document> found, Document next) {}

  private Page look(Document filter, SearchedText text, int limit) {
    long end = clock.getAsLong() + TIME.toNanos();
    List<Document> found = new ArrayList<>();
    FindIterable<Document> all = letters.find(filter).sort(ORDER).batchSize(AT_A_TIME);
    try (MongoCursor<Document> cursor = all.allowDiskUse(true).iterator()) {
      while (cursor.hasNext()) {
        Document letter = cursor.next();
        if (text.isIn(letter)) {
          LetterSelection.HIDDEN.forEach(member -> remove(letter, member));
          found.add(letter);
        }
        if (found.size() == limit || clock.getAsLong() - end >= 0) {
          return new Page(found, cursor.hasNext() ? letter : null);
        }
      }
    }
    return new Page(found, null);
  }

  private static void remove(Document letter, String member) {
    int dot = member.indexOf('.');
    if (dot < 0) {
      letter.remove(member);
    } else {
      String inner = member.substring(dot + 1);
      letter
          .getList(member.substring(0, dot), Document.class, List.of())
          .forEach(each -> each.remove(inner));
    }
  }
}
