package courier.erasure;

import com.mongodb.client.MongoClient;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.kafka.Kafka;
import courier.mongodb.StoredDocument;
import courier.mongodb.StoredJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.bson.Document;

/** How an operator has a person erased, and sees how far that is. */
public final class ErasureDesk {
  private static final List<String> HIDDEN = List.of("ends", "owner", "lease", "changedAt");

  private static final int LISTED = 20;

  /** Who asks where nobody is asked who they are. */
  private static final String UNKNOWN = "unknown";

  private final Erasures erasures;
  private final Kafka kafka;
  private final StillInKafka remains;
  private final Set<String> topics = new LinkedHashSet<>();

  /**
   * @param topics which have messages, comma-separated
   */
  public ErasureDesk(MongoClient mongo, String database, Kafka kafka, String topics) {
    erasures = new Erasures(mongo, database);
    this.kafka = kafka;
    this.remains = new StillInKafka(kafka);
    this.topics.addAll(List.of(topics.split(",")));
  }

  /** 202, and where to look how far it is. The person is the {@code id} of the path. */
  public void start(Message request, @Variable("by") String by)
      throws ExecutionException, InterruptedException {
    String person = StoredDocument.id(request);
    if (person.isBlank()) {
      throw new Refusal(400, "Name the person, as in /people/anna/messages.");
    }
    Ends ends = Ends.now(kafka, topics);
    Document erasure = erasures.start(person, by == null ? UNKNOWN : by, ends);
    request.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    request.setHeader("Location", "/erasures/" + erasure.get("_id"));
    answer(request, erasure);
  }

  /**
   * How far it is, and what Kafka still has now.
   *
   * @throws Refusal 404
   */
  public void show(Message request) throws InterruptedException {
    Document erasure = erasures.find(StoredDocument.id(request));
    if (erasure == null) {
      throw new Refusal(404, "There is no erasure with this id.");
    }
    answer(request, erasure);
  }

  /** The last ones and how far they are, newest first. */
  public void list(Message answer) {
    List<Document> last = erasures.last(LISTED).stream().map(ErasureDesk::shown).toList();
    JsonBody.write(answer, StoredJson.of(last));
  }

  private void answer(Message answer, Document erasure) throws InterruptedException {
    Document shown = shown(erasure).append("remains", remains.of(erasure));
    JsonBody.write(answer, StoredJson.of(shown));
  }

  private static Document shown(Document erasure) {
    Document shown = new Document("id", erasure.get("_id"));
    erasure.forEach(shown::putIfAbsent);
    shown.remove("_id");
    HIDDEN.forEach(shown::remove);
    return shown;
  }
}
